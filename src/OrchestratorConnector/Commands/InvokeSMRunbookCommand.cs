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
/// <remarks>
/// Once the runbook is named, its inputs are parameters of the cmdlet, completed with Tab: an input 'Computer Name' is typed
/// -ComputerName. An input that is called like the beginning of one of the cmdlet's own parameters is not, and is given with
/// -Parameter. Values are sent as text, the same in every culture: dates in the form of ISO 8601, true and false, $null as an
/// empty text. The start is sent once: when its answer is lost, the error JobOutcomeUnknown names the jobs that may be it.
/// Ctrl+C ends the wait, not the job. Monitors never end and are not invoked: Start-SMRunbook starts them.
/// </remarks>
/// <example>
/// <code>Invoke-SMRunbook 'Restart Service' -Connector Production -ComputerName web01 -ServiceName Spooler</code>
/// <para>Runs a runbook and returns its job when it is over, with its outputs as properties.</para>
/// </example>
/// <example>
/// <code>
/// $job = Invoke-SMRunbook -Path '\Operations\Restart Service' -Connector Test -Parameter @{ 'Computer Name' = 'web01'; 'Service Name' = 'Spooler' } -TimeoutSeconds 600
/// $job.Result
/// </code>
/// <para>Gives the inputs by their whole names, waits ten minutes at most, and shows the output Result.</para>
/// </example>
/// <example>
/// <code>
/// 'web01', 'web02' |
///     Select-Object @{ n = 'Computer Name'; e = { $_ } } |
///     Invoke-SMRunbook 'Restart Service' -Connector Production -ServiceName Spooler |
///     Select-Object Status, Result, @{ n = 'For'; e = { $_.InputObject.'Computer Name' } }
/// </code>
/// <para>Runs one job for each object, eight at once, and shows which result belongs to which.</para>
/// </example>
/// <example>
/// <code>Get-Process -Id $PID | Invoke-SMRunbook 'Restart Service' -Connector Production -Map @{ 'Computer Name' = { [Environment]::MachineName }; 'Service Name' = 'ProcessName' } -WhatIf</code>
/// <para>Says what would be sent, with the inputs taken from the object.</para>
/// </example>
/// <seealso href="about_OrchestratorConnector_Troubleshooting"/>
[Cmdlet(VerbsLifecycle.Invoke, "SMRunbook", SupportsShouldProcess = true, DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(SMRunbookJob))]
public sealed class InvokeSMRunbookCommand : StartingCmdlet
{
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
