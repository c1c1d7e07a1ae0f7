using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Health;

/// <summary>Reads from the store what the health of connectors is judged by. No server is asked.</summary>
public static class HealthReader
{
    // As many as tell how long a synchronization takes.
    private const int Synchronizations = 10;

    private static readonly JobStatus[] Over = [JobStatus.Completed, JobStatus.Failed, JobStatus.Canceled];

    /// <summary>What is known of the connectors that fit, by name.</summary>
    public static IEnumerable<ConnectorHealth> Read(IStateStore store, IReadOnlyList<NamePattern> connectors, CancellationToken cancellationToken)
    {
        ConnectorState[] states = [.. store.GetConnectors().Where(c => connectors.Count == 0 || connectors.Any(p => p.IsMatch(c.Connector.Name)))];
        ILookup<long, SyncRecord> history = store.GetHistory(_ => true, Synchronizations).ToLookup(r => r.ConnectorId);
        ILookup<long, JobRecord> jobs = LastJobs(store).ToLookup(j => j.ConnectorId);
        foreach (ConnectorState state in states)
        {
            cancellationToken.ThrowIfCancellationRequested();
            NamePattern name = NamePattern.Exactly(state.Connector.Name);
            ILookup<RunbookStatus, LibraryRunbook> runbooks = store
                .FindRunbooks(new RunbookQuery { Connectors = [name], Statuses = [RunbookStatus.Missing, RunbookStatus.Invalid] }, cancellationToken)
                .ToLookup(r => r.Status);
            yield return new ConnectorHealth
            {
                State = state,
                History = [.. history[state.Connector.Id]],
                Missing = [.. runbooks[RunbookStatus.Missing]],
                Invalid = [.. runbooks[RunbookStatus.Invalid]],
                Servers = store.GetRunbookServers(state.Connector.Id),
                LastJobs = [.. jobs[state.Connector.Id]],
            };
        }
    }

    /// <summary>The newest job that is over of every runbook.</summary>
    private static IEnumerable<JobRecord> LastJobs(IStateStore store)
    {
        HashSet<(long Connector, Guid Runbook)> seen = [];
        return store.FindJobs(new JobQuery { Statuses = Over }).Where(j => seen.Add((j.ConnectorId, j.RunbookId)));
    }
}
