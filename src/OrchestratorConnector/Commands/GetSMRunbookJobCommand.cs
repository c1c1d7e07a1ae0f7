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
/// Gets the jobs that were started here, newest first. They come from the store; with -Refresh those of them that were not over
/// are looked at again; with -Remote it is the server's own list, jobs that were started elsewhere included.
/// </summary>
/// <example>
/// <code>Get-SMRunbookJob -Last 10</code>
/// <para>Lists the ten newest jobs that were started here.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbookJob -Status Pending, Running -Refresh</code>
/// <para>Shows which of the jobs that were started here are not over yet, as the servers say now.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbookJob -Remote -Connector Production -Since (Get-Date).AddDays(-1)</code>
/// <para>Lists what was started at a server since yesterday, by whomever.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbookJob | Where-Object InstanceStatus -eq Failed | Format-Table CreationTime, Runbook, Error -Wrap</code>
/// <para>Finds the runbooks that failed, and why.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "SMRunbookJob", DefaultParameterSetName = ByQuery)]
[OutputType(typeof(SMRunbookJob))]
public sealed class GetSMRunbookJobCommand : JobCmdlet
{
    private const string ByQuery = "Query";
    private const string ByObject = "InputObject";
    private const string ByJob = "Job";

    /// <summary>By the runbook's name, or its path where it begins with a backslash; wildcards choose several.</summary>
    [Parameter(Position = 0, ParameterSetName = ByQuery)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunbookCompleter))]
    public string[]? Runbook { get; set; }

    /// <summary>By the connector's name; wildcards choose several.</summary>
    [Parameter(ParameterSetName = ByQuery)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[]? Connector { get; set; }

    /// <summary>
    /// By the state of the job. One that is Completed ran to an end, whichever: InstanceStatus says how its runbook ended.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public JobStatus[]? Status { get; set; }

    /// <summary>By the server's id of the job.</summary>
    [Parameter(ParameterSetName = ByQuery, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public Guid[]? Id { get; set; }

    /// <summary>Only the newest so many. All without it: the store keeps the newest 10,000.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>Only those that were asked for at this time or later; with -Remote, those that were created then.</summary>
    [Parameter]
    public DateTime Since { get; set; }

    /// <summary>
    /// Look again, at the server, at the jobs that were not over when they were last seen, also those that another process
    /// started.
    /// </summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary>
    /// Ask the servers instead of the store. Without -Id, -Runbook or -Since it reads a server's whole list of jobs.
    /// </summary>
    [Parameter]
    public SwitchParameter Remote { get; set; }

    /// <summary>Runbooks as Get-SMRunbook gives them: their jobs.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SMRunbook? InputObject { get; set; }

    /// <summary>Jobs as Start-SMRunbook and this cmdlet give them: the same jobs as they are now.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByJob, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SMRunbookJob? Job { get; set; }

    /// <inheritdoc/>
    private protected override int Limit => 8;

    /// <inheritdoc/>
    private protected override string Activity => Remote ? "Reading the jobs of the servers" : "Looking at jobs again";

    /// <inheritdoc/>
    private protected override void ProcessInput()
    {
        if (Job is { Id: null })
        {
            // Its start was never answered: nobody knows more of it.
            WriteObject(Job);
            return;
        }

        if (Job is not null)
        {
            // A kept job is found by its id, whatever its connector is called by now; a server has to be known by name.
            (Id, Connector) = ([Job.Id!.Value], Remote ? [WildcardPattern.Escape(Job.Connector)] : null);
        }

        try
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
        finally
        {
            if (Job is not null)
            {
                (Id, Connector) = (null, null);
            }
        }
    }

    private void ReadKept()
    {
        JobRecord[] jobs = [.. Queries(Refresh ? [] : Status ?? []).SelectMany(q => Store.FindJobs(q)).GroupBy(j => j.Key).Select(g => g.First()).OrderByDescending(j => j.RequestTime).ThenByDescending(j => j.Key)];
        if (Last > 0 && !MayFallOut)
        {
            jobs = [.. jobs.Take(Last)];
        }

        foreach (Guid id in (Id ?? []).Except(jobs.Select(j => j.JobId ?? Guid.Empty)).Where(i => FindKept(Store, i) is null))
        {
            WriteError(Error.JobNotKept(id).ToErrorRecord());
        }

        if (jobs.Length == 0)
        {
            RequireConnectors();
            RequireRunbooks();
        }

        Dictionary<long, Connector> connectors = Store.GetConnectors().ToDictionary(c => c.Connector.Id, c => c.Connector);
        foreach (JobRecord job in Refresh ? RefreshAll(jobs, connectors) : jobs)
        {
            WriteObject(ToOutput(job, connectors.TryGetValue(job.ConnectorId, out Connector? connector) ? connector : null, null));
        }
    }

    /// <summary>The jobs in their order, those that were not over as they are at the server now.</summary>
    private IEnumerable<JobRecord> RefreshAll(JobRecord[] jobs, Dictionary<long, Connector> connectors)
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
        return Last > 0 ? fitting.Take(Last) : fitting;
    }

    // A job that is refreshed may turn out not to fit.
    private bool MayFallOut => Refresh && Status is not null;

    /// <summary>One query for the names and one for the paths: either may fit.</summary>
    private IEnumerable<JobQuery> Queries(IReadOnlyList<JobStatus> statuses)
    {
        string[] names = [.. (Runbook ?? []).Where(r => !IsPath(r))];
        Guid[] paths = InputObject is not null ? [InputObject.Id] : [.. (Runbook ?? []).Where(IsPath).SelectMany(ByPath).Select(r => r.Runbook.Id)];
        if (names.Length > 0 || (Runbook is null && InputObject is null))
        {
            yield return Query([.. names.Select(NamePattern.Parse)], [], statuses);
        }

        if (paths.Length > 0)
        {
            yield return Query([], paths, statuses);
        }
    }

    private JobQuery Query(IReadOnlyList<NamePattern> names, IReadOnlyList<Guid> runbooks, IReadOnlyList<JobStatus> statuses) => new()
    {
        Runbooks = names,
        RunbookIds = runbooks,
        Connectors = InputObject is not null ? [NamePattern.Exactly(InputObject.Connector)] : [.. (Connector ?? []).Select(NamePattern.Parse)],
        Ids = Id ?? [],
        Statuses = statuses,
        Since = Since == default ? null : Since.ToUniversalTime(),
        Last = Last > 0 && !MayFallOut ? Last : null,
    };

    /// <summary>A connector that is named and does not exist is a mistake; of one that was removed there may be jobs.</summary>
    private void RequireConnectors()
    {
        foreach (string literal in (Connector ?? []).Select(c => NamePattern.Parse(c).Literal).OfType<string>().Where(c => Store.FindConnector(c) is null))
        {
            WriteError(Error.ConnectorNotFound(literal, Store.GetConnectors().Select(c => c.Connector.Name)).ToErrorRecord());
        }
    }

    /// <summary>A runbook that is named and was never there is a mistake; of one that is gone there may be jobs.</summary>
    private void RequireRunbooks()
    {
        foreach (string text in Runbook ?? [])
        {
            NamePattern pattern = NamePattern.Parse(text);
            bool isKnown = pattern.Literal is null
                || (IsPath(text) ? ByPath(text) : ByName(text)).Any()
                || Store.FindJobs(new JobQuery { Runbooks = [pattern], Last = 1 }).Count > 0;
            if (!isKnown)
            {
                WriteError(Error.RunbookNotFound(IsPath(text) ? "path" : "name", pattern.Literal!, isNarrowed: false).ToErrorRecord());
            }
        }
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
                foreach (ServerJob job in Choose(await ReadAsync(session, runbooks, token).ConfigureAwait(false)))
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

    /// <summary>
    /// The jobs of one server that can be among those that are returned: the others need not be looked up in the store. Those
    /// that are asked for by their id all stay, so that it can be said which of them there are.
    /// </summary>
    private IEnumerable<ServerJob> Choose(IReadOnlyList<ServerJob> jobs)
    {
        if (Id is not null)
        {
            return jobs;
        }

        IEnumerable<ServerJob> newest = jobs.Where(j => Status is null || Status.Contains(j.Status)).OrderByDescending(j => j.CreationTime);
        return Last > 0 ? newest.Take(Last) : newest;
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
        JobRecord record = kept ?? Describe(store, session, job, cancellationToken);
        return Id is not null && kept?.IsOver != true
            ? await session.Watcher.DescribeAsync(record, job, cancellationToken).ConfigureAwait(false)
            : JobWatcher.Combine(record, job);
    }

    /// <summary>The runbooks of a connector that are wanted; <see langword="null"/> for all.</summary>
    private Guid[]? RunbooksOf(Connector connector) => InputObject is not null ? [InputObject.Id]
        : Runbook is null ? null
        : [.. Runbook.SelectMany(r => IsPath(r) ? ByPath(r) : ByName(r)).Where(r => r.ConnectorId == connector.Id).Select(r => r.Runbook.Id).Distinct()];

    private IEnumerable<LibraryRunbook> ByName(string name) => Store.FindRunbooks(new RunbookQuery { Names = [NamePattern.Parse(name)] }, StopToken);

    private IEnumerable<LibraryRunbook> ByPath(string path) => Store.FindRunbooks(new RunbookQuery { Paths = [NamePattern.Parse(path)] }, StopToken);

    private static bool IsPath(string text) => text.Length > 0 && text[0] == '\\';
}
