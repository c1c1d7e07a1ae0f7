using System;
using System.Linq;
using System.Xml.Linq;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Model;
using OrchestratorConnector.Report;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Report;

/// <summary>Jobs by outcome over time, and their chart.</summary>
public sealed class JobSummaryTests : IDisposable
{
    private static readonly DateTime Now = new(2026, 3, 10, 12, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryFolder _folder = new();
    private readonly SqliteStateStore _store;
    private TimeZoneInfo _zone = TimeZoneInfo.Utc;

    public JobSummaryTests() => _store = SqliteStateStore.Open(_folder.File("state.db"));

    public void Dispose()
    {
        _store.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData(JobStatus.Completed, InstanceStatus.Success, "Completed")]
    [InlineData(JobStatus.Completed, InstanceStatus.Unknown, "Completed")]
    [InlineData(JobStatus.Completed, InstanceStatus.Warning, "Warning")]
    [InlineData(JobStatus.Completed, InstanceStatus.Failed, "Failed")]
    [InlineData(JobStatus.Failed, InstanceStatus.Unknown, "Failed")]
    [InlineData(JobStatus.Failed, InstanceStatus.Success, "Failed")]
    [InlineData(JobStatus.Canceled, InstanceStatus.Failed, "Canceled")]
    [InlineData(JobStatus.Running, InstanceStatus.InProgress, "Open")]
    [InlineData(JobStatus.Pending, InstanceStatus.Unknown, "Open")]
    [InlineData(JobStatus.Unknown, InstanceStatus.Unknown, "Open")]
    public void An_outcome_is_one_word_for_two_states(JobStatus status, InstanceStatus instance, string outcome) =>
        Assert.Equal(outcome, JobSummary.OutcomeOf(Samples.Job(status: status) with { InstanceStatus = instance }).ToString());

    [Fact]
    public void Every_day_has_a_bar()
    {
        Add(Now, JobStatus.Completed);
        Add(Now.AddDays(-2), JobStatus.Failed);
        Add(Now.AddDays(-2).AddHours(3), JobStatus.Completed);
        Add(Now.AddDays(-4), JobStatus.Completed);

        JobSummary jobs = Read(days: 3);

        Assert.Equal(["03-07 0", "03-08 2", "03-09 0", "03-10 1"], jobs.Bars.Select(b => $"{b.FirstDay:MM-dd} {b.Total}"));
        Assert.Equal((3, 1, 2), (jobs.Total, jobs.Count(JobOutcome.Failed), jobs.Count(JobOutcome.Completed)));
    }

    [Fact]
    public void A_day_is_one_of_the_zone_that_is_shown()
    {
        _zone = TimeZoneInfo.CreateCustomTimeZone("far east", TimeSpan.FromHours(13), null, null);
        Add(Now.AddHours(-2), JobStatus.Completed);
        Add(Now, JobStatus.Failed);

        JobSummary jobs = Read(days: 1);

        Assert.Equal(["03-10 0 1", "03-11 1 0"], jobs.Bars.Select(b => $"{b.FirstDay:MM-dd} {b[JobOutcome.Failed]} {b[JobOutcome.Completed]}"));
    }

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(61, 62, 1)]
    [InlineData(62, 32, 2)]
    [InlineData(365, 61, 6)]
    [InlineData(4000, 62, 65)]
    public void A_long_stretch_has_several_days_to_a_bar(int days, int bars, int daysPerBar)
    {
        Add(Now, JobStatus.Completed);

        JobSummary jobs = Read(days);

        Assert.Equal((bars, daysPerBar), (jobs.Bars.Count, jobs.DaysPerBar));
        Assert.Equal(1, jobs.Bars[^1].Total);
    }

    [Fact]
    public void A_job_from_a_clock_that_was_wrong_counts_as_of_today()
    {
        Add(Now.AddDays(5), JobStatus.Completed);

        Assert.Equal(1, Read(days: 3).Bars[^1].Total);
    }

    [Fact]
    public void A_time_to_come_has_no_jobs() => Assert.Equal(0, Read(days: -5).Total);

