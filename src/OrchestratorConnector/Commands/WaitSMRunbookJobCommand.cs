using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Waits for jobs and returns them as they end; with -Any for the first that ends. A runbook that failed is a non-terminating
/// error, and its job is returned all the same.
/// </summary>
/// <remarks>
/// It looks after half a second, then ever less often up to every five seconds, and bears a server that fails meanwhile for up
/// to ten minutes. Ctrl+C ends the wait, not the jobs.
/// </remarks>
/// <example>
/// <code>
/// $jobs = Get-SMRunbook 'Restart Service' | Start-SMRunbook -Parameter @{ 'Computer Name' = 'web01'; 'Service Name' = 'Spooler' }
/// $jobs | Wait-SMRunbookJob -TimeoutSeconds 600
/// </code>
/// <para>Starts several jobs and waits ten minutes for each at most; they come in the order in which they end.</para>
/// </example>
/// <example>
/// <code>
/// $job = Start-SMRunbook 'Restart Service' -Connector Test -ComputerName web01 -ServiceName Spooler
/// Wait-SMRunbookJob -Id $job.Id
/// </code>
/// <para>Waits for a job by its id, as another process would.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Wait, "SMRunbookJob", DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(SMRunbookJob))]
public sealed class WaitSMRunbookJobCommand : KnownJobCmdlet
{
    private readonly List<JobRecord> _jobs = [];
    private readonly CancellationTokenSource _enough = new();
    private bool _isOver;

    /// <summary>
    /// Return the first job that ends, and leave the others alone. Jobs of another store are looked at after those before.
    /// </summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>
    /// How long to wait for each job, in seconds; as long as it takes without it. Then the error is JobWaitTimedOut, and the
    /// job itself goes on.
    /// </summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSeconds { get; set; }

    /// <summary>Stop a job that is not over when -TimeoutSeconds have passed.</summary>
    [Parameter]
    public SwitchParameter StopOnTimeout { get; set; }

    /// <inheritdoc/>
    private protected override int Limit => 256;

    /// <inheritdoc/>
    private protected override void ProcessJob(JobRecord job, Connector connector)
    {
        if (_jobs.Exists(j => j.JobId == job.JobId && j.ConnectorId == job.ConnectorId))
        {
            return;
        }

        _jobs.Add(job);
        if (!_isOver)
        {
            Wait(job, connector);
        }
    }

    /// <inheritdoc/>
    private protected override void ChangeStore() => _jobs.Clear();

    /// <inheritdoc/>
    private protected override void Close()
    {
        base.Close();
        _enough.Dispose();
    }

    private void Wait(JobRecord job, Connector connector)
    {
        if (job.IsOver)
        {
            Write(job, connector, FailureOf(job));
            return;
        }

        JobWaitOptions options = new()
        {
            Timeout = TimeoutSeconds > 0 ? TimeSpan.FromSeconds(TimeoutSeconds) : null,
            StopOnTimeout = StopOnTimeout,
            Seen = ShowProgress,
        };
        Begin(async (store, token) =>
        {
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(token, _enough.Token);
            try
            {
                JobSession session = await GetSessionAsync(store, connector, token).ConfigureAwait(false);
                JobRecord known = await IdentifyAsync(store, session, job, either.Token).ConfigureAwait(false);
                return await AwaitAsync(session, known, options, (ended, failure) => Write(ended, connector, failure), either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (_enough.IsCancellationRequested)
            {
                return static () => { };
            }
        });
    }

    private void Write(JobRecord job, Connector connector, Errors.OrchestratorException? failure)
    {
        if (_isOver)
        {
            return;
        }

        if (Any && job.IsOver)
        {
            _isOver = true;
            _enough.Cancel();
        }

        WriteObject(ToOutput(job, connector, null));
        if (failure is not null)
        {
            WriteError(failure.ToErrorRecord());
        }
    }
}
