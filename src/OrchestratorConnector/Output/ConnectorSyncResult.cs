using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Output;

/// <summary>One synchronization: just done, past, or, with -WhatIf, one that was not done. Times are local.</summary>
public sealed class ConnectorSyncResult : IStatusText, IDurationText
{
    private readonly SyncRecord _record;
    private readonly Lazy<TextList<SMRunbookChange>> _changes;

    internal ConnectorSyncResult(SyncRecord record, string statePath)
        : this(record, new Lazy<TextList<SMRunbookChange>>(() => ReadChanges(record, statePath)))
    {
    }

    internal ConnectorSyncResult(SyncRecord record, IReadOnlyList<RunbookChange> changes)
        : this(record, new Lazy<TextList<SMRunbookChange>>(() => ToList(changes, record))) =>
        WhatIf = true;

    private ConnectorSyncResult(SyncRecord record, Lazy<TextList<SMRunbookChange>> changes)
    {
        _changes = changes;
        Connector = record.Connector;
        _record = record;
        StartTime = record.StartTime.ToLocalTime();
        FinishTime = record.FinishTime?.ToLocalTime();
        Duration = record.FinishTime - record.StartTime;
        Total = record.Counts.Total;
        Added = record.Counts.Added;
        Changed = record.Counts.Changed;
        Unchanged = record.Counts.Unchanged;
        Missing = record.Counts.Missing;
        Returned = record.Counts.Returned;
        Invalid = record.Counts.Invalid;
        Requests = record.Requests;
        Bytes = record.Bytes;
        Error = record.Error;
    }

    /// <summary>The connector.</summary>
    public string Connector { get; }

    /// <summary>How it ended.</summary>
    public ConnectorStatus Status => _record.Status;

    /// <summary>When it started.</summary>
    public DateTime StartTime { get; }

    /// <summary>When it ended.</summary>
    public DateTime? FinishTime { get; }

    /// <summary>How long it took.</summary>
    public TimeSpan? Duration { get; }

    /// <summary>Runbooks that the server returned within the connector's folder.</summary>
    public long Total { get; }

    /// <summary>New runbooks.</summary>
    public long Added { get; }

    /// <summary>Runbooks with other properties or another contract.</summary>
    public long Changed { get; }

    /// <summary>Runbooks that are as they were.</summary>
    public long Unchanged { get; }

    /// <summary>Runbooks that are no longer returned.</summary>
    public long Missing { get; }

    /// <summary>Runbooks that were missing and are back.</summary>
    public long Returned { get; }

    /// <summary>Runbooks whose contract changed under something that depends on it.</summary>
    public long Invalid { get; }

    /// <summary>Requests sent, retries included.</summary>
    public long Requests { get; }

    /// <summary>Bytes of answers, after decompression.</summary>
    public long Bytes { get; }

    /// <summary>Why it failed.</summary>
    public string? Error { get; }

    /// <summary>Whether this only says what would have been done.</summary>
    public bool WhatIf { get; }

    /// <summary>What differed; read from the history when it is first asked for.</summary>
    public TextList<SMRunbookChange> Changes => _changes.Value;

    string IStatusText.StatusText => WhatIf ? "What If" : StatusText.Of(Status);

    string IDurationText.DurationText => Display.Duration(Duration);

    /// <inheritdoc/>
    public override string ToString() => Error is null
        ? FormattableString.Invariant($"{Connector}: {Total} runbooks, {Added} added, {Changed} changed, {Missing} missing, {Returned} returned")
        : $"{Connector}: {Error}";

    private static TextList<SMRunbookChange> ToList(IEnumerable<RunbookChange> changes, SyncRecord record) =>
        new(changes.Select(c => new SMRunbookChange(c, record.Connector)).ToArray(), "; ");

    private static TextList<SMRunbookChange> ReadChanges(SyncRecord record, string statePath)
    {
        if (!File.Exists(statePath))
        {
            throw Errors.Error.StoreUnavailable(statePath, "it is not there any more.", null);
        }

        using SqliteStateStore store = SqliteStateStore.Open(statePath, new SqliteStoreOptions());
        return ToList(store.GetChanges(record.Id), record);
    }
}
