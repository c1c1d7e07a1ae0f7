using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Model;

/// <summary>A job as the server describes it. Times are UTC.</summary>
public sealed record ServerJob
{
    /// <summary>The server's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The runbook.</summary>
    public required Guid RunbookId { get; init; }

    /// <summary>Its state.</summary>
    public required JobStatus Status { get; init; }

    /// <summary>The runbook server that took it up, if one has.</summary>
    public Guid? RunbookServerId { get; init; }

    /// <summary>The inputs as the server understood them; <see langword="null"/> where it does not say.</summary>
    public IReadOnlyList<JobParameter>? Parameters { get; init; }

    /// <summary>Who started it: most often a SID.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When it was created.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>When the server last touched it.</summary>
    public DateTime? LastModifiedTime { get; init; }

    /// <summary>Its runs, where the answer carried them.</summary>
    public IReadOnlyList<RunbookInstance>? Instances { get; init; }

    /// <summary>Whether nothing more will happen to it.</summary>
    public bool IsOver => Status is JobStatus.Completed or JobStatus.Failed or JobStatus.Canceled;
}
