using System;
using System.Collections.Generic;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    private const string SelectState =
        "SELECT " + ConnectorRow.Columns + """
        , c.status, c.last_start_time, c.last_finish_time, c.last_success_time, c.percent_complete, c.last_error, c.last_error_id,
            (SELECT count(*) FROM runbook AS r INDEXED BY runbook_id WHERE r.connector_id = c.id),
        """ + LeaseRow.Columns + ConnectorRow.From + "LEFT JOIN lease AS l ON l.connector_id = c.id WHERE c.removal_time IS NULL ";

    /// <inheritdoc/>
    public IReadOnlyList<ConnectorState> GetConnectors() => Read(session =>
    {
        using SqliteStatement select = session.Use(SelectState + "ORDER BY c.name_key");
        List<ConnectorState> connectors = [];
        while (select.Step())
        {
            connectors.Add(ReadState(select));
        }

        return connectors;
    });

    /// <inheritdoc/>
    public ConnectorState? FindConnector(string name) => Read(session =>
    {
        using SqliteStatement select = session.Use(SelectState + "AND c.name_key = ?");
        return select.Bind(1, NamePattern.Key(name)).Step() ? ReadState(select) : null;
    });

    /// <summary>What the history says of a synchronization whose process went away.</summary>
    private static string Interrupted(LeaseHolder holder, DateTime start) =>
        FormattableString.Invariant($"The synchronization that {holder} started at {start:u} ended before it finished; the library was not changed.");

    private ConnectorState ReadState(SqliteStatement statement)
    {
        ConnectorStatus status = (ConnectorStatus)statement.Number(ConnectorRow.ReadCount);
        DateTime? finish = statement.OptionalTime(ConnectorRow.ReadCount + 2);
        int? percent = (int?)statement.OptionalNumber(ConnectorRow.ReadCount + 4);
        string? error = statement.OptionalText(ConnectorRow.ReadCount + 5);
        if (status == ConnectorStatus.Running && LeaseRow.Read(statement, ConnectorRow.ReadCount + 8) is { } lease)
        {
            percent = lease.Percent ?? percent;
            if (!lease.IsLive(Now, _options.IsAlive))
            {
                status = ConnectorStatus.FinishedWithError;
                finish = lease.RenewTime;
                error = Interrupted(lease.Holder, lease.StartTime);
            }
        }

        Connector connector = ConnectorRow.Read(statement);
        return new ConnectorState
        {
            Connector = connector,
            Status = status,
            LastStartTime = statement.OptionalTime(ConnectorRow.ReadCount + 1),
            LastFinishTime = finish,
            LastSuccessTime = statement.OptionalTime(ConnectorRow.ReadCount + 3),
            PercentComplete = percent,
            RunbookCount = statement.Number(ConnectorRow.ReadCount + 7),
            LastError = error,
            LastErrorId = statement.OptionalText(ConnectorRow.ReadCount + 6),
            IsScheduleHeld = connector.Home is { } home && _options.Machine is { } machine && home != machine,
        };
    }
}
