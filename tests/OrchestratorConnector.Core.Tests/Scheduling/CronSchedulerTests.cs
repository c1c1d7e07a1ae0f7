using System;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>How lines come into a user's crontab and go again.</summary>
public sealed class CronSchedulerTests
{
    private static readonly byte[] Foreign = Encoding.Latin1.GetBytes("# größe\n0 1 * * * mine\n");

    private readonly ScriptedRunner _runner = new();

    private CronScheduler Scheduler => new(_runner);

    [Fact]
    public async Task A_registration_adds_the_lines_to_what_is_there()
    {
        Has(Foreign);

        Assert.True(await RegisterAsync(JobSamples.Plain));

        Assert.Equal(["crontab -l", "crontab -"], _runner.Commands);
        Assert.Equal<byte>([.. Foreign, .. Encoding.UTF8.GetBytes(Crontab.Block(JobSamples.Plain))], _runner.Input!);
    }

    [Fact]
    public void The_plan_shows_the_lines_and_runs_nothing()
    {
        string plan = Scheduler.Plan(JobSamples.Plain).ToString();

        Assert.Contains(Crontab.Block(JobSamples.Plain), plan, StringComparison.Ordinal);
        Assert.Contains("Run: crontab -\n", plan, StringComparison.Ordinal);
        Assert.Empty(_runner.Commands);
    }

    [Theory]
    [InlineData("no crontab for anna")]
    [InlineData("crontab: can't open 'anna': No such file or directory")]
    public async Task A_user_without_a_crontab_gets_one(string errors)
    {
        _runner.On("crontab -l", exitCode: 1, errors: errors);

        Assert.True(await RegisterAsync(JobSamples.Plain));

        Assert.Equal(Encoding.UTF8.GetBytes(Crontab.Block(JobSamples.Plain)), _runner.Input);
    }

    [Fact]
    public async Task A_crontab_that_cannot_be_read_is_not_written_over()
    {
        _runner.On("crontab -l", exitCode: 1, errors: "You (anna) are not allowed to use this program (crontab)");

        OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => RegisterAsync(JobSamples.Plain));

        Assert.Equal("SchedulerFailed", error.Id);
        Assert.Contains("'crontab -l': exit code 1. You (anna) are not allowed", error.Message, StringComparison.Ordinal);
        Assert.Equal(["crontab -l"], _runner.Commands);
    }

    [Fact]
    public async Task What_cron_does_not_take_is_an_error_with_its_words()
    {
        Has(Foreign);
        _runner.On("crontab -", exitCode: 1, errors: "\"-\":3: bad minute").On("crontab -l", () => new CommandResult(0, Foreign, ""));

        OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => RegisterAsync(JobSamples.Plain));

        Assert.Contains("bad minute", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_same_once_more_writes_nothing()
    {
        Has(Crontab.With(Foreign, JobSamples.Plain));

        Assert.False(await RegisterAsync(JobSamples.Plain));

        Assert.Equal(["crontab -l"], _runner.Commands);
        Assert.Equal(JobSamples.Plain.StatePath, Assert.Single(await Scheduler.GetAllAsync(CancellationToken.None)).StatePath);
    }

    [Fact]
    public async Task Taking_it_away_leaves_what_was_there()
    {
        Has(Crontab.With(Foreign, JobSamples.Plain));

        await Scheduler.UnregisterAsync(JobSamples.Plain.Name, CancellationToken.None);

        Assert.Equal(Foreign, _runner.Input);
        Assert.Equal("crontab -", _runner.Commands[^1]);
    }

    [Fact]
    public async Task Taking_away_all_there_is_leaves_no_crontab()
    {
        Has(Crontab.With([], JobSamples.Plain));

        await Scheduler.UnregisterAsync(JobSamples.Plain.Name, CancellationToken.None);

        Assert.Equal("crontab -r", _runner.Commands[^1]);
    }

    [Theory]
    [InlineData(0, "", true)]
    [InlineData(1, "no crontab for anna", true)]
    [InlineData(1, "You (anna) are not allowed to use this program (crontab)", false)]
    [InlineData(127, "There is no such program on PATH.", false)]
    public async Task It_is_there_where_the_user_may_have_a_crontab(int exitCode, string errors, bool isAvailable)
    {
        _runner.On("crontab", exitCode: exitCode, errors: errors);

        Assert.Equal(isAvailable && !OperatingSystem.IsWindows(), await Scheduler.IsAvailableAsync(CancellationToken.None));
    }

    private void Has(byte[] crontab) => _runner.On("crontab -l", () => new CommandResult(0, crontab, ""));

    private Task<bool> RegisterAsync(ScheduledJob job) => Scheduler.RegisterAsync(job, SilentReporter.Instance, CancellationToken.None);
}
