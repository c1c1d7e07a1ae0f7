using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes runbook activities' names.</summary>
public sealed class ActivityNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) => store
        .GetActivities()
        .Where(a => Fits(a.Name, start))
        .Take(Most)
        .Select(a => (a.Name, a.RunbookPath));
}
