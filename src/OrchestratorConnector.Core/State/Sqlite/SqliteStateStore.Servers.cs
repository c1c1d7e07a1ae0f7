using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    /// <inheritdoc/>
    public void SetRunbookServers(long connectorId, IReadOnlyList<RunbookServer> servers)
    {
        RunbookServer[] now = [.. servers.GroupBy(s => s.Id).Select(g => g.First())];
        if (new HashSet<RunbookServer>(now).SetEquals(GetRunbookServers(connectorId)))
        {
            // Nearly always they are the same.
            return;
        }

        Write(session =>
        {
            using SqliteStatement delete = session.Use("DELETE FROM runbook_server WHERE connector_id = ?");
            delete.Bind(1, connectorId).Run();
            // Of a connector that was removed meanwhile nothing is kept.
            using SqliteStatement insert = session.Use("INSERT INTO runbook_server (connector_id, id, name, name_key) SELECT id, ?2, ?3, ?4 FROM connector WHERE id = ?1");
            foreach (RunbookServer server in now)
            {
                insert.Bind(1, connectorId).Bind(2, server.Id).Bind(3, server.Name).Bind(4, NamePattern.Key(server.Name)).Run();
            }

            return true;
        });
    }

    /// <inheritdoc/>
    public IReadOnlyList<RunbookServer> GetRunbookServers(long? connectorId) => Read(session =>
    {
        using SqliteStatement select = session.Use("SELECT id, name FROM runbook_server WHERE ?1 IS NULL OR connector_id = ?1 ORDER BY name_key, id");
        select.Bind(1, connectorId);
        List<RunbookServer> servers = [];
        while (select.Step())
        {
            servers.Add(new RunbookServer(select.Id(0), select.Text(1)));
        }

        return servers;
    });
}
