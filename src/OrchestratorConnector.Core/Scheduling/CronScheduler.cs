using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Scheduling;

/// <summary>A line of the user's crontab. Cron tells nothing of its runs; errors come as its mail.</summary>
/// <param name="runner">Runs crontab.</param>
internal sealed class CronScheduler(ICommandRunner runner) : IMachineScheduler
{
    private const string Program = "crontab";

    /// <inheritdoc/>
    public SchedulerKind Kind => SchedulerKind.Cron;

    /// <inheritdoc/>
    public async Task<bool> IsAvailableAsync(CancellationToken cancellationToken) =>
        Path.DirectorySeparatorChar == '/' && IsReadable(await runner.RunAsync(Program, ["-l"], null, cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulePathInvalid.</exception>
    public SchedulePlan Plan(ScheduledJob job) => new([("In the crontab", Crontab.Block(job))], [Program + " -"]);

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulePathInvalid, SchedulerFailed.</exception>
    public async Task<bool> RegisterAsync(ScheduledJob job, IReporter reporter, CancellationToken cancellationToken)
    {
        byte[] before = await ReadAsync(cancellationToken).ConfigureAwait(false);
        byte[] after = Crontab.With(before, job);
        if (after.SequenceEqual(before))
        {
            return false;
        }

        await runner.RequireAsync(Program, ["-"], after, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public async Task<IReadOnlyList<InstalledSchedule>> GetAllAsync(CancellationToken cancellationToken) =>
        Crontab.Read(await ReadAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public async Task UnregisterAsync(string name, CancellationToken cancellationToken)
    {
        byte[] after = Crontab.Without(await ReadAsync(cancellationToken).ConfigureAwait(false), name);
        if (after.Length == 0)
        {
            await runner.RequireAsync(Program, ["-r"], null, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await runner.RequireAsync(Program, ["-"], after, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<byte[]> ReadAsync(CancellationToken cancellationToken)
    {
        CommandResult result = await runner.RunAsync(Program, ["-l"], null, cancellationToken).ConfigureAwait(false);
        return IsReadable(result) ? result.Output : throw CommandRunnerExtensions.Failure(Program, ["-l"], result);
    }

    // A user without a crontab has an empty one. So say Vixie's cron and its heirs, and so BusyBox.
    private static bool IsReadable(CommandResult result) =>
        result.IsGood
        || result.Errors.StartsWith("no crontab for", StringComparison.OrdinalIgnoreCase)
        || (result.Errors.StartsWith("crontab: can't open", StringComparison.Ordinal) && result.Errors.EndsWith("No such file or directory", StringComparison.Ordinal));
}
