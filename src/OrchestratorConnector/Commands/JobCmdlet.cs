using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Output;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Commands;

/// <summary>A cmdlet that works on jobs: several at once, over one set of connections for each connector.</summary>
public abstract class JobCmdlet : OrchestratorCmdlet
{
    private readonly ConcurrentDictionary<long, Lazy<Task<JobSession>>> _sessions = new();
    private readonly ConcurrentDictionary<Guid, JobRecord> _awaited = new();
    private IStateStore? _store;
    private PipelinePump? _pump;
    private WorkQueue? _queue;
    private int _done;

    /// <summary>How many jobs are worked on at once.</summary>
    private protected abstract int Limit { get; }

    /// <summary>The way to the pipeline thread.</summary>
    private protected PipelinePump Pump => _pump ??= NewPump();

    /// <inheritdoc/>
    private protected sealed override void Process()
    {
        try
        {
            if (IsStoreChanging)
            {
                // Another store comes by the pipeline: what is under way belongs to the one before.
                Drain();
                CloseSessions();
                ChangeStore();
            }

            _store = Store;
            ProcessInput();
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        try
        {
            Drain();
            Pump.EndProgress();
        }
        catch
        {
            Abandon();
            throw;
        }
    }

    /// <inheritdoc/>
    private protected override void Close()
    {
        if (_queue is not null)
        {
            StopWork();
            Abandon();
        }

        CloseSessions();
    }

    /// <summary>What is being done with the jobs, shown when it takes its time.</summary>
    private protected virtual string Activity => "Runbook jobs";

    /// <summary>For every input.</summary>
    private protected abstract void ProcessInput();

    /// <summary>Forgets what belongs to the store before.</summary>
    private protected virtual void ChangeStore()
    {
    }

    /// <summary>Begins work on the store that is in use now; its result is written when it comes.</summary>
    private protected void Begin(Func<IStateStore, CancellationToken, Task<Action>> work)
    {
        _queue ??= new WorkQueue(Pump, Limit, e => WriteError(e.ToErrorRecord()), StopToken);
        Pump.BeginProgress(new ProgressStep(Activity, "waiting", null));
        IStateStore store = Store;
        _queue.Add(token => work(store, token));
    }

    /// <summary>Waits for all work that was begun.</summary>
    private protected void Drain() => _queue?.Drain();

    /// <summary>The connections of a connector, opened once.</summary>
    private protected Task<JobSession> GetSessionAsync(IStateStore store, Connector connector, CancellationToken cancellationToken) =>
        _sessions.GetOrAdd(connector.Id, _ => new Lazy<Task<JobSession>>(async () =>
        {
            IOrchestratorClient client = await Connections(store, Pump, cancellationToken).OpenAsync(connector, Limit, cancellationToken).ConfigureAwait(false);
            return new JobSession(store, connector, client, Pump);
        })).Value;

    /// <summary>Starts a job. When the pipeline stops meanwhile, somebody is told what goes on all the same.</summary>
    private protected async Task<JobRecord> StartAsync(JobSession session, JobOrder order, CancellationToken cancellationToken)
    {
        JobRecord job;
        try
        {
            job = await session.Starter.StartAsync(order, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.Id == nameof(Error.JobOutcomeUnknown) && StopToken.IsCancellationRequested)
        {
            SayOnTheHost(e.Message);
            throw;
        }

        if (StopToken.IsCancellationRequested && !order.IsAwaited)
        {
            SayOnTheHost($"The job {job.JobId} of the runbook '{job.RunbookPath}' was started; Get-SMRunbookJob -Id {job.JobId} -Refresh shows how it goes.");
        }

        return job;
    }

    /// <summary>Waits for a job and makes of it what the pipeline gets.</summary>
    /// <param name="session">The connector's connections.</param>
    /// <param name="job">The job.</param>
    /// <param name="options">How to wait.</param>
    /// <param name="write">Writes the job as it is then, and what went wrong with it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    private protected async Task<Action> AwaitAsync(
        JobSession session, JobRecord job, JobWaitOptions options, Action<JobRecord, OrchestratorException?> write, CancellationToken cancellationToken)
    {
        Guid id = job.JobId!.Value;
        _awaited[id] = job;
        try
        {
            JobRecord ended = await session.Watcher.WaitAsync(job, options, cancellationToken).ConfigureAwait(false);
            return () => write(ended, FailureOf(ended));
        }
        catch (OrchestratorException e) when (e.Id == nameof(Error.JobWaitTimedOut))
        {
            return () => write(FindKept(_store!, id) ?? job, e);
        }
        catch (OperationCanceledException) when (StopToken.IsCancellationRequested)
        {
            SayOnTheHost($"The job {id} of the runbook '{job.RunbookPath}' goes on at the server; Wait-SMRunbookJob -Id {id} waits on.");
            throw;
        }
        finally
        {
            _awaited.TryRemove(id, out _);
            Interlocked.Increment(ref _done);
        }
    }

    /// <summary>A job as it is kept; <see langword="null"/> when it was not started here.</summary>
    private protected static JobRecord? FindKept(IStateStore store, Guid id) => store.FindJobs(new JobQuery { Ids = [id] }) is { Count: > 0 } kept ? kept[0] : null;

    /// <summary>A job that was started elsewhere with what the server and the library say of it.</summary>
    private protected static async Task<JobRecord> IdentifyAsync(IStateStore store, JobSession session, JobRecord job, CancellationToken cancellationToken)
    {
        if (job.RunbookId != Guid.Empty)
        {
            return job;
        }

        ServerJob seen = await session.Client.Jobs.GetJobAsync(job.JobId!.Value, cancellationToken).ConfigureAwait(false);
        return Describe(store, session, seen, cancellationToken);
    }

    /// <summary>A job of the server with what the library says of its runbook.</summary>
    private protected static JobRecord Describe(IStateStore store, JobSession session, ServerJob job, CancellationToken cancellationToken)
    {
        Runbook? runbook = store
            .FindRunbooks(new RunbookQuery { Ids = [job.RunbookId], Connectors = [NamePattern.Exactly(session.Connector.Name)] }, cancellationToken)
            .FirstOrDefault()?.Runbook;
        return new JobRecord
        {
            ConnectorId = session.Connector.Id,
            Connector = session.Connector.Name,
            RunbookId = job.RunbookId,
            Runbook = runbook?.Name ?? job.RunbookId.ToString(),
            RunbookPath = runbook?.Path ?? job.RunbookId.ToString(),
            JobId = job.Id,
            CreatedBy = job.CreatedBy,
            CreationTime = job.CreationTime,
            RequestTime = job.CreationTime ?? DateTime.UtcNow,
            FinishTime = job.IsOver ? job.LastModifiedTime : null,
            Parameters = [.. (job.Parameters ?? []).Select(p => new KeyValuePair<string, string>(p.Name, p.Value))],
        };
    }

    /// <summary>Shows how a job that is waited for stands.</summary>
    private protected void ShowProgress(JobRecord job, TimeSpan elapsed, string? activity)
    {
        if (job.JobId is not { } id || !_awaited.ContainsKey(id))
        {
            return;
        }

        _awaited[id] = job;
        string text = _awaited.Count == 1 && _done == 0
            ? string.Format(CultureInfo.InvariantCulture, "{0}: {1}, {2:0} s{3}", job.RunbookPath, job.Status, elapsed.TotalSeconds, activity is null ? "" : $", activity '{activity}'")
            : string.Format(CultureInfo.InvariantCulture, "{0} under way, {1} over", _awaited.Count, _done);
        Pump.Progress(new ProgressStep(Activity, text, null));
    }

    /// <summary>Says something where it is seen also when the pipeline is stopping, which takes no more warnings.</summary>
    private protected void SayOnTheHost(string text) => PipelinePump.OnTheHost(this, ui => ui.WriteWarningLine(text));

    /// <summary>What went wrong with a job that is over.</summary>
    private protected static OrchestratorException? FailureOf(JobRecord job) => job switch
    {
        { Status: JobStatus.Canceled } => Error.JobCanceled(job),
        { HasFailed: true } => Error.RunbookFailed(job),
        _ => null,
    };

    /// <summary>A job for the pipeline.</summary>
    private protected PSObject ToOutput(JobRecord job, Connector? connector, object? input) =>
        new SMRunbookJob(job, connector?.WebConsoleUrl, input, _store!.Location).ToPSObject();

    private void Abandon()
    {
        try
        {
            StopWork();
        }
        catch (ObjectDisposedException)
        {
            // The cmdlet has ended.
        }

        _queue?.Abandon();
        _queue = null;
        _pump?.EndProgress();
    }

    private void CloseSessions()
    {
        foreach (KeyValuePair<long, Lazy<Task<JobSession>>> session in _sessions)
        {
            if (session.Value.IsValueCreated && session.Value.Value.Status == TaskStatus.RanToCompletion)
            {
                session.Value.Value.Result.Dispose();
            }
        }

        _sessions.Clear();
    }
}
