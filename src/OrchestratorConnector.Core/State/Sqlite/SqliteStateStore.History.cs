using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    private const string SelectHistory =
        "SELECT " + SyncRow.Columns + ", c.name, " + LeaseRow.Columns + """
         FROM sync AS s
        LEFT JOIN connector AS c ON c.id = s.connector_id
        LEFT JOIN lease AS l ON l.sync_id = s.id AND l.connector_id = s.connector_id
        ORDER BY s.start_time DESC, s.id DESC
        """;

    /// <inheritdoc/>
    public IReadOnlyList<SyncRecord> GetHistory(Func<string, bool> connector, int? most) => Read(session =>
    {
        using SqliteStatement select = session.Use(SelectHistory);
        Dictionary<long, int> counts = [];
        List<SyncRecord> records = [];
        while (select.Step())
        {
            SyncRecord record = ReadRecord(select);
            // A connector has the name that it bears now, by which it is asked for; one that is gone the name that it bore then.
            record = record with { Connector = select.OptionalText(19) ?? record.Connector };
            counts.TryGetValue(record.ConnectorId, out int count);
            if ((most is null || count < most) && connector(record.Connector))
            {
                records.Add(record);
                counts[record.ConnectorId] = count + 1;
            }
        }

        return records;
    });

    /// <inheritdoc/>
    public IEnumerable<RunbookChange> GetChanges(long syncId)
    {
        SqliteSession session = Rent();
        try
        {
            session.BeginRead();
            using SqliteStatement select = session.Use("SELECT kind, contract, id, name, path, details FROM sync_change WHERE sync_id = ? ORDER BY key");
            select.Bind(1, syncId);
            while (select.Step())
            {
                yield return ReadChange(select);
            }
        }
        finally
        {
            Return(session);
        }
    }

    private static RunbookChange ReadChange(SqliteStatement statement)
    {
        IReadOnlyList<PropertyChange> properties = [];
        IReadOnlyList<ParameterChange> parameters = [];
        if (!statement.IsNull(5))
        {
            BlobReader reader = new(statement.Blob(5), statement.Path);
            (properties, parameters) = ChangeCodec.Read(ref reader);
        }

        return new RunbookChange
        {
            Kind = (RunbookChangeKind)statement.Number(0),
            Contract = (ContractChange)statement.Number(1),
            Id = statement.Id(2),
            Name = statement.Text(3),
            Path = statement.Text(4),
            Properties = properties,
            Parameters = parameters,
        };
    }

    private SyncRecord ReadRecord(SqliteStatement statement)
    {
        SyncRecord record = SyncRow.Read(statement);
        LeaseRow? lease = LeaseRow.Read(statement, 20);
        if (record.Status != ConnectorStatus.Running || lease?.IsLive(Now, _options.IsAlive) == true)
        {
            return record;
        }

        return record with
        {
            Status = ConnectorStatus.FinishedWithError,
            FinishTime = lease?.RenewTime ?? record.StartTime,
            Error = Interrupted(SyncRow.ReadHolder(statement), record.StartTime),
        };
    }
}
