using System;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>A registered Orchestrator web service and how its synchronizations went. Times are local.</summary>
public sealed class OrchestratorConnector : IStatusText
{
    private readonly ConnectorState _state;

    internal OrchestratorConnector(ConnectorState state, string statePath)
    {
        _state = state;
        Connector connector = state.Connector;
        Name = connector.Name;
        Enabled = connector.Enabled;
        LastStartTime = state.LastStartTime?.ToLocalTime();
        LastFinishTime = state.LastFinishTime?.ToLocalTime();
        LastSuccessTime = state.LastSuccessTime?.ToLocalTime();
        PercentComplete = state.PercentComplete;
        RunbookCount = state.RunbookCount;
        LastError = state.LastError;
        NextRunTime = state.NextRunTime(TimeZoneInfo.Local)?.ToLocalTime();
        ServiceUrl = connector.ServiceUrl;
        Folder = connector.Folder;
        WebConsoleUrl = connector.WebConsoleUrl;
        RunAsAccount = connector.RunAsAccount;
        Description = connector.Description;
        Schedule = connector.Schedule.ToString();
        IsScheduleHeld = state.IsScheduleHeld;
        TimeoutSeconds = (int)connector.Timeout.TotalSeconds;
        AllowUnencryptedAuthentication = connector.AllowUnencryptedAuthentication;
        StatePath = statePath;
    }

    /// <summary>The unique name.</summary>
    public string Name { get; }

    /// <summary>Whether it is synchronized without -Force.</summary>
    public bool Enabled { get; }

    /// <summary>How the last synchronization ended, or that one is running.</summary>
    public ConnectorStatus Status => _state.Status;

    /// <summary>When the last synchronization started.</summary>
    public DateTime? LastStartTime { get; }

    /// <summary>When the last synchronization ended; empty while one is running.</summary>
    public DateTime? LastFinishTime { get; }

    /// <summary>When a synchronization last succeeded.</summary>
    public DateTime? LastSuccessTime { get; }

    /// <summary>How far the running or last synchronization got, 0 to 100.</summary>
    public int? PercentComplete { get; }

    /// <summary>How many of its runbooks the library holds, missing ones included.</summary>
    public long RunbookCount { get; }

    /// <summary>Why the last synchronization failed.</summary>
    public string? LastError { get; }

    /// <summary>When it is due next; empty for none, for a disabled connector, and while the schedule is held.</summary>
    public DateTime? NextRunTime { get; }

    /// <summary>The service root.</summary>
    public Uri ServiceUrl { get; }

    /// <summary>The generation of the server.</summary>
    public ConnectorProtocol Protocol => _state.Connector.Protocol;

    /// <summary>The folder that is imported with its subfolders.</summary>
    public string Folder { get; }

    /// <summary>The web console's address.</summary>
    public Uri? WebConsoleUrl { get; }

    /// <summary>The name of the Run As account; empty for the current user.</summary>
    public string? RunAsAccount { get; }

    /// <summary>Free text.</summary>
    public string? Description { get; }

    /// <summary>When it is due, in words.</summary>
    public string Schedule { get; }

    /// <summary>
    /// Whether the schedule belongs to another machine, from which the store was copied: nothing is due until
    /// Enable-OrchestratorConnector confirms it.
    /// </summary>
    public bool IsScheduleHeld { get; }

    /// <summary>How long a request may stay without an answer, in seconds.</summary>
    public int TimeoutSeconds { get; }

    /// <summary>Whether a password may go over plain HTTP.</summary>
    public bool AllowUnencryptedAuthentication { get; }

    /// <summary>How often values of job parameters are escaped; Auto finds it out.</summary>
    public ParameterEncoding ParameterEncoding => _state.Connector.ParameterEncoding;

    /// <summary>The store it is in, so that the next cmdlet of a pipeline uses the same.</summary>
    public string StatePath { get; }

    string IStatusText.StatusText => StatusText.Of(Status);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
