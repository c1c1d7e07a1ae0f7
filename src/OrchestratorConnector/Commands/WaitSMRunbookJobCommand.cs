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
[Cmdlet(VerbsLifecycle.Wait, "SMRunbookJob", DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(SMRunbookJob))]
public sealed class WaitSMRunbookJobCommand : KnownJobCmdlet
{
    private readonly List<(JobRecord Job, Connector Connector)> _jobs = [];
    private bool _isOver;

    /// <summary>Return the first job that ends, and leave the others alone.</summary>
    [Parameter]
    public SwitchParameter Any { get; set; }

    /// <summary>How long to wait for each job, in seconds. The job itself goes on.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSeconds { get; set; }

    /// <summary>Stop a job that is not over in time.</summary>
    [Parameter]
    public SwitchParameter StopOnTimeout { get; set; }

    /// <inheritdoc/>
    private protected override int Limit => 256;

    /// <inheritdoc/>
    private protected override void ProcessJob(JobRecord job, Connector connector)
    {
        if (_jobs.Exists(j => j.Job.JobId == job.JobId))
        {
            return;
        }

        _jobs.Add((job, connector));
        if (!Any)
        {
            Wait(job, connector, CancellationToken.None);
        }
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        using CancellationTokenSource enough = new();
        if (Any)
        {
            // All are known now: which of them ends first is decided among all of them.
            foreach ((JobRecord job, Connector connector) in _jobs)
            {
                if (!_isOver)
                {
                    Wait(job, connector, enough.Token, enough);
                }
            }
        }

        base.End();
    }

    private void Wait(JobRecord job, Connector connector, CancellationToken enough, CancellationTokenSource? first = null)
    {
        if (job.IsOver)
        {
            Write(job, connector, FailureOf(job), first);
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
            using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(token, enough);
            try
            {
                JobSession session = await GetSessionAsync(store, connector, token).ConfigureAwait(false);
                return await AwaitAsync(session, job, options, (ended, failure) => Write(ended, connector, failure, first), either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (enough.IsCancellationRequested)
            {
                return static () => { };
            }
        });
    }

    private void Write(JobRecord job, Connector connector, Errors.OrchestratorException? failure, CancellationTokenSource? first)
    {
        if (_isOver)
        {
            return;
        }

        if (first is not null && job.IsOver)
        {
            _isOver = true;
            first.Cancel();
        }

        WriteObject(ToOutput(job, connector, null));
        if (failure is not null)
        {
            WriteError(failure.ToErrorRecord());
        }
    }
}
