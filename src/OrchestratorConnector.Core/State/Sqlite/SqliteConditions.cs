using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Library;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>The conditions of a query and the values that they compare with, which are bound by position.</summary>
internal sealed class SqliteConditions
{
    // Behind every character that a name can hold.
    private const string Last = "\U0010FFFF";

    private readonly List<string> _conditions = [];
    private readonly List<object> _values = [];

    /// <summary>All conditions, with a blank before them; nothing when there is none.</summary>
    public string Where => _conditions.Count == 0 ? string.Empty : " WHERE " + string.Join(" AND ", _conditions);

    /// <summary>Whether patterns leave nothing out.</summary>
    public static bool IsAll(IReadOnlyList<NamePattern> patterns) => patterns.Count == 0 || patterns.Any(p => p.Literal is null && p.Text == "*");

    /// <summary>Between which keys all lie that fit.</summary>
    public static (string From, string To) RangeOf(string glob) => (Prefix(glob), Prefix(glob) + Last);

    public void Bind(SqliteStatement statement)
    {
        for (int i = 0; i < _values.Count; i++)
        {
            _ = _values[i] switch
            {
                Guid id => statement.Bind(i + 1, id),
                DateTime time => statement.Bind(i + 1, time),
                object text => statement.Bind(i + 1, (string)text),
            };
        }
    }

    public void Add(string condition) => _conditions.Add(condition);

    /// <summary>Takes a value in.</summary>
    /// <returns>Its place in the query.</returns>
    public string Value(object value)
    {
        _values.Add(value);
        return "?" + _values.Count;
    }

    /// <summary>Takes values in.</summary>
    /// <returns>Their places in the query, as a list.</returns>
    public string Values<T>(IEnumerable<T> values)
        where T : notnull
    {
        List<string> places = [];
        foreach (T value in values)
        {
            places.Add(Value(value));
        }

        return string.Join(", ", places);
    }

    /// <summary>Asks that a column of keys fits one of the patterns, and says between which ends of its index that is.</summary>
    public void AddPatterns(string column, IReadOnlyList<NamePattern> patterns)
    {
        if (IsAll(patterns))
        {
            return;
        }

        AddRange(column, [.. patterns.Select(p => p.Literal is { } l ? (NamePattern.Key(l), NamePattern.Key(l)) : RangeOf(p.ToGlob()))]);
        Add(Fits(column, patterns));
    }

    /// <summary>The condition that a column of keys fits one of the patterns.</summary>
    public string Fits(string column, IReadOnlyList<NamePattern> patterns)
    {
        List<string> either = [.. patterns.Where(p => p.Literal is null).Select(p => Fits(column, p.ToGlob()))];
        string[] literals = [.. patterns.Where(p => p.Literal is not null).Select(p => NamePattern.Key(p.Literal!))];
        if (literals.Length > 0)
        {
            either.Add($"{column} IN ({Values(literals)})");
        }

        return Either(either);
    }

    /// <summary>
    /// One of several conditions. Split in halves: SQLite goes down one step for each of a row of them, and no more than a thousand.
    /// </summary>
    public static string Either(IReadOnlyList<string> conditions)
    {
        int half = conditions.Count / 2;
        return half == 0
            ? $"({string.Join(" OR ", conditions)})"
            : $"({Either([.. conditions.Take(half)])} OR {Either([.. conditions.Skip(half)])})";
    }

    /// <summary>Says where the index of a column begins and ends to be of interest.</summary>
    public void AddRange(string column, IReadOnlyList<(string From, string To)> ranges)
    {
        string from = ranges[0].From;
        string to = ranges[0].To;
        foreach ((string otherFrom, string otherTo) in ranges)
        {
            // The order of the index: by bytes, which UTF-8 keeps the same as by code points.
            from = KeyOrder.Compare(otherFrom, from) < 0 ? otherFrom : from;
            to = KeyOrder.Compare(otherTo, to) > 0 ? otherTo : to;
        }

        if (from.Length == 0)
        {
            // From one end to the other: no row need be compared with the ends.
            return;
        }

        Add($"{column} >= {Value(from)}");
        Add($"{column} <= {Value(to)}");
    }

    // A pattern that starts with a wildcard is asked of every row, and to look for a text is a fraction of the work of most
    // GLOBs; not of one that starts with looking for that text.
    private string Fits(string column, string glob)
    {
        string fits = $"{column} GLOB {Value(glob)}";
        string inside = Prefix(glob).Length == 0 ? LongestText(glob) : string.Empty;
        return inside.Length == 0 || glob.StartsWith("*" + inside, StringComparison.Ordinal) ? fits : $"(instr({column}, {Value(inside)}) > 0 AND {fits})";
    }

    // What a text that fits starts with.
    private static string Prefix(string glob)
    {
        int end = glob.IndexOfAny(['*', '?', '[']);
        return end < 0 ? glob : glob.Substring(0, end);
    }

    // The longest piece without wildcards that a text has to hold to fit.
    private static string LongestText(string glob)
    {
        string longest = string.Empty;
        for (int start = 0; start < glob.Length;)
        {
            string text = Prefix(glob.Substring(start));
            longest = text.Length > longest.Length ? text : longest;
            start += text.Length;
            // A set has at least one character, which may be a bracket.
            start = start < glob.Length && glob[start] == '[' ? glob.IndexOf(']', Math.Min(start + 2, glob.Length - 1)) + 1 : start + 1;
        }

        return longest;
    }
}
