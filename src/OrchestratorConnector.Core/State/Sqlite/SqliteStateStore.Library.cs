using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    // Behind every character that a name can hold.
    private const string Last = "\U0010FFFF";

    /// <inheritdoc/>
    public IEnumerable<LibraryRunbook> FindRunbooks(RunbookQuery query, CancellationToken cancellationToken)
    {
        SqliteSession session = Rent();
        try
        {
            session.Obey(cancellationToken);
            session.BeginRead();
            LibraryRows library = new(session);
            long[]? connectors = query.Connectors.Count == 0
                ? null
                : [.. library.Names.Where(n => query.Connectors.Any(p => p.IsMatch(n.Value))).Select(n => n.Key)];
            RunbookQueryBuilder builder = new(query, connectors, [.. library.Names.Select(n => n.Key)]);
            using SqliteStatement rows = session.Prepare(builder.Sql);
            builder.Bind(rows);
            while (rows.Step())
            {
                yield return library.Read(rows, 0);
            }
        }
        finally
        {
            Return(session);
        }
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> CompleteRunbookNames(string start, int most) => Complete(
        "SELECT name, name_key FROM runbook INDEXED BY runbook_name WHERE name_key >= ?1 AND name_key < ?2 ORDER BY name_key LIMIT 1",
        start,
        most);

    /// <inheritdoc/>
    public IReadOnlyList<string> CompleteFolders(string start, int most) => Complete(
        "SELECT folder, folder_key FROM runbook INDEXED BY runbook_folder WHERE folder_key >= ?1 AND folder_key < ?2 ORDER BY folder_key LIMIT 1",
        start,
        most);

    /// <summary>Jumps from one different text to the next: a hundred thousand runbooks in one folder cost no more than one.</summary>
    private List<string> Complete(string sql, string start, int most) => Read(session =>
    {
        using SqliteStatement next = session.Use(sql);
        string from = NamePattern.Key(start);
        string to = from + Last;
        List<string> found = [];
        while (found.Count < most && next.Bind(1, from).Bind(2, to).Step())
        {
            found.Add(next.Text(0));
            // Nothing fits between a key and the same key with a zero character behind it.
            from = next.Text(1) + "\0";
            next.Reset();
        }

        return found;
    });
}
