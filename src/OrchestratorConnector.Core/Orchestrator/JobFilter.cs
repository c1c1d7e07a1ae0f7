using System;

namespace OrchestratorConnector.Orchestrator;

/// <summary>Which jobs of a server are wanted. What is <see langword="null"/> asks nothing.</summary>
public sealed record JobFilter
{
    /// <summary>Of one runbook.</summary>
    public Guid? RunbookId { get; init; }

    /// <summary>Created at this moment or later, in UTC by the server's clock.</summary>
    public DateTime? CreatedSince { get; init; }

    /// <summary>Only those that are not over.</summary>
    public bool IsActive { get; init; }

    /// <summary>The same for a server that does not compare times.</summary>
    internal JobFilter Timeless => this with { CreatedSince = null };
}
