using System;

namespace OrchestratorConnector.Model;

/// <summary>One thing that an operator wants to know of a connector.</summary>
public sealed record HealthFinding
{
    /// <summary>How much it matters.</summary>
    public required HealthSeverity Severity { get; init; }

    /// <summary>The connector.</summary>
    public required string Connector { get; init; }

    /// <summary>What was looked at: Synchronization, Schedule, Credentials, Runbooks, Servers, Jobs.</summary>
    public required string Check { get; init; }

    /// <summary>The runbook that it is about, by its path; <see langword="null"/> when it is about the connector.</summary>
    public string? Target { get; init; }

    /// <summary>What was found.</summary>
    public required string Message { get; init; }

    /// <summary>What to do about it, or <see langword="null"/>.</summary>
    public string? Hint { get; init; }

    /// <summary>Since when it is so, in UTC, where that is known.</summary>
    public DateTime? Since { get; init; }
}
