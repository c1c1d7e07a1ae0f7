using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Makes the library equal to a stage and writes what differed into the history, within the caller's transaction.</summary>
internal sealed class SyncWriter : IDisposable
{
    // What is the same in all rows comes last, and is bound once.
    private static readonly string AddRunbook = $"""
        INSERT INTO main.runbook ({string.Join(", ", RunbookColumns.All)}, connector_id, status)
        VALUES ({string.Join(", ", RunbookColumns.All.Select(_ => "?"))}, ?, {(int)RunbookStatus.Active})
        """;

    private static readonly string AddAdded = $"""
        INSERT INTO main.sync_change (id, name, path, sync_id, kind, contract)
        VALUES (?, ?, ?, ?, {(int)RunbookChangeKind.Added}, {(int)ContractChange.None})
        """;

    // With a reason it is invalid from now on, and keeps the contract that was accepted last: the one that it had when it was
    // active. Without one it is active, whatever it was before.
    private static readonly string UpdateRunbook = $"""
        UPDATE main.runbook SET ({string.Join(", ", RunbookColumns.All)}) = ({string.Join(", ", RunbookColumns.All.Select((_, i) => $"?{i + 1}"))}),
            status = CASE WHEN ?{Reason} IS NULL THEN {(int)RunbookStatus.Active} ELSE {(int)RunbookStatus.Invalid} END,
            status_reason = ?{Reason},
            accepted_contract = CASE WHEN ?{Reason} IS NOT NULL THEN coalesce(accepted_contract, contract) END,
            last_seen_time = NULL
        WHERE key = ?{Key}
        """;

    private static readonly string MarkRunbook =
        $"UPDATE main.runbook SET status = {(int)RunbookStatus.Missing}, status_reason = ?2, last_seen_time = ?3 WHERE key = ?1";

    private readonly SqliteSession _session;
    private readonly SqliteSyncStage _stage;
    private readonly SyncLease _lease;
    private readonly SyncCommit _commit;
    private readonly SqliteStatement _add;
    private readonly SqliteStatement _addAdded;
    private readonly BlobWriter _scratch = new();
    private long _invalid;

    public SyncWriter(SqliteSyncStage stage, SyncLease lease, SyncCommit commit)
    {
        _session = stage.Session;
        _stage = stage;
        _lease = lease;
        _commit = commit;
        _add = _session.Use(AddRunbook).Bind(RunbookColumns.All.Count + 1, lease.ConnectorId);
        _addAdded = _session.Use(AddAdded).Bind(4, lease.SyncId);
    }

    // What stands behind the columns.
    private static int Reason => RunbookColumns.All.Count + 1;

    private static int Key => RunbookColumns.All.Count + 2;

    public SyncCounts Write()
    {
        StageDifferences differences = _stage.Differences();
        Dictionary<RunbookChangeKind, long> counts = [];
        FirstImport.Run(_session, differences.InLibrary == 0 ? _stage.Total : 0, () => Write(differences, counts));
        long total = _stage.Total;
        long added = Of(counts, RunbookChangeKind.Added);
        long changed = Of(counts, RunbookChangeKind.Changed);
        long returned = Of(counts, RunbookChangeKind.Returned);
        return new SyncCounts
        {
            Total = total,
            Added = added,
            Changed = changed,
            Unchanged = total - added - changed - returned,
            Missing = Of(counts, RunbookChangeKind.Missing),
            Returned = returned,
            Invalid = _invalid,
        };
    }

    public void Dispose()
    {
        _add.Dispose();
        _addAdded.Dispose();
    }

    private static long Of(Dictionary<RunbookChangeKind, long> counts, RunbookChangeKind kind) => counts.TryGetValue(kind, out long count) ? count : 0;

    private void Write(StageDifferences differences, Dictionary<RunbookChangeKind, long> counts)
    {
        long added = 0;
        foreach (StageDifference difference in differences.Find(_stage.Total))
        {
            if (difference is { Before: null, Staged: { } staged })
            {
                Add(staged);
                added++;
                continue;
            }

            if (difference.Staged is null && !_commit.MarkMissing)
            {
                continue;
            }

            RunbookPair pair = difference.Pair;
            RunbookChange change = _commit.Compare(pair);
            counts[change.Kind] = Of(counts, change.Kind) + 1;
            WriteChange(change);
            if (difference.Staged is { } after)
            {
                Update(after, difference.Key, pair);
            }
            else
            {
                Mark(difference.Key, pair.Before!);
            }
        }

        counts[RunbookChangeKind.Added] = added;
    }

    [MethodImpl(Compile.AtOnce)]
    private void Add(StagedRunbooks staged)
    {
        RunbookBytes runbook = staged.Bytes;
        RunbookColumns.Bind(_add, staged.Id, runbook);
        _add.Run();

        // As the comparison would say it, for which a runbook would have to be made of the bytes.
        RunbookColumns.BindNames(_addAdded.Bind(1, staged.Id), 2, runbook);
        _addAdded.Run();
    }

    private void Update(StagedRunbooks staged, long? key, RunbookPair pair)
    {
        string? reason = _commit.Invalidates(pair);
        _invalid += reason is not null && pair.Before!.Status != RunbookStatus.Invalid ? 1 : 0;
        using SqliteStatement update = _session.Use(UpdateRunbook);
        RunbookColumns.Bind(update, staged.Id, staged.Bytes);
        update.Bind(Reason, reason).Bind(Key, key).Run();
    }

    private void Mark(long? key, LibraryRunbook before)
    {
        using SqliteStatement mark = _session.Use(MarkRunbook);
        mark.Bind(1, key).Bind(2, _commit.MissingReason).Bind(3, before.LastSeenTime).Run();
    }

    private void WriteChange(RunbookChange change)
    {
        using SqliteStatement insert = _session.Use(
            "INSERT INTO main.sync_change (sync_id, kind, contract, id, name, path, details) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        insert.Bind(1, _lease.SyncId)
            .Bind(2, (long)change.Kind)
            .Bind(3, (long)change.Contract)
            .Bind(4, change.Id)
            .Bind(5, change.Name)
            .Bind(6, change.Path);
        if (change.Properties.Count + change.Parameters.Count > 0)
        {
            _scratch.Clear();
            ChangeCodec.Write(_scratch, change);
            insert.BindBlob(7, _scratch.Written);
        }

        insert.Run();
    }
}
