using System;
using System.Collections.Generic;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State;

/// <summary>Which runbooks of the library are wanted. An empty list asks nothing; several values of one list are alternatives.</summary>
public sealed class RunbookQuery
{
    /// <summary>By name.</summary>
    public IReadOnlyList<NamePattern> Names { get; init; } = [];

    /// <summary>By whole path.</summary>
    public IReadOnlyList<NamePattern> Paths { get; init; } = [];

    /// <summary>By folder: a literal one with its subfolders, a pattern by the folder's path.</summary>
    public IReadOnlyList<NamePattern> Folders { get; init; } = [];

    /// <summary>By the connector's name.</summary>
    public IReadOnlyList<NamePattern> Connectors { get; init; } = [];

    /// <summary>By state.</summary>
    public IReadOnlyList<RunbookStatus> Statuses { get; init; } = [];

    /// <summary>By the server's id.</summary>
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    /// <summary>By the server's id, from one to another, both included; then they come by id.</summary>
    public (Guid First, Guid Last)? IdRange { get; init; }
}
