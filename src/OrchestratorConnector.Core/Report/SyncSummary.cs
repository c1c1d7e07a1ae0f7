using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Report;

/// <summary>The synchronizations of a stretch of time, and the contracts that they found changed.</summary>
internal sealed class SyncSummary
{
    /// <summary>How many contract changes the page lists. A server that was set up anew changes the ids of all.</summary>
    public const int MostChanges = 200;

    private SyncSummary(IReadOnlyList<SyncRecord> records, IReadOnlyList<ReportedChange> contractChanges, long contractChangeCount)
    {
        Records = records;
        ContractChanges = contractChanges;
        ContractChangeCount = contractChangeCount;
    }

    /// <summary>The newest first.</summary>
    public IReadOnlyList<SyncRecord> Records { get; }

    /// <summary>The newest, up to <see cref="MostChanges"/>.</summary>
    public IReadOnlyList<ReportedChange> ContractChanges { get; }

    /// <summary>How many there are.</summary>
    public long ContractChangeCount { get; }

    public static SyncSummary Read(IStateStore store, ReportOptions options)
    {
        List<SyncRecord> records = [.. store.GetHistory(options.IsWanted, null).Where(r => r.StartTime >= options.Since)];
        List<ReportedChange> changes = [];
        long count = 0;
        foreach (SyncRecord record in records.Where(r => r.Counts.Changed + r.Counts.Returned > 0))
        {
            foreach (RunbookChange change in store.GetChanges(record.Id).Where(c => c.Contract != ContractChange.None))
            {
                count++;
                if (changes.Count < MostChanges)
                {
                    changes.Add(new ReportedChange(record.StartTime, record.Connector, change));
                }
            }
        }

        return new SyncSummary(records, changes, count);
    }
}
