using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Completion;

/// <summary>Completes the ids of kept jobs that were not over when they were last seen.</summary>
public sealed class OpenJobIdCompleter : JobIdCompleter
{
    /// <inheritdoc/>
    private protected override IReadOnlyList<JobStatus> Statuses => [JobStatus.Unknown, JobStatus.Pending, JobStatus.Running];
}
