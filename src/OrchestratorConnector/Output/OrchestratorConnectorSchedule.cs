using System;
using OrchestratorConnector.Scheduling;

namespace OrchestratorConnector.Output;

/// <summary>What the machine's own scheduler has for a store. Times are local; what the scheduler does not tell is empty.</summary>
public sealed class OrchestratorConnectorSchedule
{
    private readonly InstalledSchedule _schedule;

    internal OrchestratorConnectorSchedule(InstalledSchedule schedule)
    {
        _schedule = schedule;
        NextRunTime = schedule.NextRunTime?.ToLocalTime();
        LastRunTime = schedule.LastRunTime?.ToLocalTime();
    }

    /// <summary>The name under which the scheduler knows it; made of the store's path.</summary>
    public string Name => _schedule.Name;

    /// <summary>The scheduler.</summary>
    public SchedulerKind Scheduler => _schedule.Scheduler;

    /// <summary>How often it is looked what is due.</summary>
    public TimeSpan? Every => _schedule.Every;

    /// <summary>Whether the scheduler runs it.</summary>
    public bool Enabled => _schedule.Enabled;

    /// <summary>When it runs next.</summary>
    public DateTime? NextRunTime { get; }

    /// <summary>When it ran last.</summary>
    public DateTime? LastRunTime { get; }

    /// <summary>The exit code of the last run: 0, or 1 when a synchronization failed.</summary>
    public int? LastResult => _schedule.LastResult;

    /// <summary>The account it runs as, where that can be another than the one who registered it.</summary>
    public string? RunAs => _schedule.RunAs;

    /// <summary>The PowerShell that is run.</summary>
    public string? Shell => _schedule.Shell;

    /// <summary>The manifest of the module that is imported.</summary>
    public string? Module => _schedule.Module;

    /// <summary>What is run, in the scheduler's own spelling.</summary>
    public string Command => _schedule.Command;

    /// <summary>Everything that is installed, as text.</summary>
    public string Text => _schedule.Text;

    /// <summary>The store whose connectors are synchronized; empty where somebody changed the command so that it cannot be told.</summary>
    public string? StatePath => _schedule.StatePath;

    /// <inheritdoc/>
    public override string ToString() => Name;
}
