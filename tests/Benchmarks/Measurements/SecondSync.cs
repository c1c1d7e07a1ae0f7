using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// A synchronization that finds nothing changed: against draining the answers, passing the reader over them and reading the
/// rows. Its library refuses every insert, update and delete, so that a time is there only if nothing was written.
/// </summary>
internal sealed class SecondSync : IMeasurement
{
    private const double Bar = 1.5;

    public string Name => "second";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        using Source source = new(options.Runbooks, options.Parameters);
        foreach ((ConnectorProtocol protocol, string name) in new[] { (ConnectorProtocol.Atom, "Atom"), (ConnectorProtocol.WebApi, "Web API") })
        {
            SyncScenario scenario = new(workspace, source, protocol, options.Runbooks);
            string what = $"second sync, no row written, {name}, {options.Runbooks:N0} runbooks";
            foreach (Row row in UnavoidableWork.Compare(
                what, options.Repeat, Bar, scenario.Second, ("drain", scenario.Drain), ("reader", scenario.Pass), ("read", scenario.Read)))
            {
                yield return row;
            }
        }
    }
}
