using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Completion;

/// <summary>Completes runbooks' ids: by their beginning, or by the beginning of the runbook's name.</summary>
public sealed class RunbookIdCompleter : StoreCompleter
{
    /// <inheritdoc/>
    private protected override IEnumerable<(string Name, string Tip)> Find(IStateStore store, string start) =>
        ById(store, start).Concat(start.Length == 0 ? [] : ByName(store, start)).Take(Most).Select(r => (r.Runbook.Id.ToString(), $"{r.Runbook.Path} ({r.Connector})"));

    private static IEnumerable<LibraryRunbook> ById(IStateStore store, string start) => RangeOf(start) is { } range
        ? store.FindRunbooks(new RunbookQuery { IdRange = range }, CancellationToken.None)
        : [];

    private static IEnumerable<LibraryRunbook> ByName(IStateStore store, string start) =>
        store.FindRunbooks(new RunbookQuery { Names = Beginning(start) }, CancellationToken.None);

    /// <summary>The ids that begin so; <see langword="null"/> when none can.</summary>
    private static (Guid First, Guid Last)? RangeOf(string start)
    {
        const string Least = "00000000-0000-0000-0000-000000000000";
        const string Greatest = "ffffffff-ffff-ffff-ffff-ffffffffffff";
        return start.Length <= Least.Length && Guid.TryParseExact(start + Least.Substring(start.Length), "D", out Guid first) && Guid.TryParseExact(start + Greatest.Substring(start.Length), "D", out Guid last)
            ? (first, last)
            : null;
    }
}
