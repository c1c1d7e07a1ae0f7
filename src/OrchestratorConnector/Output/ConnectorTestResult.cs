using System;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;

namespace OrchestratorConnector.Output;

/// <summary>What a connection test found, step by step.</summary>
public sealed class ConnectorTestResult : IChecksText
{
    private readonly ConnectionTestResult _result;

    internal ConnectorTestResult(string? connector, Uri serviceUrl, ConnectionTestResult result)
    {
        Connector = connector;
        ServiceUrl = serviceUrl;
        Success = result.Success;
        Message = result.Message;
        _result = result;
        ServerVersion = result.ServerVersion;
        Duration = result.Duration;
        Checks = new TextList<ConnectorTestCheck>(result.Checks.Select(c => new ConnectorTestCheck(c)).ToArray(), "; ");
    }

    /// <summary>The connector's name; empty for an address that is not registered.</summary>
    public string? Connector { get; }

    /// <summary>The address that was tested.</summary>
    public Uri ServiceUrl { get; }

    /// <summary>Whether a synchronization would get through.</summary>
    public bool Success { get; }

    /// <summary>The result in one sentence.</summary>
    public string Message { get; }

    /// <summary>The generation that answered.</summary>
    public ConnectorProtocol Protocol => _result.Protocol;

    /// <summary>The server's version where it tells it.</summary>
    public string? ServerVersion { get; }

    /// <summary>How long the whole test took.</summary>
    public TimeSpan Duration { get; }

    /// <summary>Every step.</summary>
    public TextList<ConnectorTestCheck> Checks { get; }

    string IChecksText.ChecksText => string.Join(Environment.NewLine, Checks.Select(Display.Line));

    /// <inheritdoc/>
    public override string ToString() => Message;
}
