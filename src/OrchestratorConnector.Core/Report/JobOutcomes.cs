using System.Collections.Generic;

namespace OrchestratorConnector.Report;

/// <summary>The outcomes of jobs.</summary>
internal static class JobOutcomes
{
    /// <summary>All of them, from the bottom of a bar to its top.</summary>
    public static IReadOnlyList<JobOutcome> All { get; } = [JobOutcome.Completed, JobOutcome.Warning, JobOutcome.Failed, JobOutcome.Canceled, JobOutcome.Open];

    /// <summary>The style class of an outcome.</summary>
    public static string ClassOf(JobOutcome outcome) => outcome switch
    {
        JobOutcome.Completed => "completed",
        JobOutcome.Warning => "warning",
        JobOutcome.Failed => "failed",
        JobOutcome.Canceled => "canceled",
        _ => "open",
    };
}
