using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Output;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Gets jobs, newest first: those that were started here, from the store; with -Refresh those of them that were not over are
/// looked at again; with -Remote the server's own list, jobs that were started elsewhere included.
/// </summary>
[Cmdlet(VerbsCommon.Get, "SMRunbookJob")]
[OutputType(typeof(SMRunbookJob))]
public sealed class GetSMRunbookJobCommand : JobCmdlet
{
    /// <summary>By the runbook's name, or its path where it begins with a backslash; wildcards choose several.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[]? Runbook { get; set; }

    /// <summary>By the connector's name; wildcards choose several.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[]? Connector { get; set; }

    /// <summary>By the state of the job.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public JobStatus[]? Status { get; set; }

    /// <summary>By the server's id of the job.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public Guid[]? Id { get; set; }

    /// <summary>Only the newest so many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>Only those that were created at this time or later.</summary>
    [Parameter]
    public DateTime Since { get; set; }

    /// <summary>Look again, at the server, at the jobs that were not over when they were last seen.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>Ask the servers instead of the store.</summary>
    [Parameter]
    public SwitchParameter Remote { get; set; }

    /// <summary>Runbooks as Get-SMRunbook gives them: their jobs.</summary>
    [Parameter(ValueFromPipeline = true)]
    [ValidateNotNull]
    public SMRunbook? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override int Limit => 8;

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (Remote)
        {
            ReadRemote();
        }
        else
        {
            ReadKept();
        }
    }

    private void ReadKept()
    {
        IReadOnlyList<JobRecord> jobs = Store.FindJobs(Query(Refresh ? [] : Status ?? []));
        HashSet<Guid> missing = [.. Id ?? []];
        missing.ExceptWith(jobs.Select(j => j.JobId ?? Guid.Empty));
        foreach (Guid id in missing)
        {
            WriteError(Error.JobNotKept(id).ToErrorRecord());
        }

        Dictionary<long, Connector> connectors = Store.GetConnectors().ToDictionary(c => c.Connector.Id, c => c.Connector);
        if (Refresh)
        {
            jobs = RefreshAll(jobs, connectors);
        }

        foreach (JobRecord job in jobs)
        {
            WriteObject(ToOutput(job, connectors.TryGetValue(job.ConnectorId, out Connector? connector) ? connector : null, null));
        }
    }

    /// <summary>The jobs in their order, those that were not over as they are at the server now.</summary>
    private List<JobRecord> RefreshAll(IReadOnlyList<JobRecord> jobs, Dictionary<long, Connector> connectors)
    {
        JobRecord[] now = [.. jobs];
        for (int i = 0; i < now.Length; i++)
        {
            int index = i;
            JobRecord job = now[i];
            if (job.IsOver || job.JobId is null || !connectors.TryGetValue(job.ConnectorId, out Connector? connector))
            {
                continue;
            }

            Begin(async (store, token) =>
            {
                JobSession session = await GetSessionAsync(store, connector, token).ConfigureAwait(false);
                now[index] = await session.Watcher.RefreshAsync(job, token).ConfigureAwait(false);
                return static () => { };
            });
        }

        Drain();
        IEnumerable<JobRecord> fitting = now.Where(j => Status is null || Status.Contains(j.Status));
        return [.. Last > 0 ? fitting.Take(Last) : fitting];
    }

    private JobQuery Query(IReadOnlyList<JobStatus> statuses)
    {
        string[] names = [.. (Runbook ?? []).Where(r => !IsPath(r))];
        List<Guid> runbooks = [.. (Runbook ?? []).Where(IsPath).SelectMany(p => ByPath(p)).Select(r => r.Runbook.Id)];
        if (InputObject is not null)
        {
            runbooks.Add(InputObject.Id);
        }

        if (runbooks.Count == 0 && names.Length == 0 && Runbook is { Length: > 0 })
        {
            runbooks.Add(Guid.Empty);
        }

        return new JobQuery
        {
            Runbooks = [.. names.Select(NamePattern.Parse)],
            RunbookIds = runbooks,
            Connectors = InputObject is not null ? [NamePattern.Exactly(InputObject.Connector)] : [.. (Connector ?? []).Select(NamePattern.Parse)],
            Ids = Id ?? [],
            Statuses = statuses,
            Since = Since == default ? null : Since.ToUniversalTime(),
            // A job that is refreshed may turn out not to fit.
            Last = Last > 0 && !(Refresh && Status is not null) ? Last : null,
        };
    }

    private void ReadRemote()
    {
        Connector[] connectors = InputObject is not null ? [RequireConnector(InputObject.Connector).Connector]
            : Connector is not null ? [.. SelectConnectors(Connector).Select(c => c.Connector)]
            : [.. Store.GetConnectors().Select(c => c.Connector)];
        List<(ServerJob Job, JobRecord Record, Connector Connector)> found = [];
        foreach (Connector connector in connectors)
        {
            Guid[]? runbooks = RunbooksOf(connector);
            if (runbooks is { Length: 0 })
            {
                continue;
            }

            Begin(async (store, token) =>
            {
                JobSession session = await GetSessionAsync(store, connector, token).ConfigureAwait(false);
                List<(ServerJob Job, JobRecord Record, Connector Connector)> jobs = [];
                foreach (ServerJob job in await ReadAsync(session, runbooks, token).ConfigureAwait(false))
                {
                    jobs.Add((job, await DescribeAsync(store, session, job, token).ConfigureAwait(false), connector));
                }

                return () => found.AddRange(jobs);
            });
        }

        Drain();
        HashSet<Guid> seen = [];
        IEnumerable<(ServerJob Job, JobRecord Record, Connector Connector)> newest = found
            .OrderByDescending(f => f.Job.CreationTime)
            .Where(f => seen.Add(f.Job.Id) && (Status is null || Status.Contains(f.Job.Status)));
        foreach ((_, JobRecord record, Connector connector) in Last > 0 ? newest.Take(Last) : newest)
        {
            WriteObject(ToOutput(record, connector, null));
        }

        foreach (Guid id in (Id ?? []).Where(i => !found.Exists(f => f.Job.Id == i) && connectors.Length > 0))
        {
            WriteError(Error.JobNotFound(id, connectors[0].ServiceUrl, null).ToErrorRecord());
        }
    }

    private async Task<IReadOnlyList<ServerJob>> ReadAsync(JobSession session, Guid[]? runbooks, CancellationToken cancellationToken)
    {
        ListSink<ServerJob> jobs = new();
        foreach (Guid id in Id ?? [])
        {
            try
            {
                jobs.Add([await session.Client.Jobs.GetJobAsync(id, cancellationToken).ConfigureAwait(false)]);
            }
            catch (OrchestratorException e) when (e.Id == nameof(Error.JobNotFound))
            {
                // Another connector's, perhaps.
            }
        }

        if (Id is not null)
        {
            return [.. jobs.Items.Where(j => runbooks is null || runbooks.Contains(j.RunbookId))];
        }

        bool isActive = Status is not null && Status.All(s => s is JobStatus.Pending or JobStatus.Running);
        DateTime? since = Since == default ? null : Since.ToUniversalTime();
        foreach (Guid? runbook in runbooks is null ? [null] : runbooks.Select(r => (Guid?)r))
        {
            await session.Client.Jobs.ReadJobsAsync(new JobFilter { RunbookId = runbook, CreatedSince = since, IsActive = isActive }, jobs, cancellationToken).ConfigureAwait(false);
        }

        return [.. jobs.Items.Where(j => since is null || j.CreationTime is null || j.CreationTime >= since)];
    }

    /// <summary>A job of the server with what is known of it here. One that is asked for by its id is read to its outputs.</summary>
    private async Task<JobRecord> DescribeAsync(IStateStore store, JobSession session, ServerJob job, CancellationToken cancellationToken)
    {
        JobRecord? kept = FindKept(store, job.Id);
        LibraryRunbook? runbook = kept is not null ? null : store
            .FindRunbooks(new RunbookQuery { Ids = [job.RunbookId], Connectors = [NamePattern.Exactly(session.Connector.Name)] }, cancellationToken)
            .FirstOrDefault();
        JobRecord record = kept ?? new JobRecord
        {
            ConnectorId = session.Connector.Id,
            Connector = session.Connector.Name,
            RunbookId = job.RunbookId,
            Runbook = runbook?.Runbook.Name ?? job.RunbookId.ToString(),
            RunbookPath = runbook?.Runbook.Path ?? job.RunbookId.ToString(),
            JobId = job.Id,
            CreatedBy = job.CreatedBy,
            CreationTime = job.CreationTime,
            RequestTime = job.CreationTime ?? DateTime.UtcNow,
            FinishTime = job.IsOver ? job.LastModifiedTime : null,
            Parameters = [.. (job.Parameters ?? []).Select(p => new KeyValuePair<string, string>(p.Name, p.Value))],
        };
        return Id is not null && kept?.IsOver != true
            ? await session.Watcher.DescribeAsync(record, job, cancellationToken).ConfigureAwait(false)
            : record with { Status = job.Status };
    }

    /// <summary>The runbooks of a connector that are wanted; <see langword="null"/> for all.</summary>
    private Guid[]? RunbooksOf(Connector connector) => InputObject is not null ? [InputObject.Id]
        : Runbook is null ? null
        : [.. Runbook.SelectMany(r => IsPath(r) ? ByPath(r) : ByName(r)).Where(r => r.ConnectorId == connector.Id).Select(r => r.Runbook.Id).Distinct()];

    private IEnumerable<LibraryRunbook> ByName(string name) => Store.FindRunbooks(new RunbookQuery { Names = [NamePattern.Parse(name)] }, StopToken);

    private IEnumerable<LibraryRunbook> ByPath(string path) => Store.FindRunbooks(new RunbookQuery { Paths = [NamePattern.Parse(path)] }, StopToken);

    private static bool IsPath(string text) => text.Length > 0 && text[0] == '\\';
}
