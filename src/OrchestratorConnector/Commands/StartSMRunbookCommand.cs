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
