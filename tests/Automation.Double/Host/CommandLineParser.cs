using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation.Language;
using System.Text;

namespace System.Management.Automation.Double;

/// <summary>A command line as parsed: what is piped in from the front, then the stages.</summary>
internal sealed record CommandLine(ExpressionAst? Input, IReadOnlyList<CommandAst> Commands);

/// <summary>
/// Reads the small part of the language that a prompt needs: commands with their parameters and arguments, quotes, escapes,
/// variables, numbers, arrays and pipes. Everything else is an error that says where it stands.
/// </summary>
internal sealed class CommandLineParser
{
    private readonly string _text;
    private readonly bool _isIncomplete;
    private int _at;

    private CommandLineParser(string text, bool isIncomplete)
    {
        _text = text;
        _isIncomplete = isIncomplete;
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private char Following => _at + 1 < _text.Length ? _text[_at + 1] : '\0';

    /// <summary>Reads a line. One that is still being typed may end within a quote or after a comma.</summary>
    internal static CommandLine Parse(string text, bool isIncomplete = false)
    {
        ArgumentNullException.ThrowIfNull(text);
        return new CommandLineParser(text, isIncomplete).ParseLine();
    }

    private CommandLine ParseLine()
    {
        SkipSpace();
        ExpressionAst? input = Current is '\'' or '"' or '$' or (>= '0' and <= '9') ? ParseArray() : null;
        List<CommandAst> commands = [];
        if (input is null)
        {
            commands.Add(ParseCommand());
        }

        SkipSpace();
        while (Current == '|')
        {
            _at++;
            SkipSpace();
            commands.Add(ParseCommand());
            SkipSpace();
        }

        return _at < _text.Length || commands.Count == 0 ? throw Unexpected() : new CommandLine(input, commands);
    }

    private CommandAst ParseCommand()
    {
        int start = _at;
        List<CommandElementAst> elements = [ParseWord()];
        for (SkipSpace(); _at < _text.Length && Current != '|'; SkipSpace())
        {
            elements.Add(Current == '-' && (char.IsLetter(Following) || (_isIncomplete && Following == '\0')) ? ParseParameter() : ParseArray());
        }

        return new CommandAst(Extent(start), elements);
    }

    private CommandParameterAst ParseParameter()
    {
        int start = _at++;
        while (char.IsLetterOrDigit(Current) || Current == '_')
        {
            _at++;
        }

        string name = _text[(start + 1).._at];
        if (Current != ':')
        {
            return IsEndOfWord() ? new CommandParameterAst(Extent(start), name, null) : throw Unexpected();
        }

        _at++;
        SkipSpace();
        ExpressionAst? argument = _isIncomplete && _at >= _text.Length ? null : ParseArray();
        return new CommandParameterAst(Extent(start), name, argument);
    }

    private ExpressionAst ParseArray()
    {
        int start = _at;
        List<ExpressionAst> elements = [ParseExpression()];
        while (true)
        {
            int end = _at;
            SkipSpace();
            if (Current != ',')
            {
                _at = end;
                break;
            }

            _at++;
            SkipSpace();
            if (_isIncomplete && _at >= _text.Length)
            {
                elements.Add(new StringConstantExpressionAst(Extent(_at), string.Empty, StringConstantType.BareWord));
                break;
            }

            elements.Add(ParseExpression());
        }

        return elements.Count == 1 ? elements[0] : new ArrayLiteralAst(Extent(start), elements);
    }

    private ExpressionAst ParseExpression()
    {
        int start = _at;
        switch (Current)
        {
            case '\'':
                string text = ReadSingleQuoted();
                return new StringConstantExpressionAst(Extent(start), text, StringConstantType.SingleQuoted);
            case '"':
                Parts parts = new();
                ReadDoubleQuoted(parts);
                return parts.ToExpression(Extent(start), StringConstantType.DoubleQuoted);
            case '$' or '@' when (Current == '$' || Following != '{') && ReadVariable() is { } name:
                if (IsEndOfWord())
                {
                    return new VariableExpressionAst(Extent(start), name, isSplatted: _text[start] == '@');
                }

                _at = start;
                return ParseWord();
            default:
                return ParseWord();
        }
    }

    /// <summary>A bare word: to the next space, pipe or comma, with quotes, escapes and variables inside it.</summary>
    private ExpressionAst ParseWord()
    {
        int start = _at;
        Parts parts = new();
        bool isPlain = true;
        while (!IsEndOfWord())
        {
            switch (Current)
            {
                case '\'':
                    isPlain = false;
                    parts.Text(ReadSingleQuoted());
                    break;
                case '"':
                    isPlain = false;
                    ReadDoubleQuoted(parts);
                    break;
                case '`' when Following != '\0':
                    isPlain = false;
                    parts.Text(Unescape(Following));
                    _at += 2;
                    break;
                case '$' when ReadVariable() is { } name:
                    parts.Variable(name);
                    break;
                case '(' or ')' or '{' or '}' or ';' or '&' or '<' or '>':
                    throw Unexpected();
                case '@' when Following is '(' or '{' || _at == start:
                    throw Unexpected();
                default:
                    parts.Text(Current.ToString());
                    _at++;
                    break;
            }
        }

        if (_at == start && !_isIncomplete)
        {
            throw Unexpected();
        }

        string word = _text[start.._at];
        return isPlain && ToNumber(word) is { } number
            ? new ConstantExpressionAst(Extent(start), number)
            : parts.ToExpression(Extent(start), StringConstantType.BareWord);
    }

    private static object? ToNumber(string word)
    {
        if (word.StartsWith("0x", StringComparison.OrdinalIgnoreCase) && int.TryParse(word[2..], NumberStyles.HexNumber, CultureInfo.InvariantCulture, out int hex))
        {
            return hex;
        }

        if (word.Length == 0 || !(char.IsAsciiDigit(word[^1]) && (char.IsAsciiDigit(word[0]) || word[0] is '-' or '.')))
        {
            return null;
        }

        if (int.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int whole))
        {
            return whole;
        }

        if (long.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large))
        {
            return large;
        }

