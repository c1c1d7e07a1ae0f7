using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Invoke-SMRunbook with many jobs from the pipeline: how much sooner they are done eight at a time than one after another, what
/// 64 at a time cost in requests and threads, and how soon after a job's end its result comes. Nearly all of it is waiting, so both
/// generations are measured side by side, each with a server of its own.
/// </summary>
internal sealed class RunbookJobs : IMeasurement
{
    private const int Latency = 20;
    private const int Limit = 8;
    private const double LeastFaster = 6;
    private const int Alone = 10;
    private const int FewerInPowerShell = 5;

    private const int Many = 64;
    private const int Polls = 3;
    private const int MostOthers = 2;
    private const int MostThreads = 32;

    // Far enough for the longest pause between two polls to be one of those in which a job ends.
    private const int ShortestJob = 200;
    private const int Longer = 235;
    private const double Widening = 1.5;

    // A job that ends just behind a poll is seen by the next one, and then its run is asked for.
    private const double Answers = 100;

    public string Name => "jobs";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        using JobScenario atom = new(workspace, "Atom", ConnectorProtocol.Atom, options.Parameters);
        using JobScenario webApi = new(workspace, "Web API", ConnectorProtocol.WebApi, options.Parameters);
        JobScenario[] both = [atom, webApi];
        foreach (Row row in Faster(both, options.Jobs, options.Repeat, "", (scenario, jobs, limit) => scenario.Run(jobs, limit, limit)["ms"].Single()))
        {
            yield return row;
        }

        foreach (Row row in AtOnce(both).Concat(RequestsOf(both)))
        {
            yield return row;
        }

        atom.Source.SetExpandOfRuns(false);
        // To find out that a server refuses $expand is one request more, which nothing spares the first jobs of a command.
        foreach (Row row in RequestsOf([atom], " without $expand", 1, isBound: false))
        {
            yield return row;
        }

        atom.Source.SetExpandOfRuns(true);
        if (PowerShell.Find() is not { } shell)
        {
            yield return new Row("jobs in a real PowerShell", "no PowerShell here", string.Empty, string.Empty, string.Empty, null);
            yield break;
        }

