using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// Makes a query over the library that gives its first row at once: it goes along one index that holds most of what is asked,
/// and never sorts. Index and table have a name each (i and r), so that nothing but the index is touched for a row that does not
/// fit by what the index holds: finding its place in the table costs a quarter of such a look.
/// </summary>
internal sealed class RunbookQueryBuilder
{
    private readonly SqliteConditions _conditions = new();
    private readonly string[] _indexed;

    /// <param name="query">What is asked.</param>
    /// <param name="connectors">The connectors that fit the query's, or <see langword="null"/> when it does not ask for any.</param>
    /// <param name="allConnectors">All that there are: the index of the ids starts with the connector.</param>
    public RunbookQueryBuilder(RunbookQuery query, IReadOnlyList<long>? connectors, IReadOnlyList<long> allConnectors)
    {
        string index;
        string order;
        if (query.Ids.Count > 0)
        {
            (index, order, _indexed) = ("runbook_id", "r.path_key", ["connector_id", "id"]);
            connectors ??= allConnectors;
            _conditions.Add($"i.id IN ({_conditions.Values(query.Ids)})");
        }
        else if (query.IdRange is { } range)
        {
            (index, order, _indexed) = ("runbook_id", "i.connector_id, i.id", ["connector_id", "id"]);
            connectors ??= allConnectors;
            _conditions.Add($"i.id BETWEEN {_conditions.Value(range.First)} AND {_conditions.Value(range.Last)}");
        }
        else if (query.Names.Count > 0)
        {
            (index, order, _indexed) = ("runbook_name", "i.name_key", ["name_key", "connector_id", "status"]);
        }
        else
        {
            (index, order, _indexed) = ("runbook_path", "i.path_key", ["path_key", "connector_id", "status"]);
        }

        _conditions.AddPatterns(Column("name_key"), query.Names);
        _conditions.AddPatterns(Column("path_key"), query.Paths);
        AddFolders(query.Folders);
        if (connectors is not null)
        {
            _conditions.Add($"i.connector_id IN ({string.Join(", ", connectors)})");
        }

        if (query.Statuses.Count > 0)
        {
            _conditions.Add($"{Column("status")} IN ({string.Join(", ", query.Statuses.Select(s => (int)s))})");
        }

        Sql = $"SELECT {LibraryRows.ToRead("r")} FROM runbook AS i INDEXED BY {index} CROSS JOIN runbook AS r ON r.key = i.key{_conditions.Where} ORDER BY {order}";
    }

    public string Sql { get; }

    public void Bind(SqliteStatement statement) => _conditions.Bind(statement);

    private string Column(string name) => (_indexed.Contains(name) ? "i." : "r.") + name;

    // A folder's runbooks and those of its subfolders are neighbours in the index of the paths: the path is the folder, a
    // backslash and the name. A name may hold a backslash itself, so the folder is asked as well.
    private void AddFolders(IReadOnlyList<NamePattern> patterns)
    {
        string[] literals = [.. patterns.Where(p => p.Literal is not null).Select(p => NamePattern.Key(FolderPath.Normalize(p.Literal)))];
        if (SqliteConditions.IsAll(patterns) || literals.Contains(FolderPath.Root))
        {
            return;
        }

        NamePattern[] wildcards = [.. patterns.Where(p => p.Literal is null)];
        string[] globs = [.. wildcards.Select(p => p.ToGlob())];
        if (!wildcards.Any(p => p.IsMatch(FolderPath.Root)))
        {
            // Not so for the root, whose paths have one backslash only.
            _conditions.AddRange(Column("path_key"), [.. literals.Select(l => (l + "\\", l + "]")), .. globs.Select(SqliteConditions.RangeOf)]);
            _conditions.Add(SqliteConditions.Either([.. literals.Select(l => Below(Column("path_key"), l)), .. globs.Select(g => $"{Column("path_key")} GLOB {_conditions.Value(g + "\\*")}")]));
        }

        _conditions.Add(SqliteConditions.Either(
            [.. literals.Select(l => $"(r.folder_key = {_conditions.Value(l)} OR {Below("r.folder_key", l)})"), .. globs.Select(g => $"r.folder_key GLOB {_conditions.Value(g)}")]));
    }

    // A closing bracket is the character after the backslash.
    private string Below(string column, string folder) =>
        $"({column} >= {_conditions.Value(folder + "\\")} AND {column} < {_conditions.Value(folder + "]")})";
}
