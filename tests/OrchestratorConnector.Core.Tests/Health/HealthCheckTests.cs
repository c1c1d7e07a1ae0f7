using System;
using System.Linq;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Health;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Health;

/// <summary>How the health of a connector is judged.</summary>
public sealed class HealthCheckTests
{
    private static readonly DateTime Now = new(2026, 3, 5, 12, 0, 0, DateTimeKind.Utc);

    private static readonly Connector Main = Samples.Connector() with { CreationTime = Now.AddDays(-10), Schedule = SyncSchedule.Interval(TimeSpan.FromHours(4)), RunAsAccount = "Service" };

    private static ConnectorState Fine => new()
    {
        Connector = Main,
        Status = ConnectorStatus.FinishedSuccess,
        LastStartTime = Now.AddHours(-1),
        LastFinishTime = Now.AddHours(-1).AddMinutes(1),
        LastSuccessTime = Now.AddHours(-1).AddMinutes(1),
        RunbookCount = 1234,
    };

    private static HealthFinding[] Examine(ConnectorHealth health) => [.. HealthCheck.Examine(health, Now, TimeZoneInfo.Utc)];

    private static HealthFinding Only(ConnectorState state, params SyncRecord[] history) => Assert.Single(Examine(new ConnectorHealth { State = state, History = history }));

    private static SyncRecord Past(double hoursAgo, double minutes, bool success = true) => new()
    {
        Connector = "Main",
        Status = success ? ConnectorStatus.FinishedSuccess : ConnectorStatus.FinishedWithError,
        StartTime = Now.AddHours(-hoursAgo),
        FinishTime = Now.AddHours(-hoursAgo).AddMinutes(minutes),
    };

    [Fact]
    public void All_is_well()
    {
        HealthFinding finding = Only(Fine);

        Assert.Equal((HealthSeverity.Healthy, "Main", "Synchronization"), (finding.Severity, finding.Connector, finding.Check));
        Assert.Equal("It was synchronized; the library has 1,234 of its runbooks.", finding.Message);
        Assert.Equal(Fine.LastSuccessTime, finding.Since);
    }

    [Theory]
    [InlineData(ConnectorStatus.NeverRun, "It is disabled, and was never synchronized.")]
    [InlineData(ConnectorStatus.FinishedWithError, "It is disabled.")]
    public void A_disabled_connector_is_no_alarm(ConnectorStatus status, string message)
    {
        HealthFinding finding = Only(new ConnectorState { Connector = Main with { Enabled = false }, Status = status, LastError = "old" });

        Assert.Equal((HealthSeverity.Information, message), (finding.Severity, finding.Message));
        Assert.Contains("Enable-OrchestratorConnector", finding.Hint!, StringComparison.Ordinal);
    }

    [Fact]
    public void What_never_ran_says_why()
    {
        ConnectorState never = new() { Connector = Main with { CreationTime = Now.AddMinutes(-1) } };

        HealthFinding none = Only(new ConnectorState { Connector = Main with { Schedule = SyncSchedule.None } });
        HealthFinding soon = Only(new ConnectorState { Connector = never.Connector with { Schedule = SyncSchedule.Daily(TimeSpan.FromHours(13)) } });
        HealthFinding[] late = Examine(new ConnectorHealth { State = new ConnectorState { Connector = Main } });
        HealthFinding[] held = Examine(new ConnectorHealth { State = new ConnectorState { Connector = Main, IsScheduleHeld = true } });

        Assert.Equal((HealthSeverity.Warning, "It was never synchronized, and has no schedule."), (none.Severity, none.Message));
        Assert.Equal((HealthSeverity.Information, "It was not synchronized yet; it is due at 2026-03-05 13:00."), (soon.Severity, soon.Message));
        Assert.Equal(["Synchronization", "Schedule"], late.Select(f => f.Check));
        Assert.All(late, f => Assert.Equal(HealthSeverity.Warning, f.Severity));
        Assert.Contains("Register-OrchestratorConnectorSchedule", late[1].Hint!, StringComparison.Ordinal);
        Assert.Contains("another machine", held[0].Message, StringComparison.Ordinal);
        Assert.Equal("Schedule", held[1].Check);
    }

    [Theory]
    [InlineData("AuthenticationFailed", "Credentials")]
    [InlineData("SecretUnreadable", "Credentials")]
    [InlineData("RequestTimedOut", "Synchronization")]
    [InlineData(null, "Synchronization")]
    public void A_failure_says_why_and_since_when(string? errorId, string check)
    {
        ConnectorState failed = new() { Connector = Main, Status = ConnectorStatus.FinishedWithError, LastStartTime = Now.AddHours(-1), LastError = "because.", LastErrorId = errorId };

        HealthFinding finding = Only(failed, Past(1, 1, false), Past(5, 1, false), Past(9, 1), Past(13, 1, false));

        Assert.Equal((HealthSeverity.Error, check), (finding.Severity, finding.Check));
        Assert.Contains("because.", finding.Message, StringComparison.Ordinal);
        Assert.Equal(Now.AddHours(-5), finding.Since);
        Assert.Equal(check == "Credentials", finding.Hint!.Contains("Set-OrchestratorRunAsAccount 'Service'", StringComparison.Ordinal));
    }

