using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes runbooks' paths.</summary>
public sealed class RunbookPathCompleter : StoreCompleter
{
    /// <summary>The paths that begin so.</summary>
    internal static IEnumerable<(string Name, string Tip)> Paths(IStateStore store, string start) => store
        .FindRunbooks(new RunbookQuery { Paths = Beginning(start.Length == 0 || start[0] is '\\' or '*' or '?' or '[' ? start : "\\" + start) }, CancellationToken.None)
        .Select(r => (r.Runbook.Path, r.Runbook.Description is { Length: > 0 } description ? description : r.Runbook.Path))
        .Distinct()
        .Take(Most);

    /// <inheritdoc/>
    private protected override string ToArgument(string name) => WildcardPattern.Escape(name);

    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) => Paths(store, start);
}
