using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// Makes a query over the library that gives its first row at once: it goes along one index that holds most of what is asked,
/// and never sorts.
/// </summary>
internal sealed class RunbookQueryBuilder
{
    // Behind every character that a name can hold.
    private const string Last = "\U0010FFFF";

    private readonly List<string> _conditions = [];
    private readonly List<object> _values = [];

    /// <param name="query">What is asked.</param>
    /// <param name="connectors">The connectors that fit the query's, or <see langword="null"/> when it does not ask for any.</param>
    /// <param name="allConnectors">All that there are: the index of the ids starts with the connector.</param>
    public RunbookQueryBuilder(RunbookQuery query, IReadOnlyList<long>? connectors, IReadOnlyList<long> allConnectors)
    {
        string index;
        string order;
        if (query.Ids.Count > 0)
        {
            (index, order) = ("runbook_id", "r.path_key");
            connectors ??= allConnectors;
            _conditions.Add($"r.id IN ({Add(query.Ids.Cast<object>())})");
        }
        else if (query.Names.Count > 0)
        {
            (index, order) = ("runbook_name", "r.name_key");
        }
        else
        {
            (index, order) = ("runbook_path", "r.path_key");
        }

        AddPatterns("r.name_key", query.Names);
        AddPatterns("r.path_key", query.Paths);
        AddFolders(query.Folders);
        if (connectors is not null)
        {
            _conditions.Add($"r.connector_id IN ({string.Join(", ", connectors)})");
        }

        if (query.Statuses.Count > 0)
        {
            _conditions.Add($"r.status IN ({string.Join(", ", query.Statuses.Select(s => (int)s))})");
        }

        string where = _conditions.Count == 0 ? string.Empty : " WHERE " + string.Join(" AND ", _conditions);
        Sql = $"SELECT {LibraryRows.ToRead("r")} FROM runbook AS r INDEXED BY {index}{where} ORDER BY {order}";
    }

    public string Sql { get; }

    public void Bind(SqliteStatement statement)
    {
        for (int i = 0; i < _values.Count; i++)
        {
            _ = _values[i] is Guid id ? statement.Bind(i + 1, id) : statement.Bind(i + 1, (string)_values[i]);
        }
    }

    private void AddPatterns(string column, IReadOnlyList<NamePattern> patterns)
    {
        if (patterns.Count == 0 || patterns.Any(p => p.Text == "*"))
        {
            return;
        }

        string[] literals = [.. patterns.Where(p => p.Literal is not null).Select(p => NamePattern.Key(p.Literal!))];
        string[] globs = [.. patterns.Where(p => p.Literal is null).Select(p => p.ToGlob())];
        AddRange(column, [.. literals.Select(l => (l, l)), .. globs.Select(g => (Prefix(g), Prefix(g) + Last))]);
        List<string> either = [.. globs.Select(g => Fits(column, g))];
        if (literals.Length > 0)
        {
            either.Add($"{column} IN ({Add(literals)})");
        }

        _conditions.Add($"({string.Join(" OR ", either)})");
    }

    // A folder's runbooks and those of its subfolders are neighbours in the index of the paths: the path is the folder, a
    // backslash and the name. A name may hold a backslash itself, so the folder is asked as well.
    private void AddFolders(IReadOnlyList<NamePattern> patterns)
    {
        string[] literals = [.. patterns.Where(p => p.Literal is not null).Select(p => NamePattern.Key(FolderPath.Normalize(p.Literal)))];
        if (patterns.Count == 0 || patterns.Any(p => p.Text == "*") || literals.Contains(FolderPath.Root))
        {
            return;
        }

        NamePattern[] wildcards = [.. patterns.Where(p => p.Literal is null)];
        string[] globs = [.. wildcards.Select(p => p.ToGlob())];
        if (!wildcards.Any(p => p.IsMatch(FolderPath.Root)))
        {
            // Not so for the root, whose paths have one backslash only.
            AddRange("r.path_key", [.. literals.Select(l => (l + "\\", l + "]")), .. globs.Select(g => (Prefix(g), Prefix(g) + Last))]);
            _conditions.Add($"({string.Join(" OR ", literals.Select(l => Below("r.path_key", l)).Concat(globs.Select(g => $"r.path_key GLOB {Add(g + "\\*")}")))})");
        }

        _conditions.Add($"({string.Join(" OR ", literals.Select(l => $"r.folder_key = {Add(l)} OR {Below("r.folder_key", l)}").Concat(globs.Select(g => $"r.folder_key GLOB {Add(g)}")))})");
    }

    // Where the index begins and ends to be of interest.
    private void AddRange(string column, IReadOnlyList<(string From, string To)> ranges)
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

        _conditions.Add($"{column} >= {Add(from)}");
        _conditions.Add($"{column} <= {Add(to)}");
    }

    // A closing bracket is the character after the backslash.
    private string Below(string column, string folder) => $"({column} >= {Add(folder + "\\")} AND {column} < {Add(folder + "]")})";

    // A pattern that starts with a wildcard is asked of every row, and to look for a text is half the work of a GLOB.
    private string Fits(string column, string glob)
    {
        string fits = $"{column} GLOB {Add(glob)}";
        string inside = Prefix(glob).Length == 0 ? LongestText(glob) : string.Empty;
        return inside.Length == 0 ? fits : $"(instr({column}, {Add(inside)}) > 0 AND {fits})";
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

    private static string Prefix(string glob)
    {
        int end = glob.IndexOfAny(['*', '?', '[']);
        return end < 0 ? glob : glob.Substring(0, end);
    }

    private string Add(string value)
    {
        _values.Add(value);
        return "?" + _values.Count;
    }

    private string Add(IEnumerable<object> values)
    {
        List<string> names = [];
        foreach (object value in values)
        {
            _values.Add(value);
            names.Add("?" + _values.Count);
        }

        return string.Join(", ", names);
    }
}