        using PowerShell.StagedModule module = PowerShell.Stage(workspace);
        foreach (Row row in Faster(both, options.Jobs / FewerInPowerShell, options.Repeat, " in PowerShell", (scenario, jobs, limit) => scenario.Run(shell, workspace, module.Manifest, jobs, limit, limit)))
        {
            yield return row;
        }
    }

    /// <summary>Jobs that are over when they are first asked for: what is left is the cmdlet's own way of waiting, and the requests.</summary>
    private static IEnumerable<Row> Faster(JobScenario[] scenarios, int jobs, int repeat, string where, Func<JobScenario, int, int, double> run)
    {
        int alone = Math.Min(Alone, jobs);
        double times = (double)jobs / alone;
        (double Together, double Alone)[][] measured = [.. Enumerable.Range(0, repeat).Select(_ => SideBySide(scenarios, scenario =>
        {
            scenario.Source.SetPolls(1);
            scenario.Source.SetLatency(Latency);
            double together = run(scenario, jobs, Limit);
            double one = run(scenario, alone, 1);
            scenario.Source.SetLatency(0);
            return (together, one * times);
        }))];
        return scenarios.Select((scenario, s) => Row.Faster(
            string.Create(CultureInfo.InvariantCulture, $"{jobs} jobs{where}, {Limit} at once, {Latency} ms latency, {scenario.Name}"),
            [.. measured.Select(m => m[s].Together)],
            [.. measured.Select(m => m[s].Alone)],
            string.Create(CultureInfo.InvariantCulture, $"({alone} one after another × {times:0.##})"),
            LeastFaster));
    }

    /// <summary>
    /// Many jobs at once, each of which runs longer than the one before. As many that are over at once come first: the threads that
    /// those take count, the time that it takes to compile code does not.
    /// </summary>
    private static IEnumerable<Row> AtOnce(JobScenario[] scenarios)
    {
        string size = string.Create(CultureInfo.InvariantCulture, $"{Many} jobs at once that run up to {(ShortestJob + ((Many - 1) * Longer)) / 1000} s");
        (ILookup<string, double> Reported, JobTraffic[] Traffic)[] measured = SideBySide<(ILookup<string, double>, JobTraffic[])>(scenarios, scenario =>
        {
            scenario.Source.SetTimes(Many, ShortestJob, Longer);
            ILookup<string, double> reported = scenario.Run(Many, Many, Many);
            return (reported, [.. scenario.Source.GetTraffic().Where(t => reported.Contains(JobsPiece.LateOf(t.Id)))]);
        });
        foreach ((JobScenario scenario, (ILookup<string, double> reported, JobTraffic[] traffic)) in scenarios.Zip(measured))
        {
            int open = traffic.Max(t => t.OpenPolls);
            yield return new Row($"open polls of one job, {size}, {scenario.Name}", Whole(open), string.Empty, string.Empty, "1", open == 1);

            double before = reported["threads-before"].Single();
            double more = reported["threads-peak"].Single() - before;
            yield return new Row($"threads, {size}, {scenario.Name}", Whole(before + more), $"{Whole(before)} (before)", $"+{Whole(more)}", $"< +{MostThreads}", more < MostThreads);

            (double Late, double Interval)[] results = [.. traffic.Select(t => (reported[JobsPiece.LateOf(t.Id)].Single(), Interval(t.Polls)))];
            (double late, double interval) = results.MaxBy(r => r.Late / r.Interval);
            yield return new Row(
                $"from a job's end to its result, {size}, {scenario.Name}",
                Row.Milliseconds(late),
                $"{Row.Milliseconds(interval)} (pause between its polls then)",
                string.Create(CultureInfo.InvariantCulture, $"{late / interval:0.00} ×"),
                $"≤ 1.00 × + {Whole(Answers)} ms",
                results.All(r => r.Late <= r.Interval + Answers));
        }
    }

    /// <summary>What the server is asked for one job, at most; what is asked once for all of them is not of one job.</summary>
    private static IEnumerable<Row> RequestsOf(JobScenario[] scenarios, string how = "", int warm = 0, bool isBound = true)
    {
        IReadOnlyList<JobTraffic>[] measured = SideBySide(scenarios, scenario =>
        {
            scenario.Source.SetPolls(Polls);
            scenario.Run(Many, Many, warm);
            return scenario.Source.GetTraffic();
        });
        foreach ((JobScenario scenario, IReadOnlyList<JobTraffic> traffic) in scenarios.Zip(measured))
        {
            JobTraffic most = traffic.MaxBy(t => t.Requests - t.Polls)!;
            int bar = 1 + most.Polls + MostOthers;
            double middle = Median.Of(traffic.Select(t => (double)t.Requests));
            yield return new Row(
                $"requests of a job, {scenario.Name}{how}",
                middle < most.Requests ? $"{Whole(most.Requests)} (the middle one {Whole(middle)})" : Whole(most.Requests),
                $"start + {Whole(most.Polls)} polls + {MostOthers}",
                string.Empty,
                isBound ? $"≤ {Whole(bar)}" : string.Empty,
                isBound ? most.Requests <= bar : null);
        }
    }

    /// <summary>The pause before the last of so many polls: the one in which the job ended.</summary>
    private static double Interval(int polls) =>
        Math.Min(JobWatcher.FirstPause.TotalMilliseconds * Math.Pow(Widening, polls - 1), JobWatcher.LongestPause.TotalMilliseconds);

    private static T[] SideBySide<T>(JobScenario[] scenarios, Func<JobScenario, T> run) =>
        Task.WhenAll(scenarios.Select(s => Task.Run(() => run(s)))).GetAwaiter().GetResult();

    private static string Whole(double number) => number.ToString("0", CultureInfo.InvariantCulture);
}
