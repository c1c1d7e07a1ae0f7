namespace FakeOrchestrator;

/// <summary>How a runbook ends. The job is Completed in every case but <see cref="Never"/> (facts A.9), unless the script says that the job itself fails.</summary>
public enum JobEnd
{
    /// <summary>Its instance says success.</summary>
    Success,

    /// <summary>Its instance says warning.</summary>
    Warning,

    /// <summary>Its instance says failed.</summary>
    Failure,

    /// <summary>It runs until somebody stops it.</summary>
    Never,
}
