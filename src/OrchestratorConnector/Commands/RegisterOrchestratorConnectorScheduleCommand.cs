using System;
using System.IO;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Events;
using OrchestratorConnector.Output;
using OrchestratorConnector.Scheduling;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Hands the running of due synchronizations to the machine's own scheduler. That is a task on Windows, a systemd user timer or a
/// line of the crontab on Linux, a launch agent on macOS. Every few minutes it runs Sync-OrchestratorConnector -Due for a store; what is due
/// stands in the schedule of each connector, so that a changed schedule needs no new registration, a missed run is made up for
/// once, and a change of the clocks runs nothing twice. A store is registered once: registering it again replaces what there is,
/// and changes nothing where that is the same. With -WhatIf everything that would be installed is shown.
/// </summary>
/// <example>
/// <code>Register-OrchestratorConnectorSchedule -Scheduler Cron -WhatIf</code>
/// <para>Shows the lines that the crontab would get. Without -WhatIf they are put there; without -Scheduler the machine's own is used.</para>
/// </example>
/// <example>
/// <code>Register-OrchestratorConnectorSchedule -Scheduler TaskScheduler -Every 00:15:00 -WhatIf</code>
/// <para>Shows the task that Windows would get, on any machine. It looks every quarter of an hour what is due.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Register, "OrchestratorConnectorSchedule", SupportsShouldProcess = true)]
[OutputType(typeof(OrchestratorConnectorSchedule))]
public sealed class RegisterOrchestratorConnectorScheduleCommand : ScheduleCmdlet
{
    private const string Operation = "Register schedule";

    // Not the core's enumeration itself: PowerShell looks at the fields of exported types before the core can be found.
    private int _scheduler;

    /// <summary>How often it is looked what is due: whole minutes that divide an hour. Five minutes without it.</summary>
    [Parameter(Position = 0)]
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>The scheduler: Auto takes what this machine has, on Linux systemd before cron.</summary>
    [Parameter]
    public SchedulerKind Scheduler
    {
        get => (SchedulerKind)_scheduler;
        set => _scheduler = (int)value;
    }

    /// <summary>
    /// The PowerShell program to run. Without it that of this session; name one whose path outlives an update where the session's
    /// own does not, as with PowerShell from the Store.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Shell { get; set; }

    /// <summary>
    /// For Task Scheduler: the account that the task runs as, whether it is signed in or not; a group managed service account
    /// (its name ends with $) without a password. Without it the task runs as the current user, and only while signed in.
    /// </summary>
    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        ScheduledJob job = ScheduledJob.Create(StoreLocation(), ShellProgram(), Manifest(), Every);
        MachineSchedulers schedulers = MachineSchedulers.OfThisMachine(Account());
        IMachineScheduler scheduler = Run(Asking, (_, token) => schedulers.ChooseAsync(Scheduler, token));
        if (Credential is not null && scheduler.Kind != SchedulerKind.TaskScheduler)
        {
            throw Error.CredentialNotSupported(MachineSchedulers.NameOf(scheduler.Kind));
        }

        SchedulePlan plan = Run(Asking, (_, token) => schedulers.PlanAsync(scheduler, job, token));
        if (!ShouldProcess($"Performing the operation \"{Operation}\" on target \"{job.Name}\".\n{plan}", $"Register the schedule '{job.Name}'?\n{plan}", Operation))
        {
            return;
        }

        if (Run($"Registering '{job.Name}'", (pump, token) => schedulers.RegisterAsync(scheduler, job, pump, token)))
        {
            Record(Event.ScheduleRegistered(job.Name, MachineSchedulers.NameOf(scheduler.Kind)));
        }
        else
        {
            Tell($"The schedule '{job.Name}' is registered so already; nothing was changed.");
        }

        WriteObject(Run(Asking, (_, token) => schedulers.GetAllAsync(token)).Where(s => s.Name == job.Name).Select(s => new OrchestratorConnectorSchedule(s)), enumerateCollection: true);
    }

    // The module's folder holds lib/<framework>/ with this very file.
    private static string Manifest() =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(RegisterOrchestratorConnectorScheduleCommand).Assembly.Location)!, "..", "..", "OrchestratorConnector.psd1"));

    private string ShellProgram()
    {
        if (Shell is null)
        {
            return ShellPath.In(GetVariableValue("PSHOME") as string ?? string.Empty);
        }

        string path = SessionState.Path.GetUnresolvedProviderPathFromPSPath(Shell);
        return File.Exists(path) ? path : throw Error.ShellNotFound(path);
    }

    private TaskAccount? Account() => Credential is null
        ? null
        : new TaskAccount(Credential.UserName, Credential.Password.Length == 0 ? null : Credential.GetNetworkCredential().Password);
}
