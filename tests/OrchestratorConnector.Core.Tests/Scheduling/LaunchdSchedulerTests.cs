using System;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>How an agent comes to launchd and goes again.</summary>
public sealed class LaunchdSchedulerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ScriptedRunner _runner = new ScriptedRunner().On("id -u", "501\n").On("launchctl print", exitCode: 113, errors: "Could not find service");

    private string Agents => _folder.File("LaunchAgents");

    private string PlainPath => Path.Combine(Agents, JobSamples.Plain.Name + ".plist");

    private LaunchdScheduler Scheduler => new(_runner, Agents);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_registration_writes_the_property_list_and_hands_it_over()
    {
        Assert.True(await RegisterAsync(JobSamples.Plain));

        Assert.Equal(LaunchAgent.Text(JobSamples.Plain), File.ReadAllText(PlainPath));
        Assert.Equal(["id -u", $"launchctl print gui/501/{JobSamples.Plain.Name}", $"launchctl bootstrap gui/501 {PlainPath}"], _runner.Commands);
    }

    [Fact]
    public async Task Another_in_its_place_takes_the_first_away()
    {
        await RegisterAsync(JobSamples.Plain);
        IsLoaded();

        Assert.True(await RegisterAsync(JobSamples.Of(JobSamples.Plain.StatePath, 30)));

        Assert.Equal([$"launchctl bootout gui/501/{JobSamples.Plain.Name}", $"launchctl bootstrap gui/501 {PlainPath}"], _runner.Commands.TakeLast(2));
        Assert.Equal(TimeSpan.FromMinutes(30), Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None)).Every);
    }

    [Fact]
    public async Task The_same_once_more_changes_nothing()
    {
        await RegisterAsync(JobSamples.Plain);
        IsLoaded();
        _runner.Commands.Clear();

        Assert.False(await RegisterAsync(JobSamples.Plain));

        Assert.DoesNotContain(_runner.Commands, c => c.Contains("boot", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_is_not_loaded_any_more_is_loaded_again()
    {
        await RegisterAsync(JobSamples.Plain);

        Assert.False(Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None)).Enabled);
        Assert.True(await RegisterAsync(JobSamples.Plain));
    }

    [Fact]
    public void The_plan_shows_the_property_list_and_the_commands_and_does_nothing()
    {
        string plan = Scheduler.Plan(JobSamples.Plain).ToString();

        Assert.Contains($"{PlainPath}:\n{LaunchAgent.Text(JobSamples.Plain)}", plan, StringComparison.Ordinal);
        Assert.Contains($"Run: launchctl bootstrap gui/<uid> {PlainPath}\n", plan, StringComparison.Ordinal);
        Assert.Empty(_runner.Commands);
        Assert.False(Directory.Exists(Agents));
    }

    [Theory]
    [InlineData("\tlast exit code = 1\n", 1)]
    [InlineData("\tlast exit code = 0\n", 0)]
    [InlineData("\tlast exit code = (never exited)\n", null)]
    public async Task What_is_registered_is_read_back_with_what_launchd_tells(string says, int? result)
    {
        ScheduledJob job = JobSamples.Of("/Users/anna/Library/Größe & Co/'state'.db", 60);
        await RegisterAsync(job);
        _runner.On("launchctl print", $"gui/501/{job.Name} = {{\n\tstate = not running\n{says}}}\n");

        InstalledSchedule installed = Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None));

        Assert.Equal((job.Name, job.StatePath, job.Shell, job.Module, job.Every, true, result), (installed.Name, installed.StatePath, installed.Shell, installed.Module, installed.Every, installed.Enabled, installed.LastResult));
    }

    [Fact]
    public async Task Taking_it_away_leaves_the_others()
    {
        ScheduledJob other = JobSamples.Of("/other.db");
        await RegisterAsync(JobSamples.Plain);
        await RegisterAsync(other);
        File.WriteAllText(Path.Combine(Agents, "com.example.plist"), "<plist/>");
        IsLoaded();

        await Scheduler.UnregisterAsync(JobSamples.Plain.Name, CancellationToken.None);

        Assert.Equal($"launchctl bootout gui/501/{JobSamples.Plain.Name}", _runner.Commands[^1]);
        Assert.Equal(other.Name, Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None)).Name);
        Assert.Equal(2, Directory.GetFiles(Agents).Length);
    }

    [Fact]
    public async Task What_launchd_does_not_take_does_not_stay()
    {
        _runner.On("launchctl bootstrap", exitCode: 5, errors: "Bootstrap failed: 5: Input/output error");

        OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => RegisterAsync(JobSamples.Plain));

        Assert.Contains("Bootstrap failed", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(PlainPath));
    }

    private void IsLoaded() => _runner.On("launchctl print", "state = not running\n");

    private Task<bool> RegisterAsync(ScheduledJob job) => Scheduler.RegisterAsync(job, SilentReporter.Instance, CancellationToken.None);
}
