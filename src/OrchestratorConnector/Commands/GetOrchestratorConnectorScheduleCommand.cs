using System.IO;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Output;
using OrchestratorConnector.Scheduling;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Gets what the machine's own scheduler has for a store, and what the scheduler tells about its runs. Nothing where nothing is
/// registered.
/// </summary>
/// <example>
/// <code>Get-OrchestratorConnectorSchedule | Format-List</code>
/// <para>Shows what is registered for the store, with the text as it is installed.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorConnectorSchedule -All</code>
/// <para>Lists what is registered on this machine for any store, as far as the user may see it.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OrchestratorConnectorSchedule")]
[OutputType(typeof(OrchestratorConnectorSchedule))]
public sealed class GetOrchestratorConnectorScheduleCommand : ScheduleCmdlet
{
    /// <summary>Those of all stores.</summary>
    [Parameter]
    public SwitchParameter All { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        string name = ScheduleName.Of(StoreLocation());
        MachineSchedulers schedulers = MachineSchedulers.OfThisMachine(account: null);
        foreach (InstalledSchedule schedule in Run(Asking, (_, token) => schedulers.GetAllAsync(token)).Where(s => All || s.Name == name))
        {
            WriteObject(new OrchestratorConnectorSchedule(schedule));
            foreach (string gone in new[] { schedule.Shell, schedule.Module }.OfType<string>().Where(f => !File.Exists(f)))
            {
                WriteWarning($"The schedule '{schedule.Name}' cannot run: '{gone}' is not there any more. Register it again with Register-OrchestratorConnectorSchedule.");
            }
        }
    }
}
