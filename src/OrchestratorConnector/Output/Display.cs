using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;

namespace OrchestratorConnector.Output;

/// <summary>
/// How the views write what a plain property cannot. The views name properties that are hidden from everybody else, and run no
/// script: so they show the same in constrained language mode, and of objects that come from another process.
/// </summary>
internal static class Display
{
    // Some lines of a column: more would hide the rows beside it.
    private const int MostInTable = 200;

    // Two lines of a narrow one.
    private const int MostBeside = 24;

    // Outcome and name of a step stand before its text, and the name of the property before them.
    private const int CheckIndent = 26;
    private const int CheckWidth = 76;

    /// <summary>A duration in the unit that fits it.</summary>
    public static string Duration(TimeSpan? duration) => duration switch
    {
        null => string.Empty,
        { TotalSeconds: < 1 } d => d.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        { TotalMinutes: < 1 } d => d.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { } d => d.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture).TrimStart('0', '.'),
    };

    /// <summary>One line of a bounded length: what is longer is read in the property, not in a table.</summary>
    public static string Short(string? text) => Short(text, MostInTable);

    /// <summary>The same for a name that stands beside what is looked for.</summary>
    public static string Beside(string? name) => Short(name, MostBeside);

    /// <summary>A step of a connection test, what it found beside its name.</summary>
    public static string Line(ConnectorTestCheck check)
    {
        string indent = Environment.NewLine + new string(' ', CheckIndent);
        return $"{check.Outcome,-8} {check.Name,-16} {string.Join(indent, Lines(check.Detail).Concat(check.Hint is null ? [] : Lines(check.Hint)))}";
    }

    private static string Short(string? text, int most)
    {
        string line = (text ?? string.Empty).Replace("\r", " ").Replace("\n", " ");
        return line.Length <= most ? line : line.Substring(0, most - 1) + "\u2026";
    }

    /// <summary>A text in lines that stand beside the steps' names within 120 columns.</summary>
    private static IEnumerable<string> Lines(string text)
    {
        string rest = text;
        while (rest.Length > CheckWidth && rest.LastIndexOf(' ', CheckWidth) is > 0 and int end)
        {
            yield return rest.Substring(0, end);
            rest = rest.Substring(end + 1);
        }

        yield return rest;
    }
}
