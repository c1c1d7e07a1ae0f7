using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>Which scheduler is used, and that a store is registered at one alone.</summary>
public sealed class MachineSchedulersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedRunner _runner = new();
    private byte[] _crontab = [];

    public MachineSchedulersTests() => _runner
        .On("crontab -l", () => new CommandResult(0, _crontab, ""))
        .On("systemctl --user show ", "UnitFileState=enabled\nActiveState=active\n");

    public void Dispose() => _folder.Dispose();

    // Cron is for Unix alone, and the tests of its being chosen with it.
    [Theory]
    [InlineData(true, 0, SchedulerKind.Systemd)]
    [InlineData(true, 1, SchedulerKind.Cron)]
    [InlineData(false, 0, SchedulerKind.Systemd)]
    public async Task The_first_that_the_machine_has_is_taken(bool hasCron, int systemd, SchedulerKind kind)
    {
        Has(hasCron, systemd);

        Assert.Equal(kind, (await Machine().ChooseAsync(SchedulerKind.Auto, CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task One_that_is_named_is_taken_before_any_other()
    {
        Assert.Equal(SchedulerKind.Cron, (await Machine().ChooseAsync(SchedulerKind.Cron, CancellationToken.None)).Kind);
        Assert.Equal(SchedulerKind.TaskScheduler, (await Machine(isWindows: true).ChooseAsync(SchedulerKind.Auto, CancellationToken.None)).Kind);
    }

    [Fact]
    public async Task A_machine_without_any_says_what_to_install()
    {
        Has(hasCron: false, systemd: 127);

        OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => Machine().ChooseAsync(SchedulerKind.Auto, CancellationToken.None));

        Assert.Equal("NoScheduler", error.Id);
        Assert.Contains("install cron", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(SchedulerKind.TaskScheduler, "Task Scheduler")]
    [InlineData(SchedulerKind.Systemd, "A systemd user manager")]
    public async Task One_that_is_named_and_is_not_there_is_an_error_when_it_is_to_be_used_and_not_before(SchedulerKind kind, string name)
    {
        Has(hasCron: true, systemd: 1);
        MachineSchedulers machine = Machine();
        IMachineScheduler scheduler = await machine.ChooseAsync(kind, CancellationToken.None);

        Assert.NotEmpty((await machine.PlanAsync(scheduler, JobSamples.Plain, CancellationToken.None)).Texts);
        OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => machine.RegisterAsync(scheduler, JobSamples.Plain, SilentReporter.Instance, CancellationToken.None));
        Assert.Equal("NoScheduler", error.Id);
        Assert.StartsWith(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_another_scheduler_had_is_taken_away_and_said_beforehand()
    {
        MachineSchedulers machine = Machine();
        _crontab = Crontab.With(Encoding.UTF8.GetBytes("0 1 * * * mine\n"), JobSamples.Plain);
        IMachineScheduler systemd = await machine.ChooseAsync(SchedulerKind.Systemd, CancellationToken.None);

        Assert.Contains("Cron gives up what it has under this name.\n", (await machine.PlanAsync(systemd, JobSamples.Plain, CancellationToken.None)).ToString(), StringComparison.Ordinal);
        Assert.True(await machine.RegisterAsync(systemd, JobSamples.Plain, SilentReporter.Instance, CancellationToken.None));

        Assert.Equal("0 1 * * * mine\n", Encoding.UTF8.GetString(_runner.Input!));
        _crontab = _runner.Input!;
        Assert.Equal(SchedulerKind.Systemd, Assert.Single(await machine.GetAllAsync(CancellationToken.None)).Scheduler);
        Assert.Empty((await machine.PlanAsync(systemd, JobSamples.Plain, CancellationToken.None)).Replaced);
        Assert.False(await machine.RegisterAsync(systemd, JobSamples.Plain, SilentReporter.Instance, CancellationToken.None));
    }

    [Fact]
    public async Task What_is_taken_away_goes_wherever_it_is_and_what_is_not_there_is_told()
    {
        MachineSchedulers machine = Machine();
        _crontab = Crontab.With([], JobSamples.Plain);

        Assert.False(await machine.UnregisterAsync(JobSamples.Of("/other.db").Name, CancellationToken.None));
        Assert.True(await machine.UnregisterAsync(JobSamples.Plain.Name, CancellationToken.None));
        Assert.Contains("crontab -r", _runner.Commands);
    }

    private MachineSchedulers Machine(bool isWindows = false) => new(
    [
        new WindowsTaskScheduler(new FakeTaskService { IsAvailable = isWindows }, @"CONTOSO\anna", null),
        new SystemdScheduler(_runner, _folder.Path),
        new CronScheduler(_runner),
    ]);

    private void Has(bool hasCron, int systemd)
    {
        _runner.On("systemctl --user show-environment", exitCode: systemd);
        if (!hasCron)
        {
            _runner.On("crontab", () => CommandResult.Missing);
        }
    }
}
