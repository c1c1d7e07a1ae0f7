using System.Management.Automation;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Stops jobs that are not over yet.</summary>
[Cmdlet(VerbsLifecycle.Stop, "SMRunbookJob", SupportsShouldProcess = true, DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(SMRunbookJob))]
public sealed class StopSMRunbookJobCommand : KnownJobCmdlet
{
    /// <summary>Return the jobs.</summary>
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
