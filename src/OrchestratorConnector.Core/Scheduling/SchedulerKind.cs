namespace OrchestratorConnector.Scheduling;

/// <summary>The machine's own schedulers that can be handed the running of due synchronizations.</summary>
public enum SchedulerKind
{
    /// <summary>What this machine has.</summary>
    Auto,

    /// <summary>Windows Task Scheduler.</summary>
    TaskScheduler,

    /// <summary>A timer of the systemd user manager.</summary>
    Systemd,

    /// <summary>A line of the user's crontab.</summary>
    Cron,

    /// <summary>A launch agent of macOS.</summary>
    Launchd,
}
