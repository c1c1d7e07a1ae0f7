using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Scheduling;

/// <summary>A task of Windows, in the root folder of Task Scheduler.</summary>
/// <param name="service">The service.</param>
/// <param name="author">Who registers, as DOMAIN\user.</param>
/// <param name="account">The account that tasks run as with a logon of its own; without one the author, while signed in.</param>
internal sealed class WindowsTaskScheduler(ITaskService service, string author, TaskAccount? account) : IMachineScheduler
{
    /// <summary>The current user, as DOMAIN\user.</summary>
    public static string CurrentUser => $"{Environment.UserDomainName}\\{Environment.UserName}";

    /// <inheritdoc/>
    public SchedulerKind Kind => SchedulerKind.TaskScheduler;

    /// <inheritdoc/>
    public Task<bool> IsAvailableAsync(CancellationToken cancellationToken) => Task.FromResult(service.IsAvailable);

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulePathInvalid.</exception>
    public SchedulePlan Plan(ScheduledJob job) => new([($"The task \\{job.Name}", TaskDefinition.Text(job, author, account))], []);

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulePathInvalid, SchedulerFailed.</exception>
    public Task<bool> RegisterAsync(ScheduledJob job, IReporter reporter, CancellationToken cancellationToken)
    {
        string text = TaskDefinition.Text(job, author, account);

        // A password cannot be compared: what comes with one is registered again, so that the new one holds.
        if (account?.Password is null && service.GetTasks().Any(t => t.Name == job.Name && TaskDefinition.Covers(t, text)))
        {
            return Task.FromResult(false);
        }

        service.Register(job.Name, text, account);
        if (account is not null && !string.Equals(account.UserName, author, StringComparison.OrdinalIgnoreCase))
        {
            reporter.Warning(string.Format(
                CultureInfo.InvariantCulture,
                "{0} must be allowed to write the store '{1}' and its folder. Passwords in the store can be read by the user alone who stored them: store them as {0}, use a vault of that account, or connectors without a Run As account.",
                account.UserName,
                job.StatePath));
        }

        return Task.FromResult(true);
    }

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public Task<IReadOnlyList<InstalledSchedule>> GetAllAsync(CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<InstalledSchedule>>([.. service.GetTasks().Select(TaskDefinition.Read)]);

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public Task UnregisterAsync(string name, CancellationToken cancellationToken)
    {
        service.Delete(name);
        return Task.CompletedTask;
    }
}
