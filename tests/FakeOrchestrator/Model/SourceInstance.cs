using System;

namespace FakeOrchestrator;

/// <summary>A runbook instance as it was at one moment: one run of a runbook on behalf of a job (facts A.2, A.9).</summary>
public sealed class SourceInstance : SourceEntity
{
    internal SourceInstance(Guid id)
        : base(id)
    {
    }

    /// <summary>The runbook.</summary>
    public Guid RunbookId { get; internal init; }

    /// <summary>The job.</summary>
    public Guid JobId { get; internal init; }

    /// <summary>The server it runs on; the zero guid if the source has no server.</summary>
    public Guid RunbookServerId { get; internal init; }

    /// <summary>One of <see cref="SourceInstanceStatus"/>.</summary>
    public string Status { get; internal init; } = SourceInstanceStatus.InProgress;

    /// <summary>When it began, UTC.</summary>
    public DateTime CreationTime { get; internal init; }

    /// <summary>When it ended, UTC; none while it runs.</summary>
    public DateTime? CompletionTime { get; internal init; }

    internal SourceInstance Ended(string status, DateTime at)
    {
        return new SourceInstance(Id)
        {
            RunbookId = RunbookId,
            JobId = JobId,
            RunbookServerId = RunbookServerId,
            Status = status,
            CreationTime = CreationTime,
            CompletionTime = at,
        };
    }
}
