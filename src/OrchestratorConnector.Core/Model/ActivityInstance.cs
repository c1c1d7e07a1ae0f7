using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Model;

/// <summary>One run of one of a runbook's steps. Times are UTC.</summary>
public sealed record ActivityInstance
{
    /// <summary>The server's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The step.</summary>
    public required Guid ActivityId { get; init; }

    /// <summary>The step's name, where the answer carried it.</summary>
    public string? Name { get; init; }

    /// <summary>Its place among the steps of the run.</summary>
    public int SequenceNumber { get; init; }

    /// <summary>How it goes or ended.</summary>
    public required InstanceStatus Status { get; init; }

    /// <summary>When it started.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? EndTime { get; init; }

    /// <summary>What it published, where the answer carried it.</summary>
    public IReadOnlyList<ActivityValue>? Data { get; init; }
}
