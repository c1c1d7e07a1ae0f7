namespace OrchestratorConnector.Orchestrator;

/// <summary>How a step of a connection test went.</summary>
public enum CheckOutcome
{
    /// <summary>It is as it should be.</summary>
    Passed,

    /// <summary>It is not, and synchronization works all the same.</summary>
    Warning,

    /// <summary>It is not, and nothing goes without it.</summary>
    Failed,

    /// <summary>Not tried, because an earlier step failed or there is nothing to try.</summary>
    Skipped,
}
