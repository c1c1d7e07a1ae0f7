using System;
using System.Linq;
using System.Text;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Scheduling;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>A job's lines in a crontab, to the letter, and everybody else's lines, byte for byte.</summary>
public sealed class CrontabTests
{
    // Latin 1, a tab, a carriage return, blank lines, a variable.
    private static readonly byte[] Foreign = Encoding.Latin1.GetBytes("# größe\nMAILTO=anna\n\n@daily\tbackup --all \r\n0 2 * * * date +\\%F\n");

    [Fact]
    public void The_lines() => Assert.Equal(
        $"""
        # BEGIN {JobSamples.Plain.Name} (made by Register-OrchestratorConnectorSchedule)
        */5 * * * * '/opt/pwsh/pwsh' '-NoProfile' '-NonInteractive' '-Command' 'Import-Module -Name '\''/opt/modules/OrchestratorConnector/0.1.0/OrchestratorConnector.psd1'\'' -ErrorAction Stop; Sync-OrchestratorConnector -Due -StatePath '\''/home/anna/state.db'\''' >/dev/null
        # END {JobSamples.Plain.Name}

        """,
        Crontab.Block(JobSamples.Plain));

    [Theory]
    [InlineData(1, "* * * * * ")]
    [InlineData(20, "*/20 * * * * ")]
    [InlineData(60, "0 * * * * ")]
    public void How_often(int minutes, string fields)
    {
        ScheduledJob job = JobSamples.Of("/s", minutes);

        Assert.StartsWith(fields, Crontab.Block(job).Split('\n')[1], StringComparison.Ordinal);
        Assert.Equal(TimeSpan.FromMinutes(minutes), Assert.Single(Crontab.Read(Crontab.With([], job))).Every);
    }

    [Fact]
    public void A_percent_sign_is_no_new_line()
    {
        ScheduledJob job = JobSamples.Of("/s/100%.db");

        Assert.Contains(@"/s/100\%.db", Crontab.Block(job), StringComparison.Ordinal);
        Assert.Equal("/s/100%.db", Assert.Single(Crontab.Read(Crontab.With([], job))).StatePath);
    }

    [Fact]
    public void A_backslash_is_refused()
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => Crontab.Block(JobSamples.Of(@"/s/a\b.db")));

        Assert.Equal("SchedulePathInvalid", error.Id);
        Assert.Contains("backslash", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(AwkwardPaths))]
    public void What_is_written_is_read_back(string path)
    {
        ScheduledJob job = JobSamples.Of(path, shell: "/opt" + path, module: "/modules" + path);

        InstalledSchedule installed = Assert.Single(Crontab.Read(Crontab.With(Foreign, job)));

        Assert.Equal((job.Name, job.StatePath, job.Shell, job.Module, job.Every, true), (installed.Name, installed.StatePath, installed.Shell, installed.Module, installed.Every, installed.Enabled));
        Assert.Equal(Crontab.Block(job), installed.Text);
        Assert.Equal(SchedulerKind.Cron, installed.Scheduler);
    }

    [Fact]
    public void What_is_the_users_own_stays_byte_for_byte()
    {
        byte[] with = Crontab.With(Foreign, JobSamples.Of("/s/ü.db"));

        Assert.Equal(Foreign, with.Take(Foreign.Length));
        Assert.Equal(Foreign, Crontab.Without(with, JobSamples.Of("/s/ü.db").Name));
        Assert.Equal(Foreign, Crontab.Without(Foreign, JobSamples.Plain.Name));
        Assert.Empty(Crontab.Read(Foreign));
    }

    [Fact]
    public void A_second_registration_replaces_the_first_where_it_stands()
    {
        byte[] first = Crontab.With(Foreign, JobSamples.Plain);
        byte[] more = [.. first, .. Foreign];

        byte[] second = Crontab.With(more, JobSamples.Of(JobSamples.Plain.StatePath, minutes: 30));

        Assert.Equal(more, Crontab.With(more, JobSamples.Plain));
        Assert.Equal(TimeSpan.FromMinutes(30), Assert.Single(Crontab.Read(second)).Every);
        Assert.Equal<byte>([.. Foreign, .. Foreign], Crontab.Without(second, JobSamples.Plain.Name));
    }

    [Fact]
    public void Several_stores_stand_side_by_side()
    {
        ScheduledJob other = JobSamples.Of("/other.db", 1);
        byte[] both = Crontab.With(Crontab.With(Foreign, JobSamples.Plain), other);

        Assert.Equal([JobSamples.Plain.Name, other.Name], Crontab.Read(both).Select(s => s.Name));
        Assert.Equal(Crontab.With(Foreign, other), Crontab.Without(both, JobSamples.Plain.Name));
    }

    [Fact]
    public void A_line_that_somebody_commented_out_is_not_enabled()
    {
        string crontab = Crontab.Block(JobSamples.Plain).Replace("\n*/5", "\n#*/5", StringComparison.Ordinal);

        InstalledSchedule installed = Assert.Single(Crontab.Read(Encoding.UTF8.GetBytes(crontab)));

        Assert.False(installed.Enabled);
        Assert.Equal(JobSamples.Plain.StatePath, installed.StatePath);
        Assert.Equal(Encoding.UTF8.GetBytes(Crontab.Block(JobSamples.Plain)), Crontab.With(Encoding.UTF8.GetBytes(crontab), JobSamples.Plain));
    }

    [Fact]
    public void A_line_that_somebody_changed_is_still_ours_to_take_away()
    {
        byte[] crontab = Encoding.UTF8.GetBytes(Crontab.Block(JobSamples.Plain).Replace("-Due", "-Due -Verbose", StringComparison.Ordinal));

        InstalledSchedule installed = Assert.Single(Crontab.Read(crontab));

        Assert.Null(installed.StatePath);
        Assert.Contains("-Verbose", installed.Command, StringComparison.Ordinal);
        Assert.Empty(Crontab.Without(crontab, installed.Name));
    }

    [Fact]
    public void A_beginning_without_an_end_is_somebodys_own()
    {
        byte[] crontab = Encoding.UTF8.GetBytes($"# BEGIN {JobSamples.Plain.Name} (made by …)\n0 1 * * * mine\n");

        Assert.Empty(Crontab.Read(crontab));
        Assert.Equal(crontab, Crontab.Without(crontab, JobSamples.Plain.Name));
        Assert.Equal(crontab, Crontab.With(crontab, JobSamples.Plain).Take(crontab.Length));
        Assert.Equal(crontab, Crontab.Without(Crontab.With(crontab, JobSamples.Plain), JobSamples.Plain.Name));
    }

    [Fact]
    public void A_last_line_without_an_end_gets_one()
    {
        byte[] with = Crontab.With("0 1 * * * mine"u8.ToArray(), JobSamples.Plain);

        Assert.StartsWith("0 1 * * * mine\n# BEGIN ", Encoding.UTF8.GetString(with), StringComparison.Ordinal);
    }
}
