using System;

namespace OrchestratorConnector.State;

/// <summary>The right to synchronize one connector, held by one process at a time.</summary>
public sealed record SyncLease
{
    /// <summary>How long a holder may stay silent before another process may take over.</summary>
    public static readonly TimeSpan Duration = TimeSpan.FromMinutes(2);

    /// <summary>The connector.</summary>
    public required long ConnectorId { get; init; }

    /// <summary>The connector's name when the lease was taken.</summary>
    public required string Connector { get; init; }

    /// <summary>The synchronization's key in the history.</summary>
    public required long SyncId { get; init; }

    /// <summary>Unique to this lease, so that a holder can tell that it lost it.</summary>
    public required Guid Token { get; init; }

    /// <summary>The process that holds it.</summary>
    public required LeaseHolder Holder { get; init; }

    /// <summary>When it was taken, in UTC.</summary>
    public required DateTime StartTime { get; init; }

    /// <summary>When its holder last reported, in UTC.</summary>
    public required DateTime RenewTime { get; init; }

    /// <summary>Whether the holder is still at work: it reported lately, and if it is on this machine its process lives.</summary>
    public bool IsLive(DateTime now, Func<LeaseHolder, bool> isAlive) => now - RenewTime < Duration && isAlive(Holder);
}
