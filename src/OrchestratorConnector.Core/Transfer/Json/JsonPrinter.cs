using System;
using System.Globalization;
using System.IO;

namespace OrchestratorConnector.Transfer.Json;

/// <summary>
/// Writes a JSON text that people read and compare: one member a line, the same bytes on every platform, and escaped only what
/// has to be. The framework's own writer escapes every slash.
/// </summary>
internal sealed class JsonPrinter(TextWriter target)
{
    private const string Indent = "  ";

    private int _depth;
    private bool _isFirst = true;

    /// <summary>Writes an object that is an element of an array, or the whole text.</summary>
    public void Object(Action members) => Element(() => Scope('{', '}', members));

    /// <summary>Writes an object as a member.</summary>
    public void Object(string name, Action members) => Member(name, () => Scope('{', '}', members));

    /// <summary>Writes an array as a member.</summary>
    public void Array(string name, Action elements) => Member(name, () => Scope('[', ']', elements));

    /// <summary>Writes a text that is an element of an array.</summary>
    public void Text(string value) => Element(() => Quote(value));

    /// <summary>Writes a text, or null, as a member.</summary>
    public void Text(string name, string? value) => Member(name, () =>
    {
        if (value is null)
        {
            target.Write("null");
        }
        else
        {
            Quote(value);
        }
    });

    /// <summary>Writes a number as a member.</summary>
    public void Number(string name, int value) => Member(name, () => target.Write(value.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Writes true or false as a member.</summary>
    public void Flag(string name, bool value) => Member(name, () => target.Write(value ? "true" : "false"));

    /// <summary>Ends the last line.</summary>
    public void End() => target.Write('\n');

    private void Member(string name, Action value) => Element(() =>
    {
        Quote(name);
        target.Write(": ");
        value();
    });

    private void Element(Action value)
    {
        if (!_isFirst)
        {
            target.Write(',');
        }

        if (_depth > 0)
        {
            Break();
        }

        value();
        _isFirst = false;
    }

    private void Scope(char start, char end, Action content)
    {
        target.Write(start);
        _depth++;
        _isFirst = true;
        content();
        _depth--;
        if (!_isFirst)
        {
            Break();
        }

        target.Write(end);
    }

    private void Break()
    {
        target.Write('\n');
        for (int i = 0; i < _depth; i++)
        {
            target.Write(Indent);
        }
    }

    private void Quote(string text)
    {
        target.Write('"');
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (char.IsHighSurrogate(c) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                target.Write(c);
                target.Write(text[++i]);
            }
            else if (Escape(c) is { } escaped)
            {
                target.Write(escaped);
            }
            else
            {
                target.Write(c);
            }
        }

        target.Write('"');
    }

    private static string? Escape(char c) => c switch
    {
        '"' => "\\\"",
        '\\' => @"\\",
        '\n' => @"\n",
        '\r' => @"\r",
        '\t' => @"\t",
        // Half a surrogate pair is no text in UTF-8; the others nobody sees.
        _ when char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' => @"\u" + ((int)c).ToString("x4", CultureInfo.InvariantCulture),
        _ => null,
    };
}
