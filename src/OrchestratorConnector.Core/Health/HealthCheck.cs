using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Health;

/// <summary>
/// Judges the health of a connector by what is known of it, as an operator asks in the morning: what does not work, what was
/// forgotten, what has to be looked at.
/// </summary>
public static class HealthCheck
{
    // So late may the machine's scheduler be before it looks as if nobody called it.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(30);

    // How long a synchronization may take when nothing is known of earlier ones, and how long it may take at any rate.
    private static readonly TimeSpan UsualDuration = TimeSpan.FromHours(1);
    private static readonly TimeSpan ShortestLong = TimeSpan.FromMinutes(10);

    // Three times as long as the longest before is no bad day any more.
    private const int TooLong = 3;

    private const int NamedRunbooks = 3;

    private static readonly HashSet<string> CredentialErrors = new(StringComparer.Ordinal)
    {
        nameof(Error.AuthenticationFailed),
        nameof(Error.BasicOverHttpRefused),
        nameof(Error.AccountNotFound),
        nameof(Error.SecretUnreadable),
        nameof(Error.SecretVaultUnavailable),
        nameof(Error.SecretNotFound),
        nameof(Error.SecretNotCredential),
    };

    /// <summary>Everything there is to say of one connector; that all is well, where it is.</summary>
    /// <param name="connector">What is known of it.</param>
    /// <param name="now">The time, in UTC.</param>
    /// <param name="zone">The zone of the schedules' times of day.</param>
    public static IReadOnlyList<HealthFinding> Examine(ConnectorHealth connector, DateTime now, TimeZoneInfo zone)
    {
        List<HealthFinding> findings =
        [
            .. Synchronization(connector, now, zone),
            .. Schedule(connector.State, now, zone),
            .. Runbooks(connector),
            .. Servers(connector),
            .. Jobs(connector),
        ];
        if (!findings.Any(f => f.Severity > HealthSeverity.Information) && connector.State is { Status: ConnectorStatus.FinishedSuccess } state)
        {
            findings.Insert(0, Finding(connector.State, HealthSeverity.Healthy, "Synchronization", Invariant($"It was synchronized; the library has {state.RunbookCount:N0} of its runbooks."), since: state.LastSuccessTime));
        }

        return findings;
    }

    private static IEnumerable<HealthFinding> Synchronization(ConnectorHealth connector, DateTime now, TimeZoneInfo zone)
    {
        ConnectorState state = connector.State;
        if (!state.Connector.Enabled)
        {
            yield return Finding(state, HealthSeverity.Information, "Synchronization", state.Status == ConnectorStatus.NeverRun ? "It is disabled, and was never synchronized." : "It is disabled.", "Enable-OrchestratorConnector lets it be synchronized again.");
            yield break;
        }

        switch (state.Status)
        {
            case ConnectorStatus.NeverRun:
                yield return NeverRun(state, now, zone);
                break;
            case ConnectorStatus.Running when state.LastStartTime is { } start && now - start > Patience(connector):
                yield return Finding(state, HealthSeverity.Warning, "Synchronization", Invariant($"It has been synchronizing for {Duration(now - start)}, {state.PercentComplete ?? 0} % done."), "Get-OrchestratorConnectorHistory shows how long it took before; -TimeoutSeconds bounds how long one answer may take.", start);
                break;
            case ConnectorStatus.FinishedWithError or ConnectorStatus.Unknown:
                bool refused = state.LastErrorId is { } id && CredentialErrors.Contains(id);
                yield return Finding(
                    state,
                    HealthSeverity.Error,
                    refused ? "Credentials" : "Synchronization",
                    refused ? $"Its credentials are refused: {state.LastError}" : state.LastError ?? "The last synchronization did not succeed.",
                    refused
                        ? state.Connector.RunAsAccount is { } account
                            ? $"Set-OrchestratorRunAsAccount '{account}' gives the account its new password; Test-OrchestratorConnector tries it."
                            : "It signs in as the user who runs the synchronization: give it a Run As account, or that user the rights."
                        : "Test-OrchestratorConnector says step by step what is wrong.",
                    FailingSince(connector));
                break;
        }
    }

    private static HealthFinding NeverRun(ConnectorState state, DateTime now, TimeZoneInfo zone)
    {
        DateTime? next = state.NextRunTime(zone);
        return next is null
            ? Finding(state, HealthSeverity.Warning, "Synchronization", state.IsScheduleHeld ? "It was never synchronized: its schedule belongs to another machine." : "It was never synchronized, and has no schedule.", "Sync-OrchestratorConnector synchronizes it; Set-OrchestratorConnector -Schedule Daily gives it a schedule.", state.Connector.CreationTime)
            : next > now - Grace
                ? Finding(state, HealthSeverity.Information, "Synchronization", $"It was not synchronized yet; it is due at {Local(next.Value, zone)}.", "Sync-OrchestratorConnector synchronizes it at once.", state.Connector.CreationTime)
                : Finding(state, HealthSeverity.Warning, "Synchronization", "It was never synchronized.", "Sync-OrchestratorConnector synchronizes it at once.", state.Connector.CreationTime);
    }

