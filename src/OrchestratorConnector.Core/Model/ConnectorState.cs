using System;

namespace OrchestratorConnector.Model;

/// <summary>A connector and how its synchronizations went. Times are UTC.</summary>
public sealed class ConnectorState
{
    /// <summary>The connector.</summary>
    public required Connector Connector { get; init; }

    /// <summary>How the last synchronization ended, or that one is running.</summary>
    public ConnectorStatus Status { get; init; }

    /// <summary>When the last synchronization started.</summary>
    public DateTime? LastStartTime { get; init; }

    /// <summary>When the last synchronization ended; <see langword="null"/> while one is running.</summary>
    public DateTime? LastFinishTime { get; init; }

    /// <summary>When a synchronization last succeeded.</summary>
    public DateTime? LastSuccessTime { get; init; }

    /// <summary>How far the running or last synchronization got, 0 to 100; <see langword="null"/> when it never ran.</summary>
    public int? PercentComplete { get; init; }

    /// <summary>How many runbooks of this connector are in the library, missing ones included.</summary>
    public long RunbookCount { get; init; }

    /// <summary>Why the last synchronization failed, or <see langword="null"/>.</summary>
    public string? LastError { get; init; }

    /// <summary>The id of the error that the last synchronization failed of, where it was one of the catalogue.</summary>
    public string? LastErrorId { get; init; }

    /// <summary>
    /// Whether the schedule belongs to another machine: the store was copied. Nothing is due then, until somebody confirms the
    /// schedule here.
    /// </summary>
    public bool IsScheduleHeld { get; init; }

    /// <summary>When it is due next, in UTC; <see langword="null"/> when it never is by itself.</summary>
    /// <param name="zone">The zone of the schedule's time of day.</param>
    public DateTime? NextRunTime(TimeZoneInfo zone) =>
        Connector.Enabled && !IsScheduleHeld ? Connector.Schedule.NextRun(LastStartTime, Connector.CreationTime, zone) : null;
}
