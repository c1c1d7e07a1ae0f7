using System;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>A synchronization as a row of the history.</summary>
internal static class SyncRow
{
    /// <summary>The columns that <see cref="Read"/> and <see cref="ReadHolder"/> read, of the table as <c>s</c>.</summary>
    public const string Columns = """
        s.id, s.connector_id, s.connector, s.status, s.start_time, s.finish_time, s.total, s.added, s.changed, s.unchanged,
        s.missing, s.returned, s.invalid, s.requests, s.bytes, s.error, s.machine, s.process_id, s.process_start
        """;

    public static SyncRecord Read(SqliteStatement statement) => new()
    {
        Id = statement.Number(0),
        ConnectorId = statement.Number(1),
        Connector = statement.Text(2),
        Status = (ConnectorStatus)statement.Number(3),
        StartTime = statement.Time(4),
        FinishTime = statement.OptionalTime(5),
        Counts = new SyncCounts
        {
            Total = statement.Number(6),
            Added = statement.Number(7),
            Changed = statement.Number(8),
            Unchanged = statement.Number(9),
            Missing = statement.Number(10),
            Returned = statement.Number(11),
            Invalid = statement.Number(12),
        },
        Requests = statement.Number(13),
        Bytes = statement.Number(14),
        Error = statement.OptionalText(15),
    };

    /// <summary>The process that runs or ran it.</summary>
    public static LeaseHolder ReadHolder(SqliteStatement statement) =>
        new(statement.Text(16), (int)statement.Number(17), statement.Time(18));

    public static long Insert(SqliteSession session, Connector connector, LeaseHolder holder, DateTime start)
    {
        using SqliteStatement insert = session.Use("""
            INSERT INTO sync (connector_id, connector, status, start_time, machine, process_id, process_start)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
            """);
        insert.Bind(1, connector.Id)
            .Bind(2, connector.Name)
            .Bind(3, (long)ConnectorStatus.Running)
            .Bind(4, start)
            .Bind(5, holder.Machine)
            .Bind(6, holder.ProcessId)
            .Bind(7, holder.ProcessStart)
            .Run();
        return session.LastId;
    }

    /// <summary>Ends a synchronization that is still open; one that ended stays as it is.</summary>
    public static void Finish(SqliteSession session, long id, DateTime finish, SyncCounts counts, SyncTotals totals, string? error)
    {
        using SqliteStatement update = session.Use("""
            UPDATE sync SET status = ?2, finish_time = ?3, total = ?4, added = ?5, changed = ?6, unchanged = ?7, missing = ?8,
                returned = ?9, invalid = ?10, requests = ?11, bytes = ?12, error = ?13
            WHERE id = ?1 AND status = ?14
            """);
        update.Bind(1, id)
            .Bind(2, (long)(error is null ? ConnectorStatus.FinishedSuccess : ConnectorStatus.FinishedWithError))
            .Bind(3, finish)
            .Bind(4, counts.Total)
            .Bind(5, counts.Added)
            .Bind(6, counts.Changed)
            .Bind(7, counts.Unchanged)
            .Bind(8, counts.Missing)
            .Bind(9, counts.Returned)
            .Bind(10, counts.Invalid)
            .Bind(11, totals.Requests)
            .Bind(12, totals.Bytes)
            .Bind(13, error)
            .Bind(14, (long)ConnectorStatus.Running)
            .Run();
    }

    public static SyncRecord? Find(SqliteSession session, long id)
    {
        using SqliteStatement select = session.Use($"SELECT {Columns} FROM sync AS s WHERE s.id = ?");
        return select.Bind(1, id).Step() ? Read(select) : null;
    }

    /// <summary>Keeps the newest synchronizations of a connector; what the others found different goes with them.</summary>
    public static void Prune(SqliteSession session, long connectorId, int keep)
    {
        using SqliteStatement delete = session.Use("""
            DELETE FROM sync WHERE connector_id = ?1 AND id <= (
                SELECT id FROM sync WHERE connector_id = ?1 ORDER BY id DESC LIMIT 1 OFFSET ?2)
            """);
        delete.Bind(1, connectorId).Bind(2, (long)keep).Run();
    }
}
