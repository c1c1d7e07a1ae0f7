using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes the ids of kept jobs, newest first: by their beginning, or by the beginning of the runbook's name.</summary>
public class JobIdCompleter : StoreCompleter
{
    // As far back as somebody remembers; older ones are many.
    private const int Newest = 1000;

    /// <summary>The states of the jobs that come into question; empty for all.</summary>
    private protected virtual IReadOnlyList<JobStatus> Statuses => [];

    /// <inheritdoc/>
    private protected sealed override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) => store
        .FindJobs(new JobQuery { Statuses = Statuses, Last = Newest })
        .Where(j => j.JobId is { } id && (id.ToString().StartsWith(start, StringComparison.OrdinalIgnoreCase) || Fits(j.Runbook, start)))
        .Take(Most)
        .Select(j => (j.JobId!.Value.ToString(), string.Format(CultureInfo.InvariantCulture, "{0}, {1}, {2:yyyy-MM-dd HH:mm:ss} ({3})", j.RunbookPath, j.Status, (j.CreationTime ?? j.RequestTime).ToLocalTime(), j.Connector)));
}
