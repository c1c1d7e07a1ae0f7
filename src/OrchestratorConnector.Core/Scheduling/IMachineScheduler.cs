using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Scheduling;

/// <summary>One of the machine's own schedulers.</summary>
internal interface IMachineScheduler
{
    /// <summary>Which one.</summary>
    SchedulerKind Kind { get; }

    /// <summary>Whether this machine has it, and the current user can use it.</summary>
    Task<bool> IsAvailableAsync(CancellationToken cancellationToken);

    /// <summary>What <see cref="RegisterAsync"/> would do. Touches nothing.</summary>
    SchedulePlan Plan(ScheduledJob job);

    /// <summary>Registers a job in the place of what bears its name.</summary>
    /// <returns>Whether anything had to be changed.</returns>
    Task<bool> RegisterAsync(ScheduledJob job, IReporter reporter, CancellationToken cancellationToken);

    /// <summary>What is registered here by this product.</summary>
    Task<IReadOnlyList<InstalledSchedule>> GetAllAsync(CancellationToken cancellationToken);

    /// <summary>Takes a registration away.</summary>
    Task UnregisterAsync(string name, CancellationToken cancellationToken);
}
