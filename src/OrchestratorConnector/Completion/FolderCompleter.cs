using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes folders that hold runbooks of the library.</summary>
public sealed class FolderCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) =>
        store.CompleteFolders(start.Length == 0 || start[0] == '\\' ? start : "\\" + start, Most).Select(f => (f, f));
}
