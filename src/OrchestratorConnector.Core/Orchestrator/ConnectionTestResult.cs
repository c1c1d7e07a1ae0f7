using System;
using System.Collections.Generic;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>What a connection test found, step by step.</summary>
public sealed class ConnectionTestResult
{
    /// <summary>What Service Manager's own Test Connection says.</summary>
    public const string SuccessMessage = "The connection to the server was successful.";

    /// <summary>Whether a synchronization would get through.</summary>
    public required bool Success { get; init; }

    /// <summary>The result in one sentence.</summary>
    public required string Message { get; init; }

    /// <summary>The generation that answered; <see cref="ConnectorProtocol.Auto"/> when none did.</summary>
    public ConnectorProtocol Protocol { get; init; }

    /// <summary>The server's version where it tells it.</summary>
    public string? ServerVersion { get; init; }

    /// <summary>How long the whole test took.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>Every step in its order.</summary>
    public required IReadOnlyList<ConnectionCheck> Checks { get; init; }

    /// <summary>What made it fail, or <see langword="null"/>.</summary>
    public OrchestratorException? Failure { get; init; }
}
