using System;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>What can be handed to a scheduler, and under which name.</summary>
public sealed class ScheduledJobTests
{
    [Fact]
    public void It_runs_every_so_many_minutes_as_divide_an_hour()
    {
        int[] accepted = [.. Enumerable.Range(-1, 130).Where(m => Accepts(TimeSpan.FromMinutes(m)))];

        Assert.Equal([1, 2, 3, 4, 5, 6, 10, 12, 15, 20, 30, 60], accepted);
        Assert.False(Accepts(TimeSpan.FromSeconds(90)));
        Assert.False(Accepts(TimeSpan.FromSeconds(30)));
        Assert.False(Accepts(TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Another_interval_is_an_error_that_names_those_that_fit()
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => JobSamples.Of("/s", minutes: 7));

        Assert.Equal("ScheduleIntervalInvalid", error.Id);
        Assert.Contains("00:07:00", error.Message, StringComparison.Ordinal);
        Assert.Contains("5, 6, 10", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/home/an\nna/state.db")]
    [InlineData("/home/anna/\rstate.db")]
    [InlineData("/home/anna/\0state.db")]
    [InlineData("/home/anna/\u0085state.db")]
    [InlineData("state.db")]
    public void Paths_that_no_scheduler_takes_are_refused(string path)
    {
        Assert.Equal("SchedulePathInvalid", Assert.Throws<OrchestratorException>(() => JobSamples.Of(path)).Id);
        Assert.Equal("SchedulePathInvalid", Assert.Throws<OrchestratorException>(() => JobSamples.Of("/s", shell: path)).Id);
        Assert.Equal("SchedulePathInvalid", Assert.Throws<OrchestratorException>(() => JobSamples.Of("/s", module: path)).Id);
    }

    [Fact]
    public void Half_a_character_is_refused()
    {
        // An attribute cannot carry it.
        Assert.Equal("SchedulePathInvalid", Assert.Throws<OrchestratorException>(() => JobSamples.Of("/home/anna/" + (char)0xD83D + "state.db")).Id);
        Assert.Equal("SchedulePathInvalid", Assert.Throws<OrchestratorException>(() => JobSamples.Of("/home/anna/" + (char)0xFFFE + "state.db")).Id);
    }

    [Fact]
    public void The_name_is_that_of_the_store_and_of_nothing_else()
    {
        Assert.Equal(JobSamples.Plain.Name, JobSamples.Of(JobSamples.Plain.StatePath, minutes: 60, shell: "/other", module: "/other.psd1").Name);
        Assert.NotEqual(JobSamples.Plain.Name, JobSamples.Of("/home/berta/state.db").Name);
        Assert.True(ScheduleName.Is(JobSamples.Plain.Name));
    }

    [Theory]
    [InlineData("OrchestratorConnector")]
    [InlineData("OrchestratorConnector-1234567")]
    [InlineData("OrchestratorConnector-123456789")]
    [InlineData("OrchestratorConnector-1234567G")]
    [InlineData("My OrchestratorConnector-12345678")]
    public void Other_names_are_not_ours(string name) => Assert.False(ScheduleName.Is(name));

    [Theory]
    [ClassData(typeof(AwkwardPaths))]
    public void What_the_shell_is_given_can_be_read_back(string path)
    {
        Assert.True(SyncScript.TryRead(SyncScript.Arguments("/modules" + path, path), out string module, out string statePath));

        Assert.Equal(path, statePath);
        Assert.Equal("/modules" + path, module);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Sync-OrchestratorConnector -Due")]
    [InlineData("Import-Module -Name 'a' -ErrorAction Stop; Sync-OrchestratorConnector -Due -StatePath 'b'; Remove-Item /")]
    [InlineData("Import-Module -Name 'a' -ErrorAction Stop; Sync-OrchestratorConnector -Due -StatePath 'b'c'")]
    public void What_somebody_changed_is_not_ours(string command) =>
        Assert.False(SyncScript.TryRead(["-Command", command], out _, out _));

    private static bool Accepts(TimeSpan every)
    {
        try
        {
            return ScheduledJob.Create("/s", "/p", "/m", every).Every == every;
        }
        catch (OrchestratorException e) when (e.Id == "ScheduleIntervalInvalid")
        {
            return false;
        }
    }
}
