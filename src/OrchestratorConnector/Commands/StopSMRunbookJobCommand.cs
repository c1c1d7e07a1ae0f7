using System.Management.Automation;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Stops jobs that are not over yet.</summary>
/// <remarks>Works only while a job is pending or running: one that is over is the error StopRejected.</remarks>
/// <example>
/// <code>Start-SMRunbook 'Restart Service' -Connector Production -ComputerName web01 -ServiceName Spooler | Stop-SMRunbookJob -PassThru</code>
/// <para>Starts a job and stops it, and shows what became of it.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbookJob -Status Running -Refresh | Stop-SMRunbookJob -WhatIf</code>
/// <para>Says which of the jobs that were started here would be stopped.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Stop, "SMRunbookJob", SupportsShouldProcess = true, DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(SMRunbookJob))]
public sealed class StopSMRunbookJobCommand : KnownJobCmdlet
{
    /// <summary>Return the jobs as the server shows them then. Without it nothing is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override int Limit => 8;

    /// <inheritdoc/>
    private protected override void ProcessJob(JobRecord job, Connector connector)
    {
        if (!ShouldProcess($"{job.RunbookPath} {job.JobId}", "Stop job"))
        {
            return;
        }

        Begin(async (store, token) =>
        {
            JobSession session = await GetSessionAsync(store, connector, token).ConfigureAwait(false);
            JobRecord known = await IdentifyAsync(store, session, job, token).ConfigureAwait(false);
            JobRecord now = await session.Watcher.StopAsync(known, token).ConfigureAwait(false);
            return () =>
            {
                if (PassThru)
                {
                    WriteObject(ToOutput(now, connector, null));
                }
            };
        });
    }
}
