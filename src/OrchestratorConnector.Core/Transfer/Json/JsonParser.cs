using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Transfer.Json;

/// <summary>
/// Reads a JSON text by the letter of the standard. The framework's own reader takes one that was cut off for a whole one, and
/// says of no mistake where it is.
/// </summary>
internal sealed class JsonParser
{
    private const int MostDepth = 32;

    private readonly string _text;
    private readonly string _file;
    private int _at;
    private int _line = 1;
    private int _lineStart;

    private JsonParser(string text, string file)
    {
        _text = text;
        _file = file;
    }

    /// <summary>The one value of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Where it comes from, for errors.</param>
    /// <exception cref="OrchestratorException">ImportMalformed.</exception>
    public static JsonValue Parse(string text, string file)
    {
        JsonParser parser = new(text, file);
        parser.SkipBlanks();
        JsonValue value = parser.Value(0);
        parser.SkipBlanks();
        return parser._at == text.Length ? value : throw parser.Malformed("something follows after the end of the document");
    }

    private JsonValue Value(int depth)
    {
        if (depth > MostDepth)
        {
            throw Malformed("it is nested too deeply");
        }

        int line = _line;
        switch (Peek())
        {
            case '{':
                return new JsonValue(JsonKind.Object, line) { Members = Members(depth) };
            case '[':
                return new JsonValue(JsonKind.Array, line) { Items = Items(depth) };
            case '"':
                return new JsonValue(JsonKind.Text, line) { Text = Characters() };
            case '-' or (>= '0' and <= '9'):
                return new JsonValue(JsonKind.Number, line) { Text = Number() };
            case 't':
                return Word("true", JsonKind.True);
            case 'f':
                return Word("false", JsonKind.False);
            case 'n':
                return Word("null", JsonKind.Null);
            default:
                throw Unexpected("a value");
        }
    }

    private List<KeyValuePair<string, JsonValue>> Members(int depth)
    {
        List<KeyValuePair<string, JsonValue>> members = [];
        Sequence('}', () =>
        {
            string name = Peek() == '"' ? Characters() : throw Unexpected("the name of a property in double quotes");
            SkipBlanks();
            Take(':');
            SkipBlanks();
            members.Add(new KeyValuePair<string, JsonValue>(name, Value(depth + 1)));
        });
        return members;
    }

    private List<JsonValue> Items(int depth)
    {
        List<JsonValue> items = [];
        Sequence(']', () => items.Add(Value(depth + 1)));
        return items;
    }

    /// <summary>What stands between brackets, with commas between.</summary>
    private void Sequence(char end, Action element)
    {
        _at++;
        SkipBlanks();
        if (Peek() == end)
        {
            _at++;
            return;
        }

        while (true)
        {
            element();
            SkipBlanks();
            if (Peek() == end)
            {
                _at++;
                return;
            }

            if (Peek() != ',')
            {
                throw Unexpected($"',' or '{end}'");
            }

            _at++;
            SkipBlanks();
        }
    }

    private string Characters()
    {
        _at++;
        StringBuilder characters = new();
        while (true)
        {
            int start = _at;
            while (_at < _text.Length && _text[_at] is not ('"' or '\\' or < ' '))
            {
                _at++;
            }

            characters.Append(_text, start, _at - start);
            switch (Peek())
            {
                case '"':
                    _at++;
                    return characters.ToString();
                case '\\':
                    _at++;
                    characters.Append(Escaped());
                    break;
                case null:
                    throw Malformed("a text has no end");
                default:
                    throw Malformed("a control character or a line break stands in a text as it is, not escaped");
            }
        }
    }

    private char Escaped()
    {
        char? escaped = Peek();
        if (escaped == 'u')
        {
            return _at + 5 <= _text.Length && ushort.TryParse(_text.Substring(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code)
                ? Skip(5, (char)code)
                : throw Malformed("\\u is not followed by four hexadecimal digits");
        }

        return escaped switch
        {
            '"' or '\\' or '/' => Skip(1, escaped.Value),
            'b' => Skip(1, '\b'),
            'f' => Skip(1, '\f'),
            'n' => Skip(1, '\n'),
            'r' => Skip(1, '\r'),
            't' => Skip(1, '\t'),
            _ => throw Malformed("a backslash begins nothing that is known; a backslash itself is written twice"),
        };
    }

    private string Number()
    {
        int start = _at;
        if (Peek() == '-')
        {
            _at++;
        }

        if (Peek() == '0')
        {
            _at++;
        }
        else
        {
            Digits();
        }

        if (Peek() == '.')
        {
            _at++;
            Digits();
        }

        if (Peek() is 'e' or 'E')
        {
            _at++;
            if (Peek() is '+' or '-')
            {
                _at++;
            }

            Digits();
        }

        return _text.Substring(start, _at - start);
    }

    private void Digits()
    {
        if (Peek() is not (>= '0' and <= '9'))
        {
            throw Unexpected("a digit");
        }

        while (Peek() is >= '0' and <= '9')
        {
            _at++;
        }
    }

    private JsonValue Word(string word, JsonKind kind)
    {
        if (string.CompareOrdinal(_text, _at, word, 0, word.Length) != 0)
        {
            throw Unexpected("a value");
        }

        _at += word.Length;
        return new JsonValue(kind, _line);
    }

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\r' or '\n')
        {
            if (_text[_at++] == '\n')
            {
                _line++;
                _lineStart = _at;
            }
        }
    }

    private void Take(char expected)
    {
        if (Peek() != expected)
        {
            throw Unexpected($"'{expected}'");
        }

        _at++;
    }

    private char? Peek() => _at < _text.Length ? _text[_at] : null;

    private char Skip(int count, char result)
    {
        _at += count;
        return result;
    }

    private OrchestratorException Unexpected(string expected) =>
        Malformed(_at < _text.Length ? $"{expected} was expected" : $"{expected} was expected, and the file ends");

    private OrchestratorException Malformed(string why) => Error.ImportMalformed(_file, _line, _at - _lineStart + 1, why);
}
