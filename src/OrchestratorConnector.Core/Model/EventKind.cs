namespace OrchestratorConnector.Model;

/// <summary>What happened. The number is the event's id, in the store and in the machine's own log; it never changes its meaning.</summary>
public enum EventKind
{
    /// <summary>No event has this number.</summary>
    None = 0,

    /// <summary>A connector was registered.</summary>
    ConnectorCreated = 100,

    /// <summary>A connector's settings were changed.</summary>
    ConnectorChanged = 101,

    /// <summary>A connector was removed, or the runbooks that it had left behind.</summary>
    ConnectorRemoved = 102,

    /// <summary>A connector was enabled.</summary>
    ConnectorEnabled = 103,

    /// <summary>A connector was disabled.</summary>
    ConnectorDisabled = 104,

    /// <summary>A schedule that came with a copied store was confirmed for this machine.</summary>
    ScheduleConfirmed = 105,

    /// <summary>A synchronization succeeded.</summary>
    SyncFinished = 200,

    /// <summary>A synchronization failed or was cancelled.</summary>
    SyncFailed = 201,

    /// <summary>The process of a synchronization went away, which the next one found out.</summary>
    SyncInterrupted = 202,

    /// <summary>A synchronization found runbooks whose contracts changed under runbook activities.</summary>
    RunbooksInvalid = 203,

    /// <summary>The changed contract of a runbook was accepted.</summary>
    RunbookApproved = 204,

    /// <summary>A connection test succeeded.</summary>
    TestSucceeded = 300,

    /// <summary>A connection test failed.</summary>
    TestFailed = 301,

    /// <summary>The server took a job.</summary>
    JobStarted = 400,

    /// <summary>A job could not be started.</summary>
    JobRefused = 401,

    /// <summary>Nobody knows whether a job was started: the answer was lost.</summary>
    JobOutcomeUnknown = 402,

    /// <summary>A job ended, and its runbook succeeded.</summary>
    JobFinished = 403,

    /// <summary>A job ended, and its runbook with a warning.</summary>
    JobFinishedWithWarning = 404,

    /// <summary>A job or its runbook failed.</summary>
    JobFailed = 405,

    /// <summary>A job was stopped.</summary>
    JobCanceled = 406,

    /// <summary>A Run As account was made.</summary>
    AccountCreated = 500,

    /// <summary>A Run As account was changed.</summary>
    AccountChanged = 501,

    /// <summary>A Run As account was removed.</summary>
    AccountRemoved = 502,

    /// <summary>A runbook activity was made.</summary>
    ActivityCreated = 600,

    /// <summary>A runbook activity was changed.</summary>
    ActivityChanged = 601,

    /// <summary>A runbook activity was removed.</summary>
    ActivityRemoved = 602,

    /// <summary>The machine's scheduler was told to synchronize what is due.</summary>
    ScheduleRegistered = 700,

    /// <summary>The machine's scheduler was told to synchronize no more.</summary>
    ScheduleUnregistered = 701,
}
