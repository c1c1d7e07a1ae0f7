using System;

namespace FakeOrchestrator;

/// <summary>One run of an activity, as it was at one moment (facts A.2).</summary>
public sealed class SourceActivityInstance : SourceEntity
{
    internal SourceActivityInstance(Guid id)
        : base(id)
    {
    }

    /// <summary>The runbook instance.</summary>
    public Guid RunbookInstanceId { get; internal init; }

    /// <summary>The activity.</summary>
    public Guid ActivityId { get; internal init; }

    /// <summary>Its place in the instance, from 1 (that it starts there is inferred).</summary>
    public int SequenceNumber { get; internal init; }

    /// <summary>The same words as an instance's (facts A.9).</summary>
    public string? Status { get; internal init; }

    /// <summary>When it began, UTC.</summary>
    public DateTime StartTime { get; internal init; }

    /// <summary>When it ended, UTC; none while it runs.</summary>
    public DateTime? EndTime { get; internal init; }

    internal SourceActivityInstance Ended(string status, DateTime at)
    {
        return new SourceActivityInstance(Id)
        {
            RunbookInstanceId = RunbookInstanceId,
            ActivityId = ActivityId,
            SequenceNumber = SequenceNumber,
            Status = status,
            StartTime = StartTime,
            EndTime = at,
        };
    }
}
