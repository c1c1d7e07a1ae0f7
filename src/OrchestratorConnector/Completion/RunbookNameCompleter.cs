using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using OrchestratorConnector.Library;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes runbooks' names.</summary>
public sealed class RunbookNameCompleter : StoreCompleter
{
    /// <summary>The names that begin so.</summary>
    internal static IEnumerable<(string Name, string Tip)> Names(IStateStore store, string start)
    {
        IEnumerable<string> names = NamePattern.Parse(start).Literal is { } literal
            ? store.CompleteRunbookNames(literal, Most)
            : store.FindRunbooks(new RunbookQuery { Names = Beginning(start) }, CancellationToken.None).Select(r => r.Runbook.Name).Distinct(StringComparer.OrdinalIgnoreCase).Take(Most);
        return names.Select(n => (n, n));
    }

    /// <inheritdoc/>
    private protected override string ToArgument(string name) => WildcardPattern.Escape(name);

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) => Names(store, start);
}
