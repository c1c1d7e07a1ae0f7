using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Model;

/// <summary>One run of a runbook under a job. Times are UTC.</summary>
public sealed record RunbookInstance
{
    /// <summary>The server's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>How it goes or ended.</summary>
    public required InstanceStatus Status { get; init; }

    /// <summary>The runbook server that runs it.</summary>
    public Guid? RunbookServerId { get; init; }

    /// <summary>When it started.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? CompletionTime { get; init; }

    /// <summary>Its inputs and outputs, where the answer carried them.</summary>
    public IReadOnlyList<InstanceParameter>? Parameters { get; init; }
}
