using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using OrchestratorConnector.Library;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes runbooks' paths.</summary>
public sealed class RunbookPathCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) => store
        .FindRunbooks(new RunbookQuery { Paths = [NamePattern.Parse(start + "*")] }, CancellationToken.None)
        .Select(r => (WildcardPattern.Escape(r.Runbook.Path), r.Runbook.Description is { Length: > 0 } description ? description : r.Runbook.Path))
        .Take(Most);
}
