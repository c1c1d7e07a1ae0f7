using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Runs a runbook and waits for its end. Its inputs are parameters of the cmdlet; objects from the pipeline are one job each,
/// and the results come as they finish. A runbook that failed is a non-terminating error, and its job is returned all the same.
/// </summary>
[Cmdlet(VerbsLifecycle.Invoke, "SMRunbook", SupportsShouldProcess = true, DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(SMRunbookJob))]
public sealed class InvokeSMRunbookCommand : StartingCmdlet
{
    /// <summary>How long to wait for each job, in seconds. The job itself goes on.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int TimeoutSeconds { get; set; }

    /// <summary>Stop a job that is not over in time.</summary>
    [Parameter]
    public SwitchParameter StopOnTimeout { get; set; }

    /// <inheritdoc/>
    private protected override bool IsAwaited => true;

    /// <inheritdoc/>
    private protected override Task<Action> ContinueAsync(JobSession session, JobRecord job, JobOrder order, object? input, CancellationToken cancellationToken)
    {
        JobWaitOptions options = new()
        {
            Timeout = TimeoutSeconds > 0 ? TimeSpan.FromSeconds(TimeoutSeconds) : null,
            StopOnTimeout = StopOnTimeout,
            LooksUpActivity = !MyInvocation.ExpectingInput,
            Seen = ShowProgress,
            Parameters = order.Parameters,
        };
        return AwaitAsync(
            session,
            job,
            options,
            (ended, failure) =>
            {
                WriteObject(ToOutput(ended, session.Connector, input));
                if (failure is not null)
                {
                    WriteError(failure.ToErrorRecord());
                }
            },
            cancellationToken);
    }
}
