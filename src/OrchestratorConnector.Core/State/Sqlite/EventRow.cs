using System;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>An event as a row.</summary>
internal static class EventRow
{
    /// <summary>The columns that <see cref="Read"/> reads, of the table as <c>e</c>.</summary>
    public const string Columns = "e.key, e.time, e.kind, e.level, e.connector_id, e.connector, e.target, e.message, e.data, e.user, e.machine, e.process_id";

    public static ConnectorEvent Read(SqliteStatement statement) => new()
    {
        Key = statement.Number(0),
        Time = statement.Time(1),
        Kind = (EventKind)statement.Number(2),
        Level = (EventLevel)statement.Number(3),
        ConnectorId = statement.OptionalNumber(4),
        Connector = statement.OptionalText(5),
        Target = statement.OptionalText(6),
        Message = statement.Text(7),
        Data = ValuesCodec.Read(statement, 8),
        User = statement.Text(9),
        Machine = statement.Text(10),
        ProcessId = (int)statement.Number(11),
    };

    /// <returns>Its key.</returns>
    public static long Add(SqliteSession session, ConnectorEvent entry)
    {
        using SqliteStatement insert = session.Use("""
            INSERT INTO event (time, kind, level, connector_id, connector, target, message, data, user, machine, process_id)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
            """);
        insert.Bind(1, entry.Time)
            .Bind(2, (long)entry.Kind)
            .Bind(3, (long)entry.Level)
            .Bind(4, entry.ConnectorId)
            .Bind(5, entry.Connector)
            .Bind(6, entry.Target)
            .Bind(7, entry.Message)
            .Bind(9, entry.User)
            .Bind(10, entry.Machine)
            .Bind(11, (long)entry.ProcessId);
        ValuesCodec.Bind(insert, 8, entry.Data, new BlobWriter());
        insert.Run();
        return session.LastId;
    }

    /// <summary>
    /// Lets go what is too old, and the first of what is too much. Keys follow each other as the events did; the times are those
    /// of clocks, one of which may be wrong.
    /// </summary>
    public static void Prune(SqliteSession session, long newest, int keep, DateTime since)
    {
        using SqliteStatement delete = session.Use("DELETE FROM event WHERE key <= ?1 OR time < ?2");
        delete.Bind(1, newest - keep).Bind(2, since).Run();
    }
}
