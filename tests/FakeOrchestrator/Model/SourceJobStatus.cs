namespace FakeOrchestrator;

/// <summary>The words for the state of a job (the name keeps them apart from the product's own), as they are on the wire (facts A.9).</summary>
public static class SourceJobStatus
{
    /// <summary>No runbook server has taken it yet.</summary>
    public const string Pending = "Pending";

    /// <summary>It runs.</summary>
    public const string Running = "Running";

    /// <summary>The job itself failed.</summary>
    public const string Failed = "Failed";

    /// <summary>It was stopped; one l.</summary>
    public const string Canceled = "Canceled";

    /// <summary>It ended, whatever became of its runbook.</summary>
    public const string Completed = "Completed";
}
