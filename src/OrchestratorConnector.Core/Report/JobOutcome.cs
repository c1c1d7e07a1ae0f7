namespace OrchestratorConnector.Report;

/// <summary>How a job ended, as one word; in the order in which the chart stacks them.</summary>
internal enum JobOutcome
{
    /// <summary>The runbook ran to its end without complaint.</summary>
    Completed,

    /// <summary>The runbook ended with a warning.</summary>
    Warning,

    /// <summary>The runbook or the job failed.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Canceled,

    /// <summary>It was not over when it was last seen, or its end is not known.</summary>
    Open,
}
