using System.Collections.Generic;
using System.Management.Automation;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes runbooks' paths where a backslash was typed, else their names.</summary>
public sealed class RunbookCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override string ToArgument(string name) => WildcardPattern.Escape(name);

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) =>
        start.Length > 0 && start[0] == '\\' ? RunbookPathCompleter.Paths(store, start) : RunbookNameCompleter.Names(store, start);
}
