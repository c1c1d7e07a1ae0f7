using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Model;

/// <summary>A job that was started here, as the store keeps it: who, when, what with, how it ended. Times are UTC.</summary>
public sealed record JobRecord
{
    /// <summary>The store's key; 0 before it is stored.</summary>
    public long Key { get; init; }

    /// <summary>The key of the connector.</summary>
    public required long ConnectorId { get; init; }

    /// <summary>The connector's name at that time.</summary>
    public required string Connector { get; init; }

    /// <summary>The runbook's id.</summary>
    public required Guid RunbookId { get; init; }

    /// <summary>The runbook's name at that time.</summary>
    public required string Runbook { get; init; }

    /// <summary>The runbook's path at that time.</summary>
    public required string RunbookPath { get; init; }

    /// <summary>The server's id of the job; <see langword="null"/> while the server has not answered, and for ever when its answer was lost.</summary>
    public Guid? JobId { get; init; }

    /// <summary>The last state that was seen.</summary>
    public JobStatus Status { get; init; }

    /// <summary>The last state of its run that was seen.</summary>
    public InstanceStatus InstanceStatus { get; init; }

    /// <summary>When it was asked for, by this machine's clock.</summary>
    public DateTime RequestTime { get; init; }

    /// <summary>The user who asked for it, on this machine.</summary>
    public string? StartedBy { get; init; }

    /// <summary>The machine that asked for it.</summary>
    public string? Machine { get; init; }

    /// <summary>The Run As account that it was started with; <see langword="null"/> for the current user.</summary>
    public string? RunAsAccount { get; init; }

    /// <summary>Whom the server says it was started by: most often a SID.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When the server created it.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>When its run started.</summary>
    public DateTime? StartTime { get; init; }

    /// <summary>When it ended.</summary>
    public DateTime? FinishTime { get; init; }

    /// <summary>The runbook server that ran it.</summary>
    public string? RunbookServer { get; init; }

    /// <summary>The inputs by name; secret ones as <see cref="JobParameter.Mask"/>.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Parameters { get; init; } = [];

    /// <summary>The outputs by name, once it has ended.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Outputs { get; init; } = [];

    /// <summary>The step that failed, if one did.</summary>
    public string? FailedActivity { get; init; }

    /// <summary>Why it failed, or why nothing is known of it; <see langword="null"/> otherwise.</summary>
    public string? Error { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsOver => Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Canceled;

    /// <summary>Whether the job failed, or its runbook in a job that ran to its end.</summary>
    public bool HasFailed => Status == JobStatus.Failed || (Status != JobStatus.Canceled && InstanceStatus == InstanceStatus.Failed);
}
