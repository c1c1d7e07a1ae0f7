using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Events;

/// <summary>The catalogue: every event of the product is made here, without its time and its process, which the store knows.</summary>
internal static class Event
{
    public static ConnectorEvent Created(Connector connector) => Of(EventKind.ConnectorCreated, connector, $"The connector '{connector.Name}' to {connector.ServiceUrl} was registered.") with
    {
        Data =
        [
            new("ServiceUrl", connector.ServiceUrl.OriginalString),
            new("Folder", connector.Folder),
            new("RunAsAccount", connector.RunAsAccount ?? string.Empty),
            new("Schedule", connector.Schedule.ToString()),
        ],
    };

    /// <summary>What a change of a connector amounts to: nothing, to be switched on or off, or other settings.</summary>
    public static IEnumerable<ConnectorEvent> Changed(Connector before, Connector after)
    {
        PropertyChange[] changes = [.. ConnectorSettings.Between(before, after).Where(c => c.Name != nameof(Connector.Enabled))];
        if (changes.Length > 0)
        {
            yield return Of(EventKind.ConnectorChanged, after, $"The connector '{before.Name}' was changed: {string.Join("; ", changes.Select(c => c.Name))}.") with
            {
                Data = [.. changes.Select(c => new KeyValuePair<string, string>(c.Name, $"{c.Before} → {c.After}"))],
            };
        }

        if (before.Enabled != after.Enabled)
        {
            yield return after.Enabled
                ? Of(EventKind.ConnectorEnabled, after, $"The connector '{after.Name}' was enabled.")
                : Of(EventKind.ConnectorDisabled, after, $"The connector '{after.Name}' was disabled.");
        }

        if (before.Home != after.Home)
        {
            yield return Of(EventKind.ScheduleConfirmed, after, $"The schedule of the connector '{after.Name}' was confirmed for this machine.");
        }
    }

    public static ConnectorEvent Removed(Connector connector, long runbooks, bool kept) =>
        Of(EventKind.ConnectorRemoved, connector, Invariant($"The connector '{connector.Name}' was removed; {runbooks:N0} runbooks {(kept ? "stay, pending delete" : "went with it")}.")) with
        {
            Data = [new("Runbooks", Text(runbooks)), new("Kept", kept.ToString())],
        };

    public static ConnectorEvent Purged(string connector, long runbooks) => new()
    {
        Kind = EventKind.ConnectorRemoved,
        Connector = connector,
        Message = Invariant($"{runbooks:N0} runbooks that the removed connector '{connector}' had left were deleted."),
        Data = [new("Runbooks", Text(runbooks)), new("Kept", bool.FalseString)],
    };

    /// <summary>How a synchronization ended.</summary>
    /// <param name="record">The synchronization.</param>
    /// <param name="errorId">The error's id, where it failed of one.</param>
    public static IEnumerable<ConnectorEvent> Synchronized(SyncRecord record, string? errorId = null)
    {
        bool succeeded = record.Status == ConnectorStatus.FinishedSuccess;
        SyncCounts counts = record.Counts;
        string message = succeeded
            ? Invariant($"'{record.Connector}' was synchronized: {counts.Total:N0} runbooks, {counts.Added:N0} added, {counts.Changed:N0} changed, {counts.Missing:N0} missing, {counts.Returned:N0} returned.")
            : $"'{record.Connector}' was not synchronized: {record.Error}";
        List<KeyValuePair<string, string>> data =
        [
            new("Total", Text(counts.Total)),
            new("Added", Text(counts.Added)),
            new("Changed", Text(counts.Changed)),
            new("Missing", Text(counts.Missing)),
            new("Returned", Text(counts.Returned)),
            new("Invalid", Text(counts.Invalid)),
            new("Requests", Text(record.Requests)),
            new("Bytes", Text(record.Bytes)),
            new("Seconds", ((record.FinishTime ?? record.StartTime) - record.StartTime).TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
        ];
        if (errorId is not null)
        {
            data.Add(new("ErrorId", errorId));
        }

        yield return new ConnectorEvent
        {
            Kind = succeeded ? EventKind.SyncFinished : EventKind.SyncFailed,
            Level = succeeded ? EventLevel.Information : EventLevel.Error,
            ConnectorId = record.ConnectorId,
            Connector = record.Connector,
            Message = message,
            Data = data,
        };
        if (counts.Invalid > 0)
        {
            yield return new ConnectorEvent
            {
                Kind = EventKind.RunbooksInvalid,
                Level = EventLevel.Warning,
                ConnectorId = record.ConnectorId,
                Connector = record.Connector,
                Message = Invariant($"{counts.Invalid:N0} runbooks of '{record.Connector}' became invalid: their contracts changed under runbook activities. Compare-SMRunbook shows how, Approve-SMRunbook accepts it."),
                Data = [new("Invalid", Text(counts.Invalid))],
            };
        }
    }

    public static ConnectorEvent Interrupted(Connector connector, string reason) =>
        Of(EventKind.SyncInterrupted, connector, reason, EventLevel.Warning);

    public static ConnectorEvent Tested(Connector connector, bool success, string message, string? errorId, TimeSpan duration) =>
        Of(success ? EventKind.TestSucceeded : EventKind.TestFailed, connector, $"Test of '{connector.Name}': {message}", success ? EventLevel.Information : EventLevel.Error) with
        {
            Data =
            [
                .. errorId is null ? Array.Empty<KeyValuePair<string, string>>() : [new("ErrorId", errorId)],
                new("Seconds", duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture)),
            ],
        };

