namespace OrchestratorConnector.Model;

/// <summary>The state of a job. A job can be <see cref="Completed"/> and its runbook have failed: see <see cref="InstanceStatus"/>.</summary>
public enum JobStatus
{
    /// <summary>Not known: the answer to its start was lost, or the server has a word of its own for it.</summary>
    Unknown,

    /// <summary>No runbook server has taken it up yet.</summary>
    Pending,

    /// <summary>A runbook server works on it.</summary>
    Running,

    /// <summary>The runbook ran to an end, whichever.</summary>
    Completed,

    /// <summary>The job itself failed.</summary>
    Failed,

    /// <summary>Somebody stopped it.</summary>
    Canceled,
}
