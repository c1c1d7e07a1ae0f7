namespace FakeOrchestrator;

/// <summary>The words for the state of a runbook instance or an activity instance, as they are on the wire (facts A.9).</summary>
public static class SourceInstanceStatus
{
    /// <summary>It runs.</summary>
    public const string InProgress = "InProgress";

    /// <summary>It ended well.</summary>
    public const string Success = "success";

    /// <summary>It ended with a warning.</summary>
    public const string Warning = "warning";

    /// <summary>It failed.</summary>
    public const string Failed = "failed";
}
