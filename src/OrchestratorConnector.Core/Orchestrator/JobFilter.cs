using System;

namespace OrchestratorConnector.Orchestrator;

/// <summary>Which jobs of a server are wanted. What is <see langword="null"/> asks nothing.</summary>
public sealed class JobFilter
{
    /// <summary>Of one runbook.</summary>
    public Guid? RunbookId { get; init; }

    /// <summary>Created at this moment or later, in UTC by the server's clock.</summary>
    public DateTime? CreatedSince { get; init; }

    /// <summary>Only those that are not over.</summary>
    public bool IsActive { get; init; }
}