    private static IEnumerable<HealthFinding> Schedule(ConnectorState state, DateTime now, TimeZoneInfo zone)
    {
        if (state.Connector.Enabled && state.IsScheduleHeld && state.Connector.Schedule != SyncSchedule.None)
        {
            yield return Finding(state, HealthSeverity.Warning, "Schedule", "Its schedule belongs to another machine, from which the store was copied; nothing is due here.", "Enable-OrchestratorConnector confirms the schedule for this machine.");
        }
        else if (state.Status != ConnectorStatus.Running && state.NextRunTime(zone) is { } due && due < now - Grace)
        {
            yield return Finding(state, HealthSeverity.Warning, "Schedule", $"It has been due since {Local(due, zone)}, and nothing synchronized it.", "Register-OrchestratorConnectorSchedule lets this machine's scheduler do it; Get-OrchestratorConnectorSchedule shows whether it does.", due);
        }
    }

    private static IEnumerable<HealthFinding> Runbooks(ConnectorHealth connector)
    {
        if (connector.Missing.Count > 0)
        {
            yield return Finding(connector.State, HealthSeverity.Warning, "Runbooks", Invariant($"Runbooks that the server no longer returns: {connector.Missing.Count:N0} ({Named(connector.Missing)})."), "They were deleted, moved out of the folder, or are no longer readable by the account: Get-SMRunbook -Status Missing shows since when.", connector.Missing.Min(r => r.LastSeenTime));
        }

        foreach (LibraryRunbook runbook in connector.Invalid)
        {
            yield return Finding(connector.State, HealthSeverity.Error, "Runbooks", runbook.StatusReason ?? "Its contract changed under a runbook activity.", "Compare-SMRunbook shows what changed, Approve-SMRunbook accepts it.") with { Target = runbook.Runbook.Path };
        }
    }

    private static IEnumerable<HealthFinding> Servers(ConnectorHealth connector)
    {
        if (connector.Servers.Count > 0)
        {
            yield return Finding(connector.State, HealthSeverity.Information, "Servers", $"Runbook servers seen: {string.Join(", ", connector.Servers.Select(s => s.Name))}.");
        }
    }

    private static IEnumerable<HealthFinding> Jobs(ConnectorHealth connector) =>
        from job in connector.LastJobs
        where job.HasFailed
        orderby job.RunbookPath
        select Finding(
            connector.State,
            HealthSeverity.Warning,
            "Jobs",
            job.JobId is null ? $"Its last job was not started: {job.Error}" : $"Its last job failed{(job.FailedActivity is { } activity ? $" at the activity '{activity}'" : string.Empty)}{(job.Error is { } error ? ": " + error : ".")}",
            job.JobId is { } id ? $"Get-SMRunbookJob -Id {id} shows it whole." : "Get-SMRunbookJob shows it whole.",
            job.FinishTime ?? job.RequestTime) with { Target = job.RunbookPath };

    /// <summary>How long a synchronization may take before it takes too long.</summary>
    private static TimeSpan Patience(ConnectorHealth connector)
    {
        TimeSpan[] durations = [.. connector.History.Where(r => r.Status == ConnectorStatus.FinishedSuccess && r.FinishTime is not null).Select(r => r.FinishTime!.Value - r.StartTime)];
        TimeSpan longest = durations.Length == 0 ? UsualDuration : TimeSpan.FromTicks(durations.Max().Ticks * TooLong);
        return longest > ShortestLong ? longest : ShortestLong;
    }

    /// <summary>The first of the synchronizations that failed one after the other until now.</summary>
    private static DateTime? FailingSince(ConnectorHealth connector) =>
        connector.History.TakeWhile(r => r.Status != ConnectorStatus.FinishedSuccess).LastOrDefault()?.StartTime ?? connector.State.LastStartTime;

    private static string Named(IReadOnlyList<LibraryRunbook> runbooks) =>
        string.Join(", ", runbooks.Take(NamedRunbooks).Select(r => r.Runbook.Path)) + (runbooks.Count > NamedRunbooks ? ", …" : string.Empty);

    private static HealthFinding Finding(ConnectorState state, HealthSeverity severity, string check, string message, string? hint = null, DateTime? since = null) => new()
    {
        Severity = severity,
        Connector = state.Connector.Name,
        Check = check,
        Message = message,
        Hint = hint,
        Since = since,
    };

    private static string Local(DateTime time, TimeZoneInfo zone) =>
        TimeZoneInfo.ConvertTimeFromUtc(time, zone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Duration(TimeSpan duration) =>
        duration.TotalHours >= 1 ? Invariant($"{(int)duration.TotalHours} h {duration.Minutes} min") : Invariant($"{(int)duration.TotalMinutes} min");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
