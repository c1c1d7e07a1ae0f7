using System;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>One thing that an operator wants to know of a connector.</summary>
public sealed class OrchestratorHealth : IConnectorText, IFindingText
{
    private readonly HealthFinding _finding;

    internal OrchestratorHealth(HealthFinding finding, string statePath)
    {
        _finding = finding;
        Connector = finding.Connector;
        Check = finding.Check;
        Target = finding.Target;
        Message = finding.Message;
        Hint = finding.Hint;
        Since = finding.Since?.ToLocalTime();
        StatePath = statePath;
    }

    /// <summary>How much it matters: Healthy, Information, Warning, Error.</summary>
    public HealthSeverity Severity => _finding.Severity;

    /// <summary>The connector.</summary>
    public string Connector { get; }

    /// <summary>What was looked at: Synchronization, Schedule, Credentials, Runbooks, Servers, Jobs.</summary>
    public string Check { get; }

    /// <summary>The runbook that it is about, by its path; empty when it is about the connector.</summary>
    public string? Target { get; }

    /// <summary>What was found.</summary>
    public string Message { get; }

    /// <summary>What to do about it.</summary>
    public string? Hint { get; }

    /// <summary>Since when it is so, in local time, where that is known.</summary>
    public DateTime? Since { get; }

    /// <summary>The store it is in.</summary>
    public string StatePath { get; }

    string IFindingText.FindingText => (Target is null ? string.Empty : Target + ": ") + Message + (Hint is null ? string.Empty : Environment.NewLine + Hint);

    string IConnectorText.ConnectorText => Display.Beside(Connector);

    /// <inheritdoc/>
    public override string ToString() => $"{Severity}: {Connector}: {Message}";
}
