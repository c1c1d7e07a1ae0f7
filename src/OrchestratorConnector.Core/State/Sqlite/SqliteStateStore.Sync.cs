using System;
using System.Threading;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Events;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    /// <summary>How many synchronizations of one connector the history keeps.</summary>
    internal const int KeptSyncs = 100;

    /// <inheritdoc/>
    public SyncLease BeginSync(Connector connector, bool force) => Write(session =>
    {
        Connector current = RequireConnector(session, connector.Id, connector.Name);
        if (!current.Enabled && !force)
        {
            throw Error.ConnectorDisabled(current.Name);
        }

        DateTime now = Now;
        string? interrupted = null;
        if (LeaseRow.Find(session, current.Id) is { } other)
        {
            if (other.IsLive(now, _options.IsAlive))
            {
                throw Error.ResourceBusy(current.Name, other.Holder.ToString());
            }

            interrupted = Interrupted(other.Holder, other.StartTime);
            EndOpenSyncs(session, current.Id, interrupted, other.RenewTime);
            Record(session, Event.Interrupted(current, interrupted));
        }

        SyncLease lease = new()
        {
            ConnectorId = current.Id,
            Connector = current.Name,
            SyncId = SyncRow.Insert(session, current, _options.Holder, now),
            Token = Guid.NewGuid(),
            Holder = _options.Holder,
            StartTime = now,
            RenewTime = now,
        };
        WriteLease(session, lease);
        using SqliteStatement update = session.Use("""
            UPDATE connector SET status = ?2, last_start_time = ?3, last_finish_time = NULL, percent_complete = 0,
                last_error = coalesce(?4, last_error), last_error_id = CASE WHEN ?4 IS NULL THEN last_error_id END
            WHERE id = ?1
            """);
        update.Bind(1, current.Id).Bind(2, (long)ConnectorStatus.Running).Bind(3, now).Bind(4, interrupted).Run();
        return lease;
    });

    /// <inheritdoc/>
    public void RenewSync(SyncLease lease, int? percent) => Write(session =>
    {
        RequireLease(session, lease);
        using SqliteStatement update = session.Use(
            "UPDATE lease SET renew_time = ?2, percent_complete = coalesce(?3, percent_complete) WHERE connector_id = ?1");
        return update.Bind(1, lease.ConnectorId).Bind(2, Now).Bind(3, percent).Run();
    });

    /// <inheritdoc/>
    public ISyncStage OpenStage(Connector connector)
    {
        SqliteSession session = OpenSession(_options.CancellationToken);
        try
        {
            return new SqliteSyncStage(session, connector.Id);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public SyncRecord CommitSync(SyncLease lease, ISyncStage stage, SyncCommit commit, CancellationToken cancellationToken)
    {
        if (stage is not SqliteSyncStage { Session: { } session } complete || session.Path != Location || complete.ConnectorId != lease.ConnectorId)
        {
            throw new ArgumentException("The stage belongs to another store or connector.", nameof(stage));
        }

        complete.RequireComplete();
        session.Obey(cancellationToken);
        try
        {
            // What is committed goes from the log into the file when the next one writes or the last one closes it, not while
            // somebody waits for the synchronization.
            session.Execute("PRAGMA wal_autocheckpoint=0");
            // Now the memory is the indexes' of the library, which a first import fills at random places; the stage is read from
            // one end to the other. A large import with more of it would be quicker, and its memory grow with the library.
            session.Execute(FormattableString.Invariant($"PRAGMA temp.cache_size=-1000; PRAGMA main.cache_size={(complete.Total <= FirstImport.Most ? -8000 : -2000)}"));
            session.BeginWrite();
            RequireLease(session, lease);
            complete.RequireSameLibrary();
            using SyncWriter writer = new(complete, lease, commit);
            SyncCounts counts = writer.Write();
            DateTime now = Now;
            SyncRow.Finish(session, lease.SyncId, now, counts, commit.Totals, error: null);
            using SqliteStatement update = session.Use("""
                UPDATE connector SET status = ?2, last_finish_time = ?3, last_success_time = ?3, percent_complete = 100, last_error = NULL, last_error_id = NULL
                WHERE id = ?1
                """);
            update.Bind(1, lease.ConnectorId).Bind(2, (long)ConnectorStatus.FinishedSuccess).Bind(3, now).Run();
            LeaseRow.Delete(session, lease.ConnectorId);
            SyncRow.Prune(session, lease.ConnectorId, KeptSyncs);
            SyncRecord record = SyncRow.Find(session, lease.SyncId)!;
            Record(session, Event.Synchronized(record));
            session.ThrowIfCancelled();
            // From here on it is done or not; a cancellation comes too late.
            session.Obey(default);
            Commit(session);
            return record;
        }
        finally
        {
            session.End();
            session.Obey(default);
        }
    }

    /// <inheritdoc/>
    public SyncRecord FailSync(SyncLease lease, string error, SyncTotals totals, string? errorId = null) => Write(session =>
    {
        DateTime now = Now;
        SyncRow.Finish(session, lease.SyncId, now, new SyncCounts(), totals, error);
        if (LeaseRow.Find(session, lease.ConnectorId) is { } row && row.Token == lease.Token)
        {
            using SqliteStatement update = session.Use("""
                UPDATE connector SET status = ?2, last_finish_time = ?3, percent_complete = coalesce(?4, percent_complete), last_error = ?5, last_error_id = ?6
                WHERE id = ?1
                """);
            update.Bind(1, lease.ConnectorId)
                .Bind(2, (long)ConnectorStatus.FinishedWithError)
                .Bind(3, now)
                .Bind(4, row.Percent)
                .Bind(5, error)
                .Bind(6, errorId)
                .Run();
            LeaseRow.Delete(session, lease.ConnectorId);
            SyncRow.Prune(session, lease.ConnectorId, KeptSyncs);
        }

        SyncRecord record = SyncRow.Find(session, lease.SyncId) ?? new SyncRecord
        {
            // So old that the history does not keep it any more.
            Id = lease.SyncId,
            ConnectorId = lease.ConnectorId,
            Connector = lease.Connector,
            Status = ConnectorStatus.FinishedWithError,
            StartTime = lease.StartTime,
            FinishTime = now,
            Requests = totals.Requests,
            Bytes = totals.Bytes,
            Error = error,
        };
        Record(session, Event.Synchronized(record, errorId));
        return record;
    },
    // Most of what fails was cancelled, and has to be written down all the same.
    CancellationToken.None);

    private static void RequireLease(SqliteSession session, SyncLease lease)
    {
        Connector connector = RequireConnector(session, lease.ConnectorId, lease.Connector);
        if (LeaseRow.Find(session, lease.ConnectorId)?.Token != lease.Token)
        {
            throw Error.LeaseLost(connector.Name);
        }
    }

    private static void EndOpenSyncs(SqliteSession session, long connectorId, string error, DateTime finish)
    {
        using SqliteStatement update = session.Use(
            "UPDATE sync SET status = ?2, finish_time = ?3, error = ?4 WHERE connector_id = ?1 AND status = ?5");
        update.Bind(1, connectorId)
            .Bind(2, (long)ConnectorStatus.FinishedWithError)
            .Bind(3, finish)
            .Bind(4, error)
            .Bind(5, (long)ConnectorStatus.Running)
            .Run();
    }

    private static void WriteLease(SqliteSession session, SyncLease lease)
    {
        using SqliteStatement insert = session.Use("""
            INSERT OR REPLACE INTO lease (connector_id, sync_id, token, machine, process_id, process_start, start_time, renew_time, percent_complete)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 0)
            """);
        insert.Bind(1, lease.ConnectorId)
            .Bind(2, lease.SyncId)
            .Bind(3, lease.Token)
            .Bind(4, lease.Holder.Machine)
            .Bind(5, lease.Holder.ProcessId)
            .Bind(6, lease.Holder.ProcessStart)
            .Bind(7, lease.StartTime)
            .Bind(8, lease.RenewTime)
            .Run();
    }
}
