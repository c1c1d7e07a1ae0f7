using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes the names of runbook servers that the servers have told so far.</summary>
public sealed class RunbookServerCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) => store
        .GetRunbookServers(null)
        .Select(s => s.Name)
        .Distinct(StringComparer.OrdinalIgnoreCase)
        .Where(s => Fits(s, start))
        .Take(Most)
        .Select(s => (s, s));
}