    /// <summary>What a change of a kept job amounts to: that it was started, or how it ended. Its values are nobody's business.</summary>
    public static IEnumerable<ConnectorEvent> Changed(JobRecord before, JobRecord after)
    {
        if (before.JobId is null && after.JobId is not null)
        {
            yield return Of(EventKind.JobStarted, after, EventLevel.Information, $"The runbook '{after.RunbookPath}' was started as job {after.JobId}.");
        }

        if (after.JobId is null && before.Error is null && after is { Status: JobStatus.Unknown, Error: { } unknown })
        {
            yield return Of(EventKind.JobOutcomeUnknown, after, EventLevel.Warning, unknown);
        }

        if (!before.IsOver && after.IsOver)
        {
            yield return After(after);
        }
    }

    public static ConnectorEvent Approved(LibraryRunbook runbook) => new()
    {
        Kind = EventKind.RunbookApproved,
        ConnectorId = runbook.ConnectorId,
        Connector = runbook.Connector,
        Target = runbook.Runbook.Path,
        Message = $"The changed contract of the runbook '{runbook.Runbook.Path}' was accepted.",
    };

    public static ConnectorEvent Created(RunAsAccount account) => Of(EventKind.AccountCreated, account, $"The Run As account '{account.Name}' was made.");

    public static ConnectorEvent Changed(RunAsAccount before, RunAsAccount after)
    {
        string[] changes =
        [
            .. before.Name != after.Name ? ["Name"] : Array.Empty<string>(),
            .. before.Description != after.Description ? ["Description"] : Array.Empty<string>(),
            .. before.UserName != after.UserName ? ["UserName"] : Array.Empty<string>(),
            .. before.ProtectedPassword != after.ProtectedPassword ? ["Password"] : Array.Empty<string>(),
            .. before.SecretName != after.SecretName || before.Vault != after.Vault ? ["Secret"] : Array.Empty<string>(),
        ];
        return Of(EventKind.AccountChanged, after, $"The Run As account '{before.Name}' was changed: {string.Join("; ", changes)}.");
    }

    public static ConnectorEvent Removed(RunAsAccount account) => Of(EventKind.AccountRemoved, account, $"The Run As account '{account.Name}' was removed.");

    public static ConnectorEvent Created(RunbookActivity activity) => Of(EventKind.ActivityCreated, activity, $"The runbook activity '{activity.Name}' over '{activity.RunbookPath}' was made.");

    public static ConnectorEvent Changed(RunbookActivity before, RunbookActivity after) =>
        Of(EventKind.ActivityChanged, after, $"The runbook activity '{before.Name}' was changed.");

    public static ConnectorEvent Removed(RunbookActivity activity) => Of(EventKind.ActivityRemoved, activity, $"The runbook activity '{activity.Name}' was removed.");

    public static ConnectorEvent ScheduleRegistered(string name, string scheduler) => new()
    {
        Kind = EventKind.ScheduleRegistered,
        Target = name,
        Message = $"{scheduler} was told to synchronize what is due, as '{name}'.",
        Data = [new("Scheduler", scheduler)],
    };

    public static ConnectorEvent ScheduleUnregistered(string name, string scheduler) => new()
    {
        Kind = EventKind.ScheduleUnregistered,
        Target = name,
        Message = $"{scheduler} no longer synchronizes what is due: '{name}' was removed.",
        Data = [new("Scheduler", scheduler)],
    };

    private static ConnectorEvent After(JobRecord job)
    {
        if (job.Status == JobStatus.Canceled)
        {
            return Of(EventKind.JobCanceled, job, EventLevel.Warning, job.JobId is null ? $"The runbook '{job.RunbookPath}' was not started: {job.Error}" : $"The job {job.JobId} of the runbook '{job.RunbookPath}' was stopped.");
        }

        if (job.JobId is null)
        {
            return Of(EventKind.JobRefused, job, EventLevel.Error, $"The runbook '{job.RunbookPath}' was not started: {job.Error}");
        }

        return job switch
        {
            { HasFailed: true } => Of(EventKind.JobFailed, job, EventLevel.Error, $"The runbook '{job.RunbookPath}' failed in job {job.JobId}{(job.FailedActivity is { } activity ? $", at the activity '{activity}'" : string.Empty)}.{(job.Error is { } error ? " " + error : string.Empty)}"),
            { InstanceStatus: InstanceStatus.Warning } => Of(EventKind.JobFinishedWithWarning, job, EventLevel.Warning, $"The runbook '{job.RunbookPath}' ended with a warning in job {job.JobId}."),
            _ => Of(EventKind.JobFinished, job, EventLevel.Information, $"The runbook '{job.RunbookPath}' succeeded in job {job.JobId}."),
        };
    }

    private static ConnectorEvent Of(EventKind kind, Connector connector, string message, EventLevel level = EventLevel.Information) => new()
    {
        Kind = kind,
        Level = level,
        ConnectorId = connector.Id,
        Connector = connector.Name,
        Message = message,
    };

    private static ConnectorEvent Of(EventKind kind, JobRecord job, EventLevel level, string message) => new()
    {
        Kind = kind,
        Level = level,
        ConnectorId = job.ConnectorId,
        Connector = job.Connector,
        Target = job.RunbookPath,
        Message = message,
        Data = job.JobId is { } id
            ? [new("JobId", id.ToString()), .. job.RunbookServer is { } server ? [new("RunbookServer", server)] : Array.Empty<KeyValuePair<string, string>>()]
            : [],
    };

    private static ConnectorEvent Of(EventKind kind, RunAsAccount account, string message) => new() { Kind = kind, Target = account.Name, Message = message };

    private static ConnectorEvent Of(EventKind kind, RunbookActivity activity, string message) => new()
    {
        Kind = kind,
        ConnectorId = activity.ConnectorId,
        Target = activity.Name,
        Message = message,
    };

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