    [Fact]
    public void Refused_credentials_of_the_current_user_are_not_blamed_on_an_account()
    {
        HealthFinding finding = Only(new ConnectorState { Connector = Main with { RunAsAccount = null }, Status = ConnectorStatus.FinishedWithError, LastStartTime = Now, LastErrorId = "AuthenticationFailed", LastError = "no" });

        Assert.DoesNotContain("Set-OrchestratorRunAsAccount", finding.Hint!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(59, new double[0], false)]
    [InlineData(61, new double[0], true)]
    [InlineData(9, new[] { 1.0, 2.0 }, false)]
    [InlineData(11, new[] { 1.0, 2.0 }, true)]
    [InlineData(29, new[] { 10.0, 2.0 }, false)]
    [InlineData(31, new[] { 10.0, 2.0 }, true)]
    public void A_synchronization_takes_too_long_by_what_the_others_took(double minutes, double[] before, bool tooLong)
    {
        ConnectorState running = new() { Connector = Main, Status = ConnectorStatus.Running, LastStartTime = Now.AddMinutes(-minutes), PercentComplete = 40 };

        HealthFinding[] findings = Examine(new ConnectorHealth { State = running, History = [.. before.Select((m, i) => Past(24 * (i + 1), m))] });

        Assert.Equal(tooLong, findings.Length == 1);
        Assert.All(findings, f => Assert.Contains("40 % done", f.Message, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4.4, false)]
    [InlineData(4.6, true)]
    public void Overdue_is_what_nobody_called_for_half_an_hour(double hours, bool overdue)
    {
        ConnectorState state = new() { Connector = Main, Status = ConnectorStatus.FinishedSuccess, LastStartTime = Now.AddHours(-hours) };

        HealthFinding finding = Only(state);

        Assert.Equal(overdue ? ("Schedule", HealthSeverity.Warning) : ("Synchronization", HealthSeverity.Healthy), (finding.Check, finding.Severity));
    }

    [Fact]
    public void Runbooks_servers_and_jobs_are_told_of()
    {
        JobRecord failed = Samples.Job("Restart", JobStatus.Completed) with { JobId = Samples.Id(9), InstanceStatus = InstanceStatus.Failed, FailedActivity = "Send mail", FinishTime = Now.AddHours(-3) };
        HealthFinding[] findings = Examine(new ConnectorHealth
        {
            State = Fine,
            Missing = [.. Enumerable.Range(1, 5).Select(n => Runbook(n, RunbookStatus.Missing))],
            Invalid = [Runbook(7, RunbookStatus.Invalid), Runbook(8, RunbookStatus.Invalid)],
            Servers = [new RunbookServer(Samples.Id(1), "RS01"), new RunbookServer(Samples.Id(2), "RS02")],
            LastJobs =
            [
                failed,
                Samples.Job("Fine", JobStatus.Completed) with { JobId = Samples.Id(10), InstanceStatus = InstanceStatus.Success },
                Samples.Job("Refused", JobStatus.Failed) with { Error = "no right" },
            ],
        });

        Assert.Equal(
            [
                @"Warning Runbooks : Runbooks that the server no longer returns: 5 (\Ops\Runbook 1, \Ops\Runbook 2, \Ops\Runbook 3, …).",
                @"Error Runbooks \Ops\Runbook 7: broken 7",
                @"Error Runbooks \Ops\Runbook 8: broken 8",
                "Information Servers : Runbook servers seen: RS01, RS02.",
                @"Warning Jobs \Ops\Refused: Its last job was not started: no right",
                @"Warning Jobs \Ops\Restart: Its last job failed at the activity 'Send mail'.",
            ],
            findings.Select(f => $"{f.Severity} {f.Check} {f.Target}: {f.Message}"));
        Assert.Equal(Now.AddDays(-5), findings[0].Since);
        Assert.Equal(failed.FinishTime, findings[5].Since);
    }

    private static LibraryRunbook Runbook(int number, RunbookStatus status) => new()
    {
        ConnectorId = 1,
        Connector = "Main",
        Runbook = Samples.Runbook(number),
        Status = status,
        StatusReason = $"broken {number}",
        LastSeenTime = Now.AddDays(-number),
    };
}
