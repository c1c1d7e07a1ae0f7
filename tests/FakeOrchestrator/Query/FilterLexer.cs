using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;

namespace FakeOrchestrator;

/// <summary>What a piece of a filter is.</summary>
internal enum TokenKind
{
    Word,
    Literal,
    Open,
    Close,
    Comma,
    End,
}

/// <summary>A piece of a filter: a word, or a literal with its value and kind (none for null).</summary>
internal readonly record struct Token(TokenKind Kind, int Position, string Text, object? Value = null, EdmKind? ValueKind = null);

/// <summary>Cuts a filter into its pieces.</summary>
internal static class FilterLexer
{
    internal static List<Token> Read(string text, QueryDialect dialect)
    {
        var tokens = new List<Token>();
        int at = 0;
        while (at < text.Length)
        {
            char letter = text[at];
            if (char.IsWhiteSpace(letter))
            {
                at++;
            }
            else if (letter is '(' or ')' or ',')
            {
                tokens.Add(new Token(letter == '(' ? TokenKind.Open : letter == ')' ? TokenKind.Close : TokenKind.Comma, at, letter.ToString()));
                at++;
            }
            else if (letter == '\'')
            {
                int start = at;
                string value = Quoted(text, ref at, dialect);
                tokens.Add(new Token(TokenKind.Literal, start, value, value, EdmKind.String));
            }
            else
            {
                tokens.Add(Run(text, ref at, dialect));
            }
        }

        tokens.Add(new Token(TokenKind.End, text.Length, ""));
        return tokens;
    }

    private static Token Run(string text, ref int at, QueryDialect dialect)
    {
        int start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] is '_' or '.' or ':' or '-' or '+' or '/' or '$' or '*'))
        {
            at++;
        }

        if (at == start)
        {
            throw RequestException.BadRequest(dialect.SyntaxError(start));
        }

        string word = text[start..at];
        if (dialect.PrefixedLiterals && at < text.Length && text[at] == '\'')
        {
            return Prefixed(word, Quoted(text, ref at, dialect), start, dialect);
        }

        return Plain(word, start, dialect);
    }

    private static Token Plain(string word, int start, QueryDialect dialect)
    {
        switch (word)
        {
            case "null":
                return new Token(TokenKind.Literal, start, word);
            case "true" or "false":
                return new Token(TokenKind.Literal, start, word, word == "true", EdmKind.Boolean);
            default:
                break;
        }

        if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number))
        {
            return new Token(TokenKind.Literal, start, word, number, EdmKind.Int32);
        }

        if (!dialect.PrefixedLiterals && Guid.TryParseExact(word, "D", out Guid id))
        {
            return new Token(TokenKind.Literal, start, word, id, EdmKind.Guid);
        }

        if (!dialect.PrefixedLiterals && char.IsAsciiDigit(word[0]) && Time(word) is { } time)
        {
            return new Token(TokenKind.Literal, start, word, time, EdmKind.DateTime);
        }

        return new Token(TokenKind.Word, start, word);
    }

    /// <summary>A guid in braces is tolerated (facts A.8 of bodies; here inferred).</summary>
    private static Token Prefixed(string prefix, string value, int start, QueryDialect dialect)
    {
        if (prefix == "guid" && Guid.TryParse(value, out Guid id))
        {
            return new Token(TokenKind.Literal, start, value, id, EdmKind.Guid);
        }

        if (prefix == "datetime" && Time(value) is { } time)
        {
            return new Token(TokenKind.Literal, start, value, time, EdmKind.DateTime);
        }

        throw RequestException.BadRequest(prefix is "guid" or "datetime"
            ? $"Unrecognized '{(prefix == "guid" ? "Edm.Guid" : "Edm.DateTime")}' literal '{prefix}'{value}'' at '{start}' in the expression."
            : dialect.SyntaxError(start));
    }

    private static DateTime? Time(string text)
    {
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcDateTime
            : null;
    }

    private static string Quoted(string text, ref int at, QueryDialect dialect)
    {
        int start = at++;
        var value = new StringBuilder();
        while (at < text.Length)
        {
            if (text[at] != '\'')
            {
                _ = value.Append(text[at++]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '\'')
            {
                _ = value.Append('\'');
                at += 2;
            }
            else
            {
                at++;
                return value.ToString();
            }
        }

        throw RequestException.BadRequest(dialect.PrefixedLiterals
            ? $"Unterminated string literal at position {start} in '{text}'."
            : dialect.SyntaxError(start));
    }
}
