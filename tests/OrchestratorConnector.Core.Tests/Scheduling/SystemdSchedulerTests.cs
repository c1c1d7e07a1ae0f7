using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>How units come to a user's systemd and go again.</summary>
public sealed class SystemdSchedulerTests : IDisposable
{
    private const string Running = "UnitFileState=enabled\nActiveState=active\nNextElapseUSecRealtime=Sat 2026-11-21 19:10:00 UTC\nLastTriggerUSec=\n";

    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedRunner _runner = new();
    private readonly RecordingReporter _reporter = new();

    private string Units => _folder.File("systemd/user");

    private SystemdScheduler Scheduler => new(_runner, Units);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_registration_writes_the_units_and_starts_the_timer()
    {
        bool isChanged = await RegisterAsync(JobSamples.Plain);

        Assert.True(isChanged);
        Assert.Equal([JobSamples.Plain.Name + ".service", JobSamples.Plain.Name + ".timer"], Directory.EnumerateFiles(Units).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(SystemdUnits.Service(JobSamples.Plain), File.ReadAllText(Path.Combine(Units, JobSamples.Plain.Name + ".service")));
        Assert.Equal(SystemdUnits.Timer(JobSamples.Plain), File.ReadAllText(Path.Combine(Units, JobSamples.Plain.Name + ".timer")));
        Assert.Equal(
            ["systemctl --user daemon-reload", $"systemctl --user enable {JobSamples.Plain.Name}.timer", $"systemctl --user restart {JobSamples.Plain.Name}.timer"],
            _runner.Commands.Where(c => !c.StartsWith("loginctl", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task The_plan_says_what_is_written_and_run_and_does_neither()
    {
        string plan = Scheduler.Plan(JobSamples.Plain).ToString();

        Assert.Empty(_runner.Commands);
        Assert.False(Directory.Exists(Units));
        await RegisterAsync(JobSamples.Plain);
        Assert.All(Directory.EnumerateFiles(Units), f => Assert.Contains($"{f}:\n{File.ReadAllText(f)}", plan, StringComparison.Ordinal));
        Assert.All(_runner.Commands.Where(c => c.StartsWith("systemctl", StringComparison.Ordinal)), c => Assert.Contains($"Run: {c}\n", plan, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_same_once_more_changes_nothing()
    {
        await RegisterAsync(JobSamples.Plain);
        _runner.On("systemctl --user show", Running);
        _runner.Commands.Clear();

        Assert.False(await RegisterAsync(JobSamples.Plain));

        Assert.DoesNotContain(_runner.Commands, c => c.Contains("enable", StringComparison.Ordinal) || c.Contains("reload", StringComparison.Ordinal));
        Assert.True(await RegisterAsync(JobSamples.Of(JobSamples.Plain.StatePath, 30)));
        Assert.Equal(TimeSpan.FromMinutes(30), Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None)).Every);
    }

    [Theory]
    [InlineData("UnitFileState=disabled\nActiveState=active\n")]
    [InlineData("UnitFileState=enabled\nActiveState=inactive\n")]
    [InlineData("")]
    public async Task One_that_was_stopped_is_started_again(string state)
    {
        await RegisterAsync(JobSamples.Plain);
        _runner.On("systemctl --user show", state);

        Assert.False(Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None)).Enabled);
        Assert.True(await RegisterAsync(JobSamples.Plain));
    }

    [Fact]
    public async Task What_is_registered_is_read_back_with_what_systemd_tells()
    {
        ScheduledJob job = JobSamples.Of("/srv/100% 'ü' $HOME.db", 15);
        await RegisterAsync(job);
        _runner.On("systemctl --user show", Running.Replace("LastTriggerUSec=", "LastTriggerUSec=Sat 2026-11-21 19:05:03 UTC", StringComparison.Ordinal))
            .On($"systemctl --user show {job.Name}.service", "ExecMainStatus=1\n");

        InstalledSchedule installed = Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None));

        Assert.Equal((job.Name, job.StatePath, job.Shell, job.Module, job.Every, true), (installed.Name, installed.StatePath, installed.Shell, installed.Module, installed.Every, installed.Enabled));
        Assert.Equal(new DateTime(2026, 11, 21, 19, 10, 0, DateTimeKind.Utc), installed.NextRunTime);
        Assert.Equal(new DateTime(2026, 11, 21, 19, 5, 3, DateTimeKind.Utc), installed.LastRunTime);
        Assert.Equal(1, installed.LastResult);
        Assert.Equal(DateTimeKind.Utc, installed.NextRunTime!.Value.Kind);
    }

    [Fact]
    public async Task One_that_has_not_run_has_no_result()
    {
        await RegisterAsync(JobSamples.Plain);
        _runner.On("systemctl --user show", Running + "ExecMainStatus=0\n");

        InstalledSchedule installed = Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None));

        Assert.Null(installed.LastRunTime);
        Assert.Null(installed.LastResult);
    }

