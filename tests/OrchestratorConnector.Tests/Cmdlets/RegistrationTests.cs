using System;
using System.IO;
using System.Management.Automation;
using System.Management.Automation.Double;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>
/// Handing the schedule to the machine, as far as the machine is not touched: what would be installed, and what is refused. What
/// is installed is tested where the machine is a fake (the core's tests), and where it is none (tests/ScheduleLab).
/// </summary>
public sealed class RegistrationTests : CmdletTest
{
    private const string Registration = "Register-OrchestratorConnectorSchedule";

    private static readonly string Program = Environment.ProcessPath!;

    [Theory]
    [InlineData(SchedulerKind.TaskScheduler, "<Interval>PT15M</Interval>")]
    [InlineData(SchedulerKind.Systemd, "\nOnCalendar=*:0/15\n")]
    [InlineData(SchedulerKind.Cron, "\n*/15 * * * * ")]
    [InlineData(SchedulerKind.Launchd, "<integer>900</integer>")]
    public void WhatIf_shows_all_that_would_be_installed_on_any_machine(SchedulerKind kind, string part)
    {
        ShellResult result = Run($"{Registration} -Every 00:15:00 -Scheduler {kind} -Shell $program -WhatIf", ("program", Program));

        AssertGood(result);
        string text = Assert.Single(result.WhatIf);
        Assert.StartsWith($"What if: Performing the operation \"Register schedule\" on target \"{ScheduleName.Of(StatePath)}\".\n", text, StringComparison.Ordinal);
        Assert.Contains(part, text, StringComparison.Ordinal);
        Assert.Contains("Sync-OrchestratorConnector -Due -StatePath", text, StringComparison.Ordinal);
        Assert.Contains(StatePath, text, StringComparison.Ordinal);
        Assert.Contains(Program, text, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.False(File.Exists(StatePath));
    }

    [Fact]
    public void The_password_of_an_account_is_not_shown()
    {
        ShellResult result = Run($"{Registration} -Scheduler TaskScheduler -Shell $program -Credential $credential -WhatIf -Verbose", ("program", Program), ("credential", CredentialOf(@"CONTOSO\svc", "geh<eim")));

        AssertGood(result);
        Assert.Contains(@"<UserId>CONTOSO\svc</UserId>", Assert.Single(result.WhatIf), StringComparison.Ordinal);
        Assert.Contains("<LogonType>Password</LogonType>", Assert.Single(result.WhatIf), StringComparison.Ordinal);
        Assert.DoesNotContain(result.Records, r => r.ToString()!.Contains("eim", StringComparison.Ordinal));
    }

    [Fact]
    public void The_shell_is_that_of_the_session()
    {
        string home = Directory.CreateDirectory(Beside("home of PowerShell")).FullName;
        File.WriteAllText(Path.Combine(home, "pwsh"), "");
        Shell.Variables["PSHOME"] = home;

        ShellResult result = Run($"{Registration} -Scheduler Systemd -WhatIf");

        AssertGood(result);
        Assert.Contains($"ExecStart=\"{Path.Combine(home, "pwsh")}\" ", Assert.Single(result.WhatIf), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_without_a_shell_of_its_own_has_to_name_one()
    {
        Shell.Variables["PSHOME"] = Beside("nothing");

        Assert.Contains("-Shell", RefusedRegistration("ShellNotFound", "-Scheduler Systemd").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_shell_that_is_not_there_is_refused() =>
        RefusedRegistration("ShellNotFound", "-Scheduler Systemd -Shell $program", ("program", Beside("none")));

    [Theory]
    [InlineData("00:07:00")]
    [InlineData("00:00:30")]
    [InlineData("02:00:00")]
    public void An_interval_that_does_not_divide_an_hour_is_refused(string every) =>
        RefusedRegistration("ScheduleIntervalInvalid", $"-Every {every} -Shell $program", ("program", Program));

    [Theory]
    [InlineData(SchedulerKind.Cron)]
    [InlineData(SchedulerKind.Systemd)]
    [InlineData(SchedulerKind.Launchd)]
    public void An_account_is_for_Task_Scheduler_alone(SchedulerKind kind) =>
        RefusedRegistration("CredentialNotSupported", $"-Scheduler {kind} -Shell $program -Credential $credential", ("program", Program), ("credential", CredentialOf("svc", "x")));

    [Fact]
    public void A_scheduler_of_another_system_is_refused_when_it_is_to_be_used()
    {
        SchedulerKind foreign = OperatingSystem.IsWindows() ? SchedulerKind.Cron : SchedulerKind.TaskScheduler;

        RefusedRegistration("NoScheduler", $"-Scheduler {foreign} -Shell $program", ("program", Program));
    }

    [Fact]
    public void Who_says_no_registers_nothing()
    {
        Shell.Confirmation = _ => ShellAnswer.No;

        ShellResult result = Run($"{Registration} -Scheduler TaskScheduler -Shell $program -Confirm", ("program", Program));

        AssertGood(result);
        Assert.Empty(result.Output);
        Assert.Single(result.Prompts);
    }

    [Fact]
    public void A_store_that_is_not_registered_has_nothing_to_show_or_to_take_away()
    {
        Assert.Empty(Good("Get-OrchestratorConnectorSchedule"));
        Assert.Contains(StatePath, Refused("ScheduleNotFound" + Commands + "UnregisterOrchestratorConnectorScheduleCommand", "Unregister-OrchestratorConnectorSchedule").ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(StatePath));
    }

    private ErrorRecord RefusedRegistration(string id, string parameters, params (string Name, object? Value)[] variables) =>
        Refused(id + Commands + "RegisterOrchestratorConnectorScheduleCommand", $"{Registration} {parameters}", variables);
}
