using System;
using System.Collections.Generic;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State;

/// <summary>Which kept jobs are wanted. An empty list asks nothing; several values of one list are alternatives.</summary>
public sealed class JobQuery
{
    /// <summary>By the runbook's name.</summary>
    public IReadOnlyList<NamePattern> Runbooks { get; init; } = [];

    /// <summary>By the runbook's id.</summary>
    public IReadOnlyList<Guid> RunbookIds { get; init; } = [];

    /// <summary>By the connector's name: the one that it has now, or had when the job was asked for.</summary>
    public IReadOnlyList<NamePattern> Connectors { get; init; } = [];

    /// <summary>By state.</summary>
    public IReadOnlyList<JobStatus> Statuses { get; init; } = [];

    /// <summary>By the server's id of the job.</summary>
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    /// <summary>Asked for at this moment or later, in UTC.</summary>
    public DateTime? Since { get; init; }

    /// <summary>At most so many, the newest; <see langword="null"/> for all.</summary>
    public int? Last { get; init; }
}
