using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Report;

/// <summary>The jobs by outcome over time, as a chart and as a table, and the runbooks whose last job failed.</summary>
internal static class JobSection
{
    private const int MostFailures = 50;

    public static IEnumerable<XElement> Of(JobSummary jobs, string since, ReportClock clock)
    {
        if (jobs.Total == 0)
        {
            yield return Html.None($"No job was started here since {since}.");
            yield break;
        }

        yield return Html.Paragraph($"{Words.Count(jobs.Total, "job")} since {since}, by the day on which they were started.");
        yield return new XElement("figure", JobChart.Of(jobs), new XElement("figcaption", Legend(jobs)));
        yield return new XElement("details", new XElement("summary", "The same as a table"), Table(jobs));
        yield return new XElement("h3", "Runbooks whose last job failed");
        foreach (XElement piece in Failures(jobs.LastFailures, clock))
        {
            yield return piece;
        }
    }

    /// <summary>What a bar stands for.</summary>
    public static string Days(JobSummary jobs, JobBar bar) =>
        jobs.DaysPerBar == 1 ? Day(bar) : $"{Day(bar)} and {Words.Count(jobs.DaysPerBar - 1, "day")} after it";

    private static string Day(JobBar bar) => bar.FirstDay.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static XElement Legend(JobSummary jobs) => new(
        "ul",
        Html.Class("legend"),
        JobOutcomes.All.Select(o => new XElement("li", JobChart.Swatch(o), $"{o} ", new XElement("b", Words.Of(jobs.Count(o))))));

    private static XElement Table(JobSummary jobs)
    {
        HtmlTable table = new("Jobs by day and outcome", [jobs.DaysPerBar == 1 ? "Day" : "Days", .. JobOutcomes.All.Select(o => o.ToString())]);
        foreach (JobBar bar in jobs.Bars.Where(b => b.Total > 0).Reverse())
        {
            table.Add([Days(jobs, bar), .. JobOutcomes.All.Select(o => (object)bar[o])]);
        }

        return table.ToElement();
    }

    private static IEnumerable<XElement> Failures(IReadOnlyList<JobRecord> failures, ReportClock clock)
    {
        if (failures.Count == 0)
        {
            yield return Html.None("None.");
            yield break;
        }

        if (failures.Count > MostFailures)
        {
            yield return Html.Paragraph($"The last {MostFailures} of {Words.Of(failures.Count)}.");
        }

        HtmlTable table = new("Runbooks whose last job failed, the newest first", "Runbook", "Connector", "Started", "Failed activity");
        foreach (JobRecord job in failures.Take(MostFailures))
        {
            // Not the error: a runbook writes what it likes into it, also what it was given.
            table.Add(new XElement("bdi", Html.Class("path"), job.RunbookPath), Html.Name(job.Connector), clock.Text(job.RequestTime), job.FailedActivity is { } activity ? Html.Name(activity) : null);
        }

        yield return table.ToElement();
    }
}
