using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Xml.Linq;

namespace OrchestratorConnector.Report;

/// <summary>
/// Jobs by outcome as stacked bars. Widths are in percent and heights in pixels, so that the chart fills any screen and its
/// letters stay as large as they are.
/// </summary>
internal static class JobChart
{
    private const double Height = 180;

    // A single failure among hundreds has to be seen.
    private const double LeastHeight = 3;

    // One bar alone is not to fill the screen.
    private const int LeastSlots = 10;
    private const int MostDayLabels = 5;

    public static XElement Of(JobSummary jobs)
    {
        long step = Step(jobs.Bars.Max(b => b.Total));
        long top = Math.Max(1, (jobs.Bars.Max(b => b.Total) + step - 1) / step) * step;
        return new XElement(
            "svg",
            Html.Class("chart"),
            new XAttribute("role", "img"),
            new XAttribute("aria-labelledby", "chart-title"),
            new XAttribute("aria-describedby", "chart-description"),
            new XElement("title", new XAttribute("id", "chart-title"), "Jobs by outcome over time"),
            new XElement("desc", new XAttribute("id", "chart-description"), Describe(jobs)),
            new XElement("defs", Pattern(JobOutcome.Warning, "M-1 1 1 -1M0 6 6 0M5 7 7 5"), Pattern(JobOutcome.Canceled, "M0 3H6")),
            Lines(step, top),
            jobs.Bars.Select((b, i) => Bar(jobs, b, i, top)),
            DayLabels(jobs));
    }

    /// <summary>The look of an outcome, for the legend.</summary>
    public static XElement Swatch(JobOutcome outcome) => new(
        "svg",
        Html.Class("swatch"),
        new XAttribute("aria-hidden", "true"),
        new XElement("rect", Fill(outcome), new XAttribute("width", "100%"), new XAttribute("height", "100%")));

    private static string Describe(JobSummary jobs) =>
        $"{Words.Count(jobs.Total, "job")}: {string.Join(", ", JobOutcomes.All.Where(o => jobs.Count(o) > 0).Select(o => $"{Words.Of(jobs.Count(o))} {JobOutcomes.ClassOf(o)}"))}. The table below has the same by day.";

    // A pattern beside the colour.
    private static XElement Pattern(JobOutcome outcome, string path) => new(
        "pattern",
        new XAttribute("id", "pattern-" + JobOutcomes.ClassOf(outcome)),
        new XAttribute("width", 6),
        new XAttribute("height", 6),
        new XAttribute("patternUnits", "userSpaceOnUse"),
        new XElement("rect", Html.Class(JobOutcomes.ClassOf(outcome) + " ground"), new XAttribute("width", 6), new XAttribute("height", 6)),
        new XElement("path", Html.Class("hatch"), new XAttribute("d", path)));

    private static IEnumerable<XElement> Lines(long step, long top)
    {
        for (long value = 0; value <= top; value += step)
        {
            double y = Height - (Height * value / top);
            yield return new XElement("line", Html.Class(value == 0 ? "axis" : "grid"), new XAttribute("x1", 0), new XAttribute("x2", "100%"), Number("y1", y), Number("y2", y));
            yield return new XElement("text", Html.Class("value"), new XAttribute("x", 0), Number("y", y), new XAttribute("dx", -8), new XAttribute("dy", 4), Words.Of(value));
        }
    }

    private static XElement Bar(JobSummary jobs, JobBar bar, int index, long top)
    {
        double slot = 100.0 / Math.Max(LeastSlots, jobs.Bars.Count);
        XElement group = new("g", bar.Total == 0 ? null : new XElement("title", $"{JobSection.Days(jobs, bar)}: {Tooltip(bar)}"));
        double y = Height;
        foreach (JobOutcome outcome in JobOutcomes.All.Where(o => bar[o] > 0))
        {
            double height = Math.Max(LeastHeight, Height * bar[outcome] / top);
            y -= height;
            group.Add(new XElement("rect", Fill(outcome), Percent("x", slot * (index + 0.14)), Percent("width", slot * 0.72), Number("y", y), Number("height", height)));
        }

        return group;
    }

    private static string Tooltip(JobBar bar) => string.Join(", ", JobOutcomes.All.Where(o => bar[o] > 0).Select(o => $"{Words.Of(bar[o])} {JobOutcomes.ClassOf(o)}"));

    private static IEnumerable<XElement> DayLabels(JobSummary jobs)
    {
        int every = (jobs.Bars.Count + MostDayLabels - 1) / MostDayLabels;
        double slot = 100.0 / Math.Max(LeastSlots, jobs.Bars.Count);
        for (int i = 0; i < jobs.Bars.Count; i += every)
        {
            yield return new XElement(
                "text",
                Html.Class("day"),
                Percent("x", slot * (i + 0.14)),
                Number("y", Height + 20),
                jobs.Bars[i].FirstDay.ToString("MM-dd", CultureInfo.InvariantCulture));
        }
    }

    private static XAttribute[] Fill(JobOutcome outcome) => outcome is JobOutcome.Warning or JobOutcome.Canceled
        ? [Html.Class("bar"), new XAttribute("fill", $"url(#pattern-{JobOutcomes.ClassOf(outcome)})")]
        : [Html.Class("bar " + JobOutcomes.ClassOf(outcome))];

    // 1, 2 or 5 times a power of ten, so that there are at most five lines.
    private static long Step(long highest)
    {
        long unit = 1;
        while (true)
        {
            foreach (int times in new[] { 1, 2, 5 })
            {
                if (unit * times * 4 >= highest)
                {
                    return unit * times;
                }
            }

            unit *= 10;
        }
    }

    private static XAttribute Number(string name, double value) => new(name, value.ToString("0.##", CultureInfo.InvariantCulture));

    private static XAttribute Percent(string name, double value) => new(name, value.ToString("0.###", CultureInfo.InvariantCulture) + "%");
}
