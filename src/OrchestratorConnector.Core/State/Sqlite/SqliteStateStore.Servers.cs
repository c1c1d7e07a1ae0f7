using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Library;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    /// <inheritdoc/>
    public void SetRunbookServers(long connectorId, IReadOnlyList<string> names)
    {
        string[] now = [.. names.GroupBy(NamePattern.Key).Select(g => g.First()).OrderBy(NamePattern.Key, StringComparer.Ordinal)];
        if (GetRunbookServers(connectorId).SequenceEqual(now, StringComparer.Ordinal))
        {
            // Asked for with every job that ends, and nearly always the same.
            return;
        }

        Write(session =>
        {
            using SqliteStatement delete = session.Use("DELETE FROM runbook_server WHERE connector_id = ?");
            delete.Bind(1, connectorId).Run();
            // Of a connector that was removed meanwhile nothing is kept.
            using SqliteStatement insert = session.Use("INSERT INTO runbook_server (connector_id, name_key, name) SELECT id, ?2, ?3 FROM connector WHERE id = ?1");
            foreach (string name in now)
            {
                insert.Bind(1, connectorId).Bind(2, NamePattern.Key(name)).Bind(3, name).Run();
            }

            return true;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<string> GetRunbookServers(long? connectorId) => Read(session =>
    {
        using SqliteStatement select = session.Use("SELECT DISTINCT name_key, name FROM runbook_server WHERE ?1 IS NULL OR connector_id = ?1 ORDER BY name_key, name");
        select.Bind(1, connectorId);
        Dictionary<string, string> names = new(StringComparer.Ordinal);
        while (select.Step())
        {
            names[select.Text(0)] = select.Text(1);
        }

        return names.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => n.Value).ToArray();
    });
}
