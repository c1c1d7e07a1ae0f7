using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// A first import from a server that takes 20 ms for every answer: against the answers alone with as many requests under way,
/// and against the same work one after another: each answer asked for, read and gone through before the next, and the rows
/// put in at the end by the bare insert.
/// </summary>
internal sealed class SlowServer : IMeasurement
{
    private const int Latency = 20;
    private const int Page = 50;
    private const int Times = 5;

    // What waits most of its time is settled sooner, and takes four times as long.
    private const int Serials = 2;
    private const double DrainBar = 1.2;
    private const double SerialBar = 4;

    public string Name => "latency";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        using (Source source = new(options.Runbooks, options.Parameters))
        {
            foreach (Row row in Compare("Atom", ConnectorProtocol.Atom, source, options.Runbooks, SerialBar))
            {
                yield return row;
            }
        }

        // Parameters come in pages of their own here: five times as many requests for a runbook, which four at a time the drain
        // alone answers hardly four times faster.
        int fewer = options.Runbooks / 4;
        using (Source paged = new(fewer, options.Parameters, Page))
        {
            foreach (Row row in Compare($"Web API in pages of {Page}", ConnectorProtocol.WebApi, paged, fewer, null))
            {
                yield return row;
            }
        }

        IEnumerable<Row> Compare(string name, ConnectorProtocol protocol, Source source, int runbooks, double? serialBar)
        {
            SyncScenario scenario = new(workspace, source, protocol, runbooks);
            source.SetLatency(Latency);
            string what = $"{Latency} ms latency, {name}, {runbooks:N0} runbooks, {scenario.RequestCount:N0} requests";
            List<double> syncs = [];
            List<double> drains = [];
            List<double> serials = [];
            for (int i = 0; i < options.Repeat; i++)
            {
                // The quickest after the first in each process: the first pays for compiling.
                drains.Add(scenario.Drain(Times).Skip(1).Min());
                syncs.Add(scenario.First(Times).Skip(1).Min());
                serials.Add(scenario.Serial(Serials).Skip(1).Min() + scenario.Insert(Times).Skip(1).Min());
            }

            yield return Row.AtMost(what, [.. syncs], [.. drains], "(drain)", DrainBar);
            yield return Row.Faster(what, [.. syncs], [.. serials], "(one after another, with the bare insert)", serialBar);
        }
    }
}
