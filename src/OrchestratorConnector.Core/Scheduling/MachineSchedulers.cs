using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Scheduling;

/// <summary>The schedulers that a machine can have: which one is to be used, and what is registered at any of them.</summary>
/// <param name="all">Each kind once; of those that a machine has the first is preferred.</param>
internal sealed class MachineSchedulers(IReadOnlyList<IMachineScheduler> all)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Asked once: to find out takes a process for each.
    private List<IMachineScheduler>? _available;

    /// <summary>Those of this machine.</summary>
    /// <param name="account">The account that a task of Windows is to run as.</param>
    public static MachineSchedulers OfThisMachine(TaskAccount? account)
    {
        ProcessRunner runner = new(Patience);
        return new MachineSchedulers(
        [
            new WindowsTaskScheduler(new ComTaskService(), WindowsTaskScheduler.CurrentUser, account),
            new LaunchdScheduler(runner, LaunchdScheduler.DefaultFolder),
            new SystemdScheduler(runner, SystemdScheduler.DefaultFolder),
            new CronScheduler(runner),
        ]);
    }

    /// <summary>A scheduler's name, as people say it.</summary>
    public static string NameOf(SchedulerKind kind) => kind switch
    {
        SchedulerKind.TaskScheduler => "Task Scheduler",
        SchedulerKind.Systemd => "A systemd user manager",
        SchedulerKind.Cron => "Cron",
        SchedulerKind.Launchd => "Launchd",
        _ => "A scheduler",
    };

    /// <summary>The scheduler of a kind, whether the machine has it or not; of no kind in particular the preferred one that it has.</summary>
    /// <exception cref="OrchestratorException">NoScheduler.</exception>
    public async Task<IMachineScheduler> ChooseAsync(SchedulerKind kind, CancellationToken cancellationToken) =>
        all.FirstOrDefault(s => s.Kind == kind)
        ?? (await AvailableAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault()
        ?? throw Error.NoScheduler(NameOf(SchedulerKind.Auto));

    /// <summary>What <see cref="RegisterAsync"/> would do. Changes nothing.</summary>
    /// <exception cref="OrchestratorException">SchedulePathInvalid, SchedulerFailed.</exception>
    public async Task<SchedulePlan> PlanAsync(IMachineScheduler scheduler, ScheduledJob job, CancellationToken cancellationToken)
    {
        SchedulePlan plan = scheduler.Plan(job);
        IEnumerable<InstalledSchedule> others = (await GetAllAsync(cancellationToken).ConfigureAwait(false)).Where(s => s.Name == job.Name && s.Scheduler != scheduler.Kind);
        return plan with { Replaced = [.. others.Select(s => NameOf(s.Scheduler))] };
    }

    /// <summary>Registers a job at one scheduler, and at no other.</summary>
    /// <returns>Whether anything had to be changed.</returns>
    /// <exception cref="OrchestratorException">NoScheduler, SchedulePathInvalid, SchedulerFailed.</exception>
    public async Task<bool> RegisterAsync(IMachineScheduler scheduler, ScheduledJob job, IReporter reporter, CancellationToken cancellationToken)
    {
        List<IMachineScheduler> available = await AvailableAsync(cancellationToken).ConfigureAwait(false);
        if (!available.Contains(scheduler))
        {
            throw Error.NoScheduler(NameOf(scheduler.Kind));
        }

        bool isChanged = await scheduler.RegisterAsync(job, reporter, cancellationToken).ConfigureAwait(false);
        foreach (IMachineScheduler other in available.Where(s => s != scheduler))
        {
            isChanged |= await RemoveAsync(other, job.Name, cancellationToken).ConfigureAwait(false);
        }

        return isChanged;
    }

    /// <summary>Everything that is registered on this machine by this product, as far as the user may see it.</summary>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public async Task<List<InstalledSchedule>> GetAllAsync(CancellationToken cancellationToken)
    {
        List<InstalledSchedule> found = [];
        foreach (IMachineScheduler scheduler in await AvailableAsync(cancellationToken).ConfigureAwait(false))
        {
            found.AddRange(await scheduler.GetAllAsync(cancellationToken).ConfigureAwait(false));
        }

        return found;
    }

    /// <summary>Takes away what bears a name, wherever it is registered.</summary>
    /// <returns>Whether there was anything.</returns>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public async Task<bool> UnregisterAsync(string name, CancellationToken cancellationToken)
    {
        bool isFound = false;
        foreach (IMachineScheduler scheduler in await AvailableAsync(cancellationToken).ConfigureAwait(false))
        {
            isFound |= await RemoveAsync(scheduler, name, cancellationToken).ConfigureAwait(false);
        }

        return isFound;
    }

    private static async Task<bool> RemoveAsync(IMachineScheduler scheduler, string name, CancellationToken cancellationToken)
    {
        if (!(await scheduler.GetAllAsync(cancellationToken).ConfigureAwait(false)).Any(s => s.Name == name))
        {
            return false;
        }

        await scheduler.UnregisterAsync(name, cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task<List<IMachineScheduler>> AvailableAsync(CancellationToken cancellationToken)
    {
        if (_available is null)
        {
            List<IMachineScheduler> available = [];
            foreach (IMachineScheduler scheduler in all)
            {
                if (await scheduler.IsAvailableAsync(cancellationToken).ConfigureAwait(false))
                {
                    available.Add(scheduler);
                }
            }

            _available = available;
        }

        return _available;
    }
}