    [Fact]
    public void A_runbook_counts_as_failed_by_its_last_job_that_is_over()
    {
        Add(Now.AddHours(-1), JobStatus.Running, "Failed before it runs again");
        Add(Now.AddHours(-2), JobStatus.Failed, "Failed before it runs again");
        Add(Now.AddHours(-3), JobStatus.Completed, "Repaired");
        Add(Now.AddHours(-4), JobStatus.Failed, "Repaired");
        Add(Now.AddHours(-5), JobStatus.Failed, "Failed twice");
        Add(Now.AddHours(-6), JobStatus.Failed, "Failed twice");

        Assert.Equal(["Failed before it runs again", "Failed twice"], Read(days: 3).LastFailures.Select(j => j.Runbook));
    }

    [Fact]
    public void A_bar_is_as_high_as_its_jobs()
    {
        for (int i = 0; i < 30; i++)
        {
            Add(Now, i < 20 ? JobStatus.Completed : JobStatus.Failed);
        }

        Add(Now.AddDays(-1), JobStatus.Canceled);
        XElement[] bars = [.. JobChart.Of(Read(days: 1)).Elements("g")];

        // Up to 30 in steps of 10: 180 pixels.
        Assert.Equal(["bar completed 120 at 60", "bar failed 60 at 0"], Rectangles(bars[1]));
        Assert.Equal("2026-03-10: 20 completed, 10 failed", bars[1].Element("title")!.Value);
        // One of thirty would be six pixels high.
        Assert.Equal(["bar 6 at 174"], Rectangles(bars[0]));
        Assert.Equal("url(#pattern-canceled)", bars[0].Element("rect")!.Attribute("fill")!.Value);
    }

    [Fact]
    public void One_among_thousands_is_to_be_seen()
    {
        JobChartBars(completed: 2000, failed: 1, out string[] rectangles);

        Assert.Equal("3", rectangles[1].Split(' ')[2]);
    }

    [Theory]
    [InlineData(1, "0 1")]
    [InlineData(4, "0 1 2 3 4")]
    [InlineData(5, "0 2 4 6")]
    [InlineData(30, "0 10 20 30")]
    [InlineData(81, "0 50 100")]
    public void Lines_stand_at_round_numbers(int jobs, string lines)
    {
        for (int i = 0; i < jobs; i++)
        {
            Add(Now, JobStatus.Completed);
        }

        XElement chart = JobChart.Of(Read(days: 1));

        Assert.Equal(lines, string.Join(' ', chart.Elements("text").Where(t => t.Attribute("class")!.Value == "value").Select(t => t.Value)));
    }

    [Fact]
    public void The_chart_is_named_and_described()
    {
        Add(Now, JobStatus.Completed);
        Add(Now, JobStatus.Failed);

        XElement chart = JobChart.Of(Read(days: 1));

        Assert.Equal("img", chart.Attribute("role")!.Value);
        Assert.Equal(chart.Element("title")!.Attribute("id")!.Value, chart.Attribute("aria-labelledby")!.Value);
        Assert.Equal(chart.Element("desc")!.Attribute("id")!.Value, chart.Attribute("aria-describedby")!.Value);
        Assert.Equal("2 jobs: 1 completed, 1 failed. The table below has the same by day.", chart.Element("desc")!.Value);
    }

    private static string[] Rectangles(XElement bar) =>
        [.. bar.Elements("rect").Select(r => $"{r.Attribute("class")!.Value} {r.Attribute("height")!.Value} at {r.Attribute("y")!.Value}")];

    private void JobChartBars(int completed, int failed, out string[] rectangles)
    {
        for (int i = 0; i < completed + failed; i++)
        {
            Add(Now, i < completed ? JobStatus.Completed : JobStatus.Failed);
        }

        rectangles = Rectangles(JobChart.Of(Read(days: 0)).Elements("g").Single());
    }

    private void Add(DateTime time, JobStatus status, string runbook = "Restart") =>
        _store.AddJob(Samples.Job(runbook, status) with { RequestTime = time, RunbookId = Samples.Id(runbook.Length) });

    private JobSummary Read(int days)
    {
        ReportOptions options = new() { Since = Now.AddDays(-days), Now = Now, Zone = _zone };
        return JobSummary.Read(_store, options, new ReportClock(Now, _zone));
    }
}
