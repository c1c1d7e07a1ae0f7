using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>Something that happened to a connector, an account, an activity, a job or a schedule.</summary>
public sealed class OrchestratorConnectorEvent : IConnectorText
{
    private readonly ConnectorEvent _event;

    internal OrchestratorConnectorEvent(ConnectorEvent entry, string statePath)
    {
        _event = entry;
        Time = entry.Time.ToLocalTime();
        Connector = entry.Connector;
        Target = entry.Target;
        Message = entry.Message;
        foreach (KeyValuePair<string, string> field in entry.Data)
        {
            Data[field.Key] = field.Value;
        }

        User = entry.User;
        Machine = entry.Machine;
        ProcessId = entry.ProcessId;
        StatePath = statePath;
    }

    /// <summary>When it happened, in local time.</summary>
    public DateTime Time { get; }

    /// <summary>How much it matters.</summary>
    public EventLevel Level => _event.Level;

    /// <summary>The event's id, which is also its id in the event log of Windows.</summary>
    public int Id => (int)_event.Kind;

    /// <summary>What happened, in one word.</summary>
    public string Name => _event.Kind.ToString();

    /// <summary>The connector; empty when it concerns none.</summary>
    public string? Connector { get; }

    /// <summary>What else it concerns: a runbook's path, an account's, an activity's or a schedule's name.</summary>
    public string? Target { get; }

    /// <summary>The event in words.</summary>
    public string Message { get; }

    /// <summary>The event in numbers and names.</summary>
    public TextTable Data { get; } = [];

    /// <summary>The user whose process it was.</summary>
    public string User { get; }

    /// <summary>The machine that it happened on.</summary>
    public string Machine { get; }

    /// <summary>The process.</summary>
    public int ProcessId { get; }

    /// <summary>The store it is in.</summary>
    public string StatePath { get; }

    string IConnectorText.ConnectorText => Display.Beside(Connector);

    /// <inheritdoc/>
    public override string ToString() => Message;
}
