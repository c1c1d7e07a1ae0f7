using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Makes the library equal to a stage and writes what differed into the history, within the caller's transaction.</summary>
internal sealed class SyncWriter
{
    private static readonly StagedContract Contract = StagedContract.Of("s", "c");

    // In the order in which the server answers, because it will answer in that order again: the next comparison then goes along
    // both tables from one end to the other. (By id would not do: SQL Server sorts its keys by the last bytes first.)
    private static readonly string AddRunbooks = $"""
        INSERT INTO main.runbook ({string.Join(", ", RunbookColumns.All)}, connector_id, status)
        SELECT {RunbookColumns.ToCopy("s", Contract)}, ?1, {(int)RunbookStatus.Active}
        """;

    private static readonly string AddChanges = $"""
        INSERT INTO main.sync_change (sync_id, kind, contract, id, name, path)
        SELECT ?1, {(int)RunbookChangeKind.Added}, {(int)ContractChange.None}, s.id, s.name, s.path
        """;

    // Of a first synchronization everything is new, and nobody need write down what.
    private const string EverythingStaged = " FROM temp.stage AS s ";
    private const string InOrder = " ORDER BY s.seq";
    private const string WhatIsNew = " FROM temp.difference AS d JOIN temp.stage AS s ON s.seq = d.seq ";
    private const string InItsOrder = " WHERE d.key IS NULL ORDER BY d.rowid";

    // With a reason it is invalid from now on, and keeps the contract that was accepted last: the one that it had when it was
    // active. Without one it is active, whatever it was before.
    private static readonly string UpdateRunbook = $"""
        UPDATE main.runbook SET ({string.Join(", ", RunbookColumns.All)}) = (
                SELECT {RunbookColumns.ToCopy("s", Contract)} FROM temp.stage AS s {StagedContract.Join("s", "c")} WHERE s.seq = ?2),
            status = CASE WHEN ?3 IS NULL THEN {(int)RunbookStatus.Active} ELSE {(int)RunbookStatus.Invalid} END,
            status_reason = ?3,
            accepted_contract = CASE WHEN ?3 IS NOT NULL THEN coalesce(accepted_contract, contract) END,
            last_seen_time = NULL
        WHERE key = ?1
        """;

    private static readonly string MarkRunbook =
        $"UPDATE main.runbook SET status = {(int)RunbookStatus.Missing}, status_reason = ?2, last_seen_time = ?3 WHERE key = ?1";

    private readonly SqliteSession _session;
    private readonly SqliteSyncStage _stage;
    private readonly SyncLease _lease;
    private readonly SyncCommit _commit;
    private readonly BlobWriter _scratch = new();
    private long _invalid;

    public SyncWriter(SqliteSyncStage stage, SyncLease lease, SyncCommit commit)
    {
        _session = stage.Session;
        _stage = stage;
        _lease = lease;
        _commit = commit;
    }

    public SyncCounts Write()
    {
        StageDifferences differences = _stage.Differences();
        bool isFirst = differences.IsFirst();
        Dictionary<RunbookChangeKind, long> counts = [];
        if (!isFirst)
        {
            differences.Find(_stage.Total);
            counts = WriteKnown(differences);
        }

        long added = isFirst ? WriteNew(EverythingStaged, InOrder) : WriteNew(WhatIsNew, InItsOrder);
        long total = _stage.Total;
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

    private static long Of(Dictionary<RunbookChangeKind, long> counts, RunbookChangeKind kind) => counts.TryGetValue(kind, out long count) ? count : 0;

    private Dictionary<RunbookChangeKind, long> WriteKnown(StageDifferences differences)
    {
        Dictionary<RunbookChangeKind, long> counts = [];
        using SqliteStatement update = _session.Use(UpdateRunbook);
        using SqliteStatement mark = _session.Use(MarkRunbook);
        foreach (StageDifference difference in differences.ReadOfLibrary())
        {
            bool isMissing = difference.Pair.After is null;
            if (isMissing && !_commit.MarkMissing)
            {
                continue;
            }

            RunbookChange change = _commit.Compare(difference.Pair);
            counts[change.Kind] = Of(counts, change.Kind) + 1;
            WriteChange(change);
            if (isMissing)
            {
                mark.Bind(1, difference.Key).Bind(2, _commit.MissingReason).Bind(3, difference.Pair.Before!.LastSeenTime).Run();
            }
            else
            {
                string? reason = _commit.Invalidates(difference.Pair);
                _invalid += reason is not null && difference.Pair.Before!.Status != RunbookStatus.Invalid ? 1 : 0;
                update.Bind(1, difference.Key).Bind(2, difference.Sequence).Bind(3, reason).Run();
            }
        }

        return counts;
    }

    private long WriteNew(string from, string order)
    {
        long added = FirstImport.Run(_session, _stage.Total, () =>
        {
            using SqliteStatement runbooks = _session.Use(AddRunbooks + from + StagedContract.Join("s", "c") + order);
            return runbooks.Bind(1, _lease.ConnectorId).Run();
        });
        if (added > 0)
        {
            using SqliteStatement changes = _session.Use(AddChanges + from + order);
            changes.Bind(1, _lease.SyncId).Run();
        }

        return added;
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
