namespace OrchestratorConnector.Model;

/// <summary>How one run of a runbook, or of one of its activities, goes or ended.</summary>
public enum InstanceStatus
{
    /// <summary>There is no run yet, or the server says something else.</summary>
    Unknown,

    /// <summary>It runs.</summary>
    InProgress,

    /// <summary>It succeeded.</summary>
    Success,

    /// <summary>It ended with a warning.</summary>
    Warning,

    /// <summary>It failed.</summary>
    Failed,
}
