using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes Run As accounts' names.</summary>
public sealed class RunAsAccountNameCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) =>
        store.GetAccounts().Where(a => Fits(a.Name, start)).Select(a => (a.Name, a.UserName ?? $"secret {a.SecretName}"));
}
