using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Jobs;

/// <summary>
/// Follows jobs of one connector to their end and keeps how they ended. A job is asked for again and again, by one request at a
/// time, ever less often; no thread waits meanwhile.
/// </summary>
/// <param name="store">Where jobs are kept.</param>
/// <param name="client">The connector's server.</param>
/// <param name="servers">The machines that run its jobs.</param>
/// <param name="reporter">Hears of what was survived.</param>
/// <param name="time">The clock.</param>
public sealed class JobWatcher(
    IStateStore store, IOrchestratorClient client, RunbookServers servers, IReporter reporter, TimeProvider time)
{
    private const double Widening = 1.5;

    /// <summary>The wait before the first look.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest wait between two looks.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(5);

    /// <summary>How long a server may give nothing but errors before nobody believes in it any more.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    // A step that runs is of interest to somebody who has begun to wonder.
    private static readonly TimeSpan WonderAfter = TimeSpan.FromSeconds(2);

    // What is asked for once: the run of a job, and the name of a step.
    private readonly ConcurrentDictionary<Guid, Guid> _instances = new();
    private readonly ConcurrentDictionary<Guid, string?> _activityNames = new();

    /// <summary>Waits until a job is over.</summary>
    /// <returns>The job with its outputs as they are; what is kept of it holds no secret.</returns>
    /// <exception cref="OrchestratorException">JobWaitTimedOut, JobWaitLost, JobNotFound, whatever keeps the server from being asked.</exception>
    /// <exception cref="OperationCanceledException">The wait was ended; the job goes on.</exception>
    public async Task<JobRecord> WaitAsync(JobRecord job, JobWaitOptions options, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        long? failingSince = null;
        TimeSpan pause = FirstPause;
        while (true)
        {
            await Delay(Shorter(pause, options.Timeout - time.GetElapsedTime(start)), cancellationToken).ConfigureAwait(false);
            try
            {
                ServerJob seen = await client.Jobs.GetJobAsync(JobIdOf(job), cancellationToken).ConfigureAwait(false);
                if (seen.IsOver)
                {
                    return await FinishAsync(job, seen, options, time.GetElapsedTime(start), cancellationToken).ConfigureAwait(false);
                }

                job = Note(job, seen);
                string? activity = options.LooksUpActivity && time.GetElapsedTime(start) >= WonderAfter
                    ? await FindRunningActivityAsync(seen, cancellationToken).ConfigureAwait(false)
                    : null;
                options.Seen(job, time.GetElapsedTime(start), activity);
                failingSince = null;
            }
            catch (OrchestratorException e) when (MayPass(e))
            {
                long since = failingSince ??= time.GetTimestamp();
                if (time.GetElapsedTime(since) >= Patience)
                {
                    throw Error.JobWaitLost(job.RunbookPath, JobIdOf(job), time.GetElapsedTime(since), e);
                }

                reporter.Verbose($"The job {job.JobId} could not be asked for, and is asked for again: {e.Message}");
            }

            if (options.Timeout is { } timeout && time.GetElapsedTime(start) >= timeout)
            {
                if (options.StopOnTimeout && await StopAsync(job, options, timeout, cancellationToken).ConfigureAwait(false) is { } ended)
                {
                    return ended;
                }

                throw Error.JobWaitTimedOut(job.RunbookPath, JobIdOf(job), timeout, options.StopOnTimeout);
            }

            pause = Shorter(TimeSpan.FromTicks((long)(pause.Ticks * Widening)), LongestPause);
        }
    }

    /// <summary>Looks at a job once, and keeps what is seen.</summary>
    /// <exception cref="OrchestratorException">JobNotFound, whatever keeps the server from being asked.</exception>
    public async Task<JobRecord> RefreshAsync(JobRecord job, CancellationToken cancellationToken)
    {
        ServerJob seen = await client.Jobs.GetJobAsync(JobIdOf(job), cancellationToken).ConfigureAwait(false);
        return seen.IsOver ? await FinishAsync(job, seen, new JobWaitOptions(), TimeSpan.Zero, cancellationToken).ConfigureAwait(false) : Note(job, seen);
    }

    /// <summary>Stops a job, and keeps how it stands then.</summary>
    /// <exception cref="OrchestratorException">StopRejected, JobNotFound, whatever keeps the server from being asked.</exception>
    public async Task<JobRecord> StopAsync(JobRecord job, CancellationToken cancellationToken)
    {
        try
        {
            await client.Jobs.StopAsync(JobIdOf(job), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.HttpStatus is 400 or 403 or 409)
        {
            throw Error.StopRejected(await RefreshAsync(job, cancellationToken).ConfigureAwait(false), e.ServerSays, e);
        }

        return await RefreshAsync(job, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A job as a list of the server's shows it, which tells nothing of its runs.</summary>
    public static JobRecord Combine(JobRecord job, ServerJob seen)
    {
        if (job.IsOver)
        {
            return job;
        }

        JobRecord now = WithState(job, seen);
        return now with
        {
            InstanceStatus = seen.IsOver && seen.Instances is null ? InstanceStatus.Unknown : now.InstanceStatus,
            FinishTime = seen.IsOver ? seen.LastModifiedTime : null,
        };
    }

    /// <summary>Says how a job that the server shows stands, without keeping it: one that was started elsewhere.</summary>
    public async Task<JobRecord> DescribeAsync(JobRecord job, ServerJob seen, CancellationToken cancellationToken) =>
        seen.IsOver ? (await EndOfAsync(job, seen, cancellationToken).ConfigureAwait(false)).Job : WithState(job, seen);

    private static Guid JobIdOf(JobRecord job) => job.JobId ?? throw new ArgumentException("A job without an id cannot be asked for.", nameof(job));

    private static TimeSpan Shorter(TimeSpan one, TimeSpan? other) => other < one ? (other.Value > TimeSpan.Zero ? other.Value : TimeSpan.Zero) : one;

    private static bool MayPass(OrchestratorException e) => e.IsTransient || e.HttpStatus >= 500 || e.Kind is ErrorKind.ConnectionFailed or ErrorKind.TimedOut or ErrorKind.Busy
        || e.Id is nameof(Error.ResponseTruncated) or nameof(Error.ResponseMalformed) or nameof(Error.ResponseEmpty) or nameof(Error.ResponseIsHtml);

    private static JobRecord WithState(JobRecord job, ServerJob seen)
    {
        RunbookInstance? instance = JobFields.Last(seen.Instances ?? []);
        return job with
        {
            Status = seen.Status,
            InstanceStatus = instance?.Status ?? (seen.Status == JobStatus.Running ? InstanceStatus.InProgress : job.InstanceStatus),
            CreatedBy = seen.CreatedBy ?? job.CreatedBy,
            CreationTime = seen.CreationTime ?? job.CreationTime,
            StartTime = instance?.CreationTime ?? job.StartTime,
        };
    }

    /// <summary>The text of an error among what a step published. What the server calls it is not known for certain, so every name that says it is taken.</summary>
    private static string? ErrorOf(ActivityInstance activity) => (activity.Data ?? [])
        .Where(d => !string.IsNullOrWhiteSpace(d.Value) && d.Name.IndexOf("error", StringComparison.OrdinalIgnoreCase) >= 0)
        .OrderByDescending(d => d.Name.IndexOf("summary", StringComparison.OrdinalIgnoreCase) >= 0)
        .FirstOrDefault()?.Value?.Trim();

    private Task Delay(TimeSpan pause, CancellationToken cancellationToken) =>
#if NETSTANDARD2_0
        time.Delay(pause, cancellationToken);
#else
        Task.Delay(pause, time, cancellationToken);
#endif

    /// <summary>Keeps a state that was seen, if it is another one.</summary>
    private JobRecord Note(JobRecord job, ServerJob seen)
    {
        JobRecord now = WithState(job, seen);
        return now == job ? job : store.UpdateJob(job, kept => WithState(kept, seen)) ?? now;
    }

    private async Task<JobRecord> FinishAsync(JobRecord job, ServerJob seen, JobWaitOptions options, TimeSpan elapsed, CancellationToken cancellationToken)
    {
        (JobRecord ended, RunbookInstance? instance) = await EndOfAsync(job, seen, cancellationToken).ConfigureAwait(false);
        // Another process may have started it: what its secrets were, the run itself tells.
        HashSet<string> secrets = new(job.Parameters.Where(p => p.Value == JobParameter.Mask).Select(p => p.Key), StringComparer.OrdinalIgnoreCase);
        IEnumerable<JobParameter> told = (instance?.Parameters ?? [])
            .Where(p => p.Direction == ParameterDirection.In && secrets.Contains(p.Name))
            .Select(p => new JobParameter(p.Name, Guid.Empty, p.Value, IsSecret: true));
        JobRecord visible = new SecretMask(options.Parameters.Concat(told)).Of(ended);
        store.UpdateJob(job, _ => visible);
        // Outputs are the caller's; what went wrong is shown to everybody.
        ended = ended with { Error = visible.Error };
        reporter.Verbose($"The job {job.JobId} of the runbook '{job.RunbookPath}' is over: {ended.Status}{(ended.InstanceStatus == InstanceStatus.Unknown ? "" : $", {ended.InstanceStatus}")}.");
        options.Seen(ended, elapsed, null);
        return ended;
    }

    private async Task<(JobRecord Job, RunbookInstance? Instance)> EndOfAsync(JobRecord job, ServerJob seen, CancellationToken cancellationToken)
    {
        RunbookInstance? instance = await client.Jobs.GetLastInstanceAsync(seen, cancellationToken).ConfigureAwait(false);
        JobRecord ended = WithState(job, seen) with
        {
            InstanceStatus = instance?.Status ?? InstanceStatus.Unknown,
            StartTime = instance?.CreationTime,
            FinishTime = instance?.CompletionTime ?? seen.LastModifiedTime,
            RunbookServer = await NameServerAsync(instance?.RunbookServerId ?? seen.RunbookServerId, cancellationToken).ConfigureAwait(false),
            // The server answers in the order of keys, which is another one for every job.
            Outputs = [.. (instance?.Parameters ?? [])
                .Where(p => p.Direction == ParameterDirection.Out)
                .OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)
                .Select(p => new KeyValuePair<string, string>(p.Name, p.Value))],
        };
        bool hasFailed = seen.Status == JobStatus.Failed || (seen.Status == JobStatus.Completed && instance?.Status == InstanceStatus.Failed);
        if (instance is null || !hasFailed)
        {
            return (ended, instance);
        }

        IReadOnlyList<ActivityInstance> activities = await client.Jobs.GetActivitiesAsync(instance.Id, cancellationToken).ConfigureAwait(false);
        if (activities.FirstOrDefault(a => a.Status == InstanceStatus.Failed) is not { } failed)
        {
            return (ended, instance);
        }

        failed = await client.Jobs.CompleteActivityAsync(failed, cancellationToken).ConfigureAwait(false);
        return (ended with { FailedActivity = failed.Name ?? failed.ActivityId.ToString(), Error = ErrorOf(failed) }, instance);
    }

    private async Task<string?> NameServerAsync(Guid? id, CancellationToken cancellationToken)
    {
        if (id is null)
        {
            return null;
        }

        try
        {
            return await servers.FindNameAsync(id.Value, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e)
        {
            // The result of a job does not fail because of the name of the machine that it ran on.
            reporter.Verbose($"The runbook servers could not be read: {e.Message}");
            return null;
        }
    }

    private async Task<string?> FindRunningActivityAsync(ServerJob seen, CancellationToken cancellationToken)
    {
        if (seen.Status != JobStatus.Running)
        {
            return null;
        }

        if (!_instances.TryGetValue(seen.Id, out Guid instance))
        {
            RunbookInstance? found = seen.Instances is { } known ? JobFields.Last(known) : await client.Jobs.GetLastInstanceAsync(seen, cancellationToken).ConfigureAwait(false);
            if (found is null)
            {
                return null;
            }

            instance = _instances[seen.Id] = found.Id;
        }

        ActivityInstance? running = (await client.Jobs.GetActivitiesAsync(instance, cancellationToken).ConfigureAwait(false))
            .LastOrDefault(a => a.EndTime is null && a.Status is InstanceStatus.InProgress or InstanceStatus.Unknown);
        if (running is null || running.Name is not null)
        {
            return running?.Name;
        }

        if (!_activityNames.TryGetValue(running.ActivityId, out string? name))
        {
            name = _activityNames[running.ActivityId] = (await client.Jobs.CompleteActivityAsync(running with { Data = [] }, cancellationToken).ConfigureAwait(false)).Name;
        }

        return name;
    }

    /// <summary>Stops a job that is not over in time.</summary>
    /// <returns>The job, when it ended by itself at the last moment.</returns>
    private async Task<JobRecord?> StopAsync(JobRecord job, JobWaitOptions options, TimeSpan waited, CancellationToken cancellationToken)
    {
        OrchestratorException? refused = null;
        try
        {
            await client.Jobs.StopAsync(JobIdOf(job), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.HttpStatus is 400 or 409)
        {
            refused = e;
        }

        ServerJob seen = await client.Jobs.GetJobAsync(JobIdOf(job), cancellationToken).ConfigureAwait(false);
        if (!seen.IsOver)
        {
            Note(job, seen);
            return refused is null ? null : throw refused;
        }

        JobRecord ended = await FinishAsync(job, seen, options, waited, cancellationToken).ConfigureAwait(false);
        return refused is null && ended.Status == JobStatus.Canceled ? null : ended;
    }
}
