using System;

namespace OrchestratorConnector.Model;

/// <summary>One synchronization in the history. Times are UTC.</summary>
public sealed record SyncRecord
{
    /// <summary>The store's key of this synchronization.</summary>
    public long Id { get; init; }

    /// <summary>The key of the connector.</summary>
    public long ConnectorId { get; init; }

    /// <summary>The connector's name at that time.</summary>
    public required string Connector { get; init; }

    /// <summary>How it ended, or that it is running.</summary>
    public ConnectorStatus Status { get; init; }

    /// <summary>When it started.</summary>
    public DateTime StartTime { get; init; }

    /// <summary>When it ended; <see langword="null"/> while it runs.</summary>
    public DateTime? FinishTime { get; init; }

    /// <summary>What it found; all zero when it did not succeed.</summary>
    public SyncCounts Counts { get; init; } = new();

    /// <summary>How many requests were sent, retries included.</summary>
    public long Requests { get; init; }

    /// <summary>How many bytes of answers were read, after decompression.</summary>
    public long Bytes { get; init; }

    /// <summary>Why it failed, or <see langword="null"/>.</summary>
    public string? Error { get; init; }
}
