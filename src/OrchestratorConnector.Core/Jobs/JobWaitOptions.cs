using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Jobs;

/// <summary>How long, and how, somebody waits for jobs.</summary>
public sealed class JobWaitOptions
{
    /// <summary>How long to wait for each; <see langword="null"/> for as long as it takes.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether a job that is not over in time is stopped.</summary>
    public bool StopOnTimeout { get; init; }

    /// <summary>Whether the step that runs is looked up, which costs requests of its own.</summary>
    public bool LooksUpActivity { get; init; }

    /// <summary>Told after every look at a job: the job, how long it has been waited for, and the step that runs, if it is known.</summary>
    public Action<JobRecord, TimeSpan, string?> Seen { get; init; } = static (_, _, _) => { };

    /// <summary>The inputs of the jobs, where secrets among them have to be kept out of what is stored.</summary>
    public IReadOnlyList<JobParameter> Parameters { get; init; } = [];
}
