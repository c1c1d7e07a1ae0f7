using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace OrchestratorConnector.Report;

/// <summary>
/// Writes JSON that can stand inside a script element: no character of a text can end the element, open a comment or break a
/// line. Half a surrogate pair is escaped too, since UTF-8 has no bytes for it.
/// </summary>
internal sealed class ScriptJson(TextWriter text)
{
    private readonly Stack<bool> _hasItems = new([false]);

    public void StartArray() => Start('[');

    public void EndArray() => End(']');

    public void StartObject() => Start('{');

    public void EndObject() => End('}');

    public void Name(string name)
    {
        String(name);
        text.Write(':');
        // The value that follows is no item of its own.
        _hasItems.Pop();
        _hasItems.Push(false);
    }

    public void Number(long value)
    {
        Separate();
        text.Write(value.ToString(CultureInfo.InvariantCulture));
    }

    public void String(string value)
    {
        Separate();
        text.Write('"');
        for (int i = 0; i < value.Length; i++)
        {
            Write(value, i);
        }

        text.Write('"');
    }

    private void Write(string value, int index)
    {
        char c = value[index];
        switch (c)
        {
            case '"' or '\\':
                text.Write('\\');
                text.Write(c);
                break;
            case < ' ' or '<' or '>' or '&' or '\u007F' or '\u2028' or '\u2029':
            case >= '\uD800' and <= '\uDFFF' when !IsPaired(value, index):
                text.Write("\\u");
                text.Write(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                break;
            default:
                text.Write(c);
                break;
        }
    }

    private static bool IsPaired(string value, int index) => char.IsHighSurrogate(value[index])
        ? index + 1 < value.Length && char.IsLowSurrogate(value[index + 1])
        : index > 0 && char.IsHighSurrogate(value[index - 1]);

    private void Start(char bracket)
    {
        Separate();
        text.Write(bracket);
        _hasItems.Push(false);
    }

    private void End(char bracket)
    {
        text.Write(bracket);
        _hasItems.Pop();
    }

    private void Separate()
    {
        if (_hasItems.Pop())
        {
            text.Write(',');
        }

        _hasItems.Push(true);
    }
}
