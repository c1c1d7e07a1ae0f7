using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Events;
using OrchestratorConnector.Scheduling;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Takes away what the machine's own scheduler has for a store. The connectors keep their schedules; nobody runs them then until
/// somebody does.
/// </summary>
/// <example>
/// <code>Get-OrchestratorConnectorSchedule | Unregister-OrchestratorConnectorSchedule</code>
/// <para>Takes away what is registered for the store, if anything is.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorConnectorSchedule -All | Unregister-OrchestratorConnectorSchedule -WhatIf</code>
/// <para>Shows what would be taken away for all stores.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Unregister, "OrchestratorConnectorSchedule", SupportsShouldProcess = true)]
public sealed class UnregisterOrchestratorConnectorScheduleCommand : ScheduleCmdlet
{
    /// <inheritdoc/>
    private protected override void Process() => ForInput(() =>
    {
        string location = StoreLocation();
        string name = ScheduleName.Of(location);
        MachineSchedulers schedulers = MachineSchedulers.OfThisMachine(account: null);
        List<InstalledSchedule> present = [.. Run(Asking, (_, token) => schedulers.GetAllAsync(token)).Where(s => s.Name == name)];
        if (present.Count == 0)
        {
            throw Error.ScheduleNotFound(location);
        }

        if (ShouldProcess($"{name} ({location})", $"Unregister schedule from {string.Join(", ", present.Select(s => s.Scheduler))}"))
        {
            Run($"Unregistering '{name}'", (_, token) => schedulers.UnregisterAsync(name, token));
            present.ForEach(s => Record(Event.ScheduleUnregistered(name, MachineSchedulers.NameOf(s.Scheduler))));
        }
    });
}
