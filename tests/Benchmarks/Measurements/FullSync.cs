using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Benchmarks;

/// <summary>A first import, no latency: against draining the answers, passing the reader over them and inserting the rows.</summary>
internal sealed class FullSync : IMeasurement
{
    private const double Bar = 1.5;

    public string Name => "full";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        using Source source = new(options.Runbooks, options.Parameters);
        string size = $"{options.Runbooks:N0} runbooks";
        foreach (Row row in Compare($"full sync, Atom, {size}", ConnectorProtocol.Atom))
        {
            yield return row;
        }

        source.SetExpand(false);
        foreach (Row row in Compare($"full sync, Atom without $expand, {size}", ConnectorProtocol.Atom))
        {
            yield return row;
        }

        foreach (Row row in Compare($"full sync, Web API, {size}", ConnectorProtocol.WebApi))
        {
            yield return row;
        }

        IEnumerable<Row> Compare(string what, ConnectorProtocol protocol)
        {
            SyncScenario scenario = new(workspace, source, protocol, options.Runbooks);
            return UnavoidableWork.Compare(
                what, options.Repeat, Bar, scenario.First, ("drain", scenario.Drain), ("reader", scenario.Pass), ("insert", scenario.Insert));
        }
    }
}
