using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>What a server says of itself.</summary>
public sealed class ServiceInfo
{
    /// <summary>The generation that answered.</summary>
    public required ConnectorProtocol Protocol { get; init; }

    /// <summary>The service root that answered.</summary>
    public required Uri ServiceUrl { get; init; }

    /// <summary>The product version, where the server tells it (the Web API does).</summary>
    public string? Version { get; init; }

    /// <summary>Who the server takes us for, where it tells.</summary>
    public string? UserName { get; init; }

    /// <summary>The entity sets of the service document; empty for the Web API, which has none.</summary>
    public IReadOnlyList<string> Collections { get; init; } = [];
}
