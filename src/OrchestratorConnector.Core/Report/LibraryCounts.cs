using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Report;

/// <summary>How many runbooks the page's library holds in each state.</summary>
internal sealed class LibraryCounts
{
    private readonly Dictionary<RunbookStatus, long> _counts = [];

    /// <summary>The states in the order of their numbers.</summary>
    public static IReadOnlyList<RunbookStatus> Statuses { get; } = [RunbookStatus.Active, RunbookStatus.Invalid, RunbookStatus.Missing, RunbookStatus.PendingDelete];

    public long Total => _counts.Values.Sum();

    public long this[RunbookStatus status] => _counts.TryGetValue(status, out long count) ? count : 0;

    public void Add(RunbookStatus status) => _counts[status] = this[status] + 1;
}