    [Fact]
    public async Task Units_of_others_are_neither_shown_nor_touched()
    {
        Directory.CreateDirectory(Units);
        File.WriteAllText(Path.Combine(Units, "backup.timer"), "[Timer]\nOnCalendar=daily\n");
        ScheduledJob other = JobSamples.Of("/other.db");
        await RegisterAsync(JobSamples.Plain);
        await RegisterAsync(other);

        await Scheduler.UnregisterAsync(JobSamples.Plain.Name, CancellationToken.None);

        Assert.Equal(other.Name, Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None)).Name);
        Assert.Equal(3, Directory.GetFiles(Units).Length);
        Assert.Contains($"systemctl --user disable --now {JobSamples.Plain.Name}.timer", _runner.Commands);
    }

    [Fact]
    public async Task What_systemd_does_not_take_does_not_stay()
    {
        _runner.On("systemctl --user enable", exitCode: 1, errors: "Failed to connect to bus");

        OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => RegisterAsync(JobSamples.Plain));

        Assert.Equal("SchedulerFailed", error.Id);
        Assert.Contains($"systemctl --user enable {JobSamples.Plain.Name}.timer", error.Message, StringComparison.Ordinal);
        Assert.Contains("exit code 1. Failed to connect to bus", error.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(Units));
    }

    [Fact]
    public async Task What_was_there_comes_back_when_systemd_does_not_take_the_new()
    {
        await RegisterAsync(JobSamples.Plain);
        _runner.On("systemctl --user restart", exitCode: 1, errors: "no");

        await Assert.ThrowsAsync<OrchestratorException>(() => RegisterAsync(JobSamples.Of(JobSamples.Plain.StatePath, 30)));

        Assert.Equal(SystemdUnits.Timer(JobSamples.Plain), File.ReadAllText(Path.Combine(Units, JobSamples.Plain.Name + ".timer")));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_an_error_that_names_it()
    {
        File.WriteAllText(_folder.File("systemd"), "a file");

        OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => RegisterAsync(JobSamples.Plain));

        Assert.Equal("SchedulerFailed", error.Id);
        Assert.Contains(Units, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Linger=no", 1)]
    [InlineData("Linger=yes", 0)]
    public async Task That_a_timer_ends_with_the_session_is_said(string linger, int warnings)
    {
        _runner.On("loginctl show-user", linger + "\n");

        await RegisterAsync(JobSamples.Plain);

        Assert.Equal(warnings, _reporter.Warnings.Count);
        Assert.All(_reporter.Warnings, w => Assert.Contains("loginctl enable-linger", w, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    [InlineData(127, false)]
    public async Task It_is_there_where_the_users_manager_answers(int exitCode, bool isAvailable)
    {
        _runner.On("systemctl --user show-environment", exitCode: exitCode);

        Assert.Equal(isAvailable, await Scheduler.IsAvailableAsync(CancellationToken.None));
    }

    private Task<bool> RegisterAsync(ScheduledJob job) => Scheduler.RegisterAsync(job, _reporter, CancellationToken.None);
}
