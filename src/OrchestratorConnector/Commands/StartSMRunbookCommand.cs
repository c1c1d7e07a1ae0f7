using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Starts a runbook and returns its job at once. Wait-SMRunbookJob waits for it, Get-SMRunbookJob -Refresh looks at it,
/// Stop-SMRunbookJob stops it.
/// </summary>
/// <remarks>
/// Once the runbook is named, its inputs are parameters of the cmdlet, completed with Tab: an input 'Computer Name' is typed
/// -ComputerName. An input that is called like the beginning of one of the cmdlet's own parameters is not, and is given with
/// -Parameter. Values are sent as text, the same in every culture: dates in the form of ISO 8601, true and false, $null as an
/// empty text. The start is sent once: when its answer is lost, the error JobOutcomeUnknown names the jobs that may be it. A
/// monitor that runs already is not started once more without -Force.
/// </remarks>
/// <example>
/// <code>
/// $job = Start-SMRunbook 'Restart Service' -Connector Production -ComputerName web01 -ServiceName Spooler
/// $job | Wait-SMRunbookJob
/// </code>
/// <para>Starts a runbook, does not wait, and waits for it later.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbook 'Restart Service' | Start-SMRunbook -Parameter @{ 'Computer Name' = 'web01'; 'Service Name' = 'Spooler' }</code>
/// <para>Starts the runbook of that name at every server that has it.</para>
/// </example>
/// <example>
/// <code>Start-SMRunbook -Path '\Operations\Restart Service' -Connector Test -ComputerName web01 -ServiceName Spooler -RunbookServer RBS02, RBS01</code>
/// <para>Asks for runbook servers, the first one first.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Start, "SMRunbook", SupportsShouldProcess = true, DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(SMRunbookJob))]
public sealed class StartSMRunbookCommand : StartingCmdlet
{
    /// <inheritdoc/>
    private protected override bool IsAwaited => false;

    /// <inheritdoc/>
    private protected override Task<Action> ContinueAsync(JobSession session, JobRecord job, JobOrder order, object? input, CancellationToken cancellationToken) =>
        Task.FromResult<Action>(() => WriteObject(ToOutput(job, session.Connector, input)));
}
