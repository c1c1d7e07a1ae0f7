using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes runbooks' names.</summary>
public sealed class RunbookNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) =>
        store.CompleteRunbookNames(start, Most).Select(n => (WildcardPattern.Escape(n), n));
}