        return double.TryParse(word, NumberStyles.Float, CultureInfo.InvariantCulture, out double real) ? real : null;
    }

    private static string Unescape(char c)
        => c switch
        {
            'n' => "\n",
            'r' => "\r",
            't' => "\t",
            '0' => "\0",
            _ => c.ToString(),
        };

    private string ReadSingleQuoted()
    {
        StringBuilder text = new();
        int start = _at++;
        while (_at < _text.Length)
        {
            if (Current == '\'')
            {
                _at++;
                if (Current != '\'')
                {
                    return text.ToString();
                }
            }

            text.Append(Current);
            _at++;
        }

        return _isIncomplete ? text.ToString() : throw Unterminated(start);
    }

    private void ReadDoubleQuoted(Parts parts)
    {
        int start = _at++;
        while (_at < _text.Length)
        {
            if (Current == '"')
            {
                _at++;
                if (Current != '"')
                {
                    return;
                }
            }
            else if (Current == '`' && Following != '\0')
            {
                parts.Text(Unescape(Following));
                _at += 2;
                continue;
            }
            else if (Current == '$' && Following == '(')
            {
                throw Unexpected();
            }
            else if (Current == '$' && ReadVariable() is { } name)
            {
                parts.Variable(name);
                continue;
            }

            parts.Text(Current.ToString());
            _at++;
        }

        if (!_isIncomplete)
        {
            throw Unterminated(start);
        }
    }

    /// <summary>Reads <c>$name</c>, <c>${any name}</c> or <c>$scope:name</c>, or <c>@name</c> for the elements; leaves a sign that starts no name where it is.</summary>
    private string? ReadVariable()
    {
        int start = _at;
        if (Following == '{')
        {
            int close = _text.IndexOf('}', _at);
            if (close > 0)
            {
                _at = close + 1;
                return _text[(start + 2)..close];
            }

            return null;
        }

        int at = _at + 1;
        while (at < _text.Length && (char.IsLetterOrDigit(_text[at]) || _text[at] is '_' or '?'
            || (_text[at] == ':' && at > start + 1 && at + 1 < _text.Length && (char.IsLetter(_text[at + 1]) || _text[at + 1] == '_'))))
        {
            at++;
        }

        if (at == start + 1)
        {
            return null;
        }

        _at = at;
        return _text[(start + 1)..at];
    }

    private bool IsEndOfWord() => _at >= _text.Length || char.IsWhiteSpace(Current) || Current is '|' or ',';

    private void SkipSpace()
    {
        // A backtick at the end of a line goes on with the next.
        while (char.IsWhiteSpace(Current) || (Current == '`' && Following is '\r' or '\n'))
        {
            _at++;
        }
    }

    private FormatException Unexpected()
        => new("The command line cannot be read at position " + _at + ": " + _text[Math.Min(_at, _text.Length)..]);

    private static FormatException Unterminated(int start)
        => new("The command line has no end to the quote at position " + start + ".");

    private TextExtent Extent(int start) => new(_text, start, _at);

    private sealed class Parts
    {
        private readonly List<(bool IsVariable, string Text)> _parts = [];
        private readonly StringBuilder _pending = new();

        internal void Text(string text) => _pending.Append(text);

        internal void Variable(string name)
        {
            Flush();
            _parts.Add((true, name));
        }

        internal ExpressionAst ToExpression(TextExtent extent, StringConstantType type)
        {
            Flush();
            return _parts.Exists(p => p.IsVariable)
                ? new ExpandableStringExpressionAst(extent, extent.Text, _parts, type)
                : new StringConstantExpressionAst(extent, _parts.Count == 0 ? string.Empty : _parts[0].Text, type);
        }

        private void Flush()
        {
            if (_pending.Length > 0)
            {
                _parts.Add((false, _pending.ToString()));
                _pending.Clear();
            }
        }
    }
}
