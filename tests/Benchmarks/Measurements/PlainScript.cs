using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// The script that admins write today on the same server: it keeps nothing, and is still slower, because it asks once for every
/// runbook and for nothing while it reads.
/// </summary>
internal sealed class PlainScript : IMeasurement
{
    private const int Latency = 20;

    public string Name => "script";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        int runbooks = options.ScriptRunbooks;
        using Source source = new(runbooks, options.Parameters);
        SyncScenario scenario = new(workspace, source, ConnectorProtocol.Atom, runbooks);
        yield return Compare($"plain script against a sync, Atom, {runbooks:N0} runbooks", options.Repeat);
        source.SetLatency(Latency);
        yield return Compare($"plain script against a sync, {Latency} ms latency, Atom, {runbooks:N0} runbooks", 1);

        Row Compare(string what, int repeat)
        {
            List<double> syncs = [];
            List<double> scripts = [];
            for (int i = 0; i < repeat; i++)
            {
                syncs.Add(scenario.First(2).Last());
                scripts.Add(Child.Run("script", ("url", source.AtomUrl), ("runbooks", runbooks), ("parameters", options.Parameters), ("times", repeat == 1 ? 1 : 2))["ms"].Last());
            }

            return Row.Faster(what, [.. syncs], [.. scripts], "(script)", null);
        }
    }
}
