using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes connectors' names.</summary>
public sealed class ConnectorNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) =>
        store.GetConnectors().Select(c => c.Connector).Where(c => Fits(c.Name, start)).Select(c => (c.Name, $"{c.ServiceUrl} {c.Folder}"));
}
