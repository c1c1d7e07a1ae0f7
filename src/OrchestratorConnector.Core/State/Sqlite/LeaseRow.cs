using System;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>A lease as a row, with how far its synchronization is.</summary>
/// <param name="SyncId">The synchronization.</param>
/// <param name="Token">What its holder knows.</param>
/// <param name="Holder">The process that holds it.</param>
/// <param name="StartTime">When it was taken.</param>
/// <param name="RenewTime">When its holder last reported.</param>
/// <param name="Percent">How far it said to be.</param>
internal sealed record LeaseRow(long SyncId, Guid Token, LeaseHolder Holder, DateTime StartTime, DateTime RenewTime, int? Percent)
{
    /// <summary>How many columns <see cref="Read"/> reads.</summary>
    public const int ReadCount = 8;

    /// <summary>The columns that <see cref="Read"/> reads, of the table as <c>l</c>.</summary>
    public const string Columns = "l.sync_id, l.token, l.machine, l.process_id, l.process_start, l.start_time, l.renew_time, l.percent_complete";

    /// <returns>The lease, or <see langword="null"/> when there is none.</returns>
    public static LeaseRow? Read(SqliteStatement statement, int first) => statement.IsNull(first)
        ? null
        : new LeaseRow(
            statement.Number(first),
            statement.Id(first + 1),
            new LeaseHolder(statement.Text(first + 2), (int)statement.Number(first + 3), statement.Time(first + 4)),
            statement.Time(first + 5),
            statement.Time(first + 6),
            (int?)statement.OptionalNumber(first + 7));

    public static LeaseRow? Find(SqliteSession session, long connectorId)
    {
        using SqliteStatement select = session.Use($"SELECT {Columns} FROM lease AS l WHERE l.connector_id = ?");
        return select.Bind(1, connectorId).Step() ? Read(select, 0) : null;
    }

    public static void Delete(SqliteSession session, long connectorId)
    {
        using SqliteStatement delete = session.Use("DELETE FROM lease WHERE connector_id = ?");
        delete.Bind(1, connectorId).Run();
    }

    /// <summary>Whether the holder is still at work.</summary>
    public bool IsLive(DateTime now, Func<LeaseHolder, bool> isAlive) => now - RenewTime < SyncLease.Duration && isAlive(Holder);
}
