using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Model;

/// <summary>Something that happened to what the store holds. Never holds a secret.</summary>
public sealed record ConnectorEvent
{
    /// <summary>The store's key, which grows with every event; 0 before it is stored.</summary>
    public long Key { get; init; }

    /// <summary>When it happened, in UTC.</summary>
    public DateTime Time { get; init; }

    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>How much it matters.</summary>
    public EventLevel Level { get; init; }

    /// <summary>The key of the connector that it concerns, or <see langword="null"/>.</summary>
    public long? ConnectorId { get; init; }

    /// <summary>The connector's name; <see langword="null"/> when it concerns none.</summary>
    public string? Connector { get; init; }

    /// <summary>What else it concerns: a runbook's path, an account's or an activity's name.</summary>
    public string? Target { get; init; }

    /// <summary>The event in words.</summary>
    public required string Message { get; init; }

    /// <summary>The event in numbers and names.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Data { get; init; } = [];

    /// <summary>The user whose process it was.</summary>
    public string User { get; init; } = string.Empty;

    /// <summary>The machine that it happened on.</summary>
    public string Machine { get; init; } = string.Empty;

    /// <summary>The process.</summary>
    public int ProcessId { get; init; }
}
