namespace OrchestratorConnector.Model;

/// <summary>How many runbooks a synchronization found in which state.</summary>
public sealed record SyncCounts
{
    /// <summary>Runbooks that the server returned within the connector's folder.</summary>
    public long Total { get; init; }

    /// <summary>New in the library.</summary>
    public long Added { get; init; }

    /// <summary>In the library already, with other properties or another contract now.</summary>
    public long Changed { get; init; }

    /// <summary>As they were.</summary>
    public long Unchanged { get; init; }

    /// <summary>No longer returned, and marked so by this synchronization.</summary>
    public long Missing { get; init; }

    /// <summary>Missing before, returned again.</summary>
    public long Returned { get; init; }

    /// <summary>Marked invalid by this synchronization because their contract changed under something that depends on it.</summary>
    public long Invalid { get; init; }
}
