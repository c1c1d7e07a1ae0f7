using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// The most memory that a process had while it did one synchronization and nothing else, as the system counts it: the growth from
/// a small library to a large one is what a runbook costs.
/// </summary>
internal sealed class PeakMemory : IMeasurement
{
    private const double Bar = 16 * 1024 * 1024;

    public string Name => "memory";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        using Source few = new(options.FewRunbooks, options.Parameters);
        using Source many = new(options.ManyRunbooks, options.Parameters);
        foreach ((ConnectorProtocol protocol, string name) in new[] { (ConnectorProtocol.Atom, "Atom"), (ConnectorProtocol.WebApi, "Web API") })
        {
            // The first asking, in which the server renders its pages, is another rhythm than a usual one.
            Peak(few, protocol, options.FewRunbooks);
            Peak(many, protocol, options.ManyRunbooks);
            List<double> small = [];
            List<double> large = [];
            for (int i = 0; i < Math.Max(3, options.Repeat); i++)
            {
                small.Add(Peak(few, protocol, options.FewRunbooks));
                large.Add(Peak(many, protocol, options.ManyRunbooks));
            }

            double growth = Median.Of(large) - Median.Of(small);
            yield return new Row(
                $"peak memory of a sync, {name}, {options.FewRunbooks:N0} to {options.ManyRunbooks:N0} runbooks",
                Row.Mebibytes(Median.Of(large)),
                Row.Mebibytes(Median.Of(small)),
                $"{(growth < 0 ? "" : "+")}{Row.Mebibytes(growth)}",
                $"< +{Row.Mebibytes(Bar)}",
                growth < Bar);
        }

        double Peak(Source source, ConnectorProtocol protocol, int runbooks)
        {
            double peak = 0;
            string store = workspace.NewPath("db");
            foreach (double reported in Child.Run("sync", ("store", store), ("url", source.UrlOf(protocol)), ("protocol", protocol), ("runbooks", runbooks))["peak"])
            {
                peak = reported;
            }

            System.IO.File.Delete(store);
            return peak;
        }
    }
}
