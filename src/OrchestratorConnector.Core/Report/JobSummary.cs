using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Report;

/// <summary>The jobs of a stretch of time by outcome. Nothing of what they were given or gave back is in it.</summary>
internal sealed class JobSummary
{
    // As many bars as a phone can show apart from each other.
    private const int MostBars = 62;

    private JobSummary(IReadOnlyList<JobBar> bars, int daysPerBar, IReadOnlyList<JobRecord> lastFailures)
    {
        Bars = bars;
        DaysPerBar = daysPerBar;
        LastFailures = lastFailures;
    }

    /// <summary>Every bar of the stretch without a gap, the oldest first.</summary>
    public IReadOnlyList<JobBar> Bars { get; }

    /// <summary>How many days a bar stands for: one, unless the stretch is long.</summary>
    public int DaysPerBar { get; }

    /// <summary>Of each runbook whose last job that is over failed, that job; the newest first.</summary>
    public IReadOnlyList<JobRecord> LastFailures { get; }

    public long Total => Bars.Sum(b => b.Total);

    public long Count(JobOutcome outcome) => Bars.Sum(b => b[outcome]);

    public static JobSummary Read(IStateStore store, ReportOptions options, ReportClock clock)
    {
        DateTime first = clock.Day(options.Since);
        int days = Math.Max(1, (clock.Today - first).Days + 1);
        int daysPerBar = (days + MostBars - 1) / MostBars;
        JobBar[] bars = [.. Enumerable.Range(0, (days + daysPerBar - 1) / daysPerBar).Select(i => new JobBar(first.AddDays(i * daysPerBar)))];
        HashSet<(long, Guid)> seen = [];
        List<JobRecord> lastFailures = [];
        // The newest come first.
        foreach (JobRecord job in store.FindJobs(new JobQuery { Connectors = options.Connectors, Since = options.Since }))
        {
            JobOutcome outcome = OutcomeOf(job);
            int bar = (clock.Day(job.RequestTime) - first).Days / daysPerBar;
            // A clock that was put back leaves jobs of the future: they are of today.
            bars[Math.Min(bar, bars.Length - 1)].Add(outcome);
            if (outcome != JobOutcome.Open && seen.Add((job.ConnectorId, job.RunbookId)) && outcome == JobOutcome.Failed)
            {
                lastFailures.Add(job);
            }
        }

        return new JobSummary(bars, daysPerBar, lastFailures);
    }

    internal static JobOutcome OutcomeOf(JobRecord job) => job switch
    {
        { Status: JobStatus.Canceled } => JobOutcome.Canceled,
        { IsOver: true, HasFailed: true } => JobOutcome.Failed,
        { Status: JobStatus.Completed, InstanceStatus: InstanceStatus.Warning } => JobOutcome.Warning,
        { Status: JobStatus.Completed } => JobOutcome.Completed,
        _ => JobOutcome.Open,
    };
}
