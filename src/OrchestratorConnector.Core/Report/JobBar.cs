using System;
using System.Linq;

namespace OrchestratorConnector.Report;

/// <summary>The jobs of a day, or of a few.</summary>
internal sealed class JobBar(DateTime firstDay)
{
    private readonly long[] _counts = new long[JobOutcomes.All.Count];

    /// <summary>Its first day.</summary>
    public DateTime FirstDay { get; } = firstDay;

    public long Total => _counts.Sum();

    public long this[JobOutcome outcome] => _counts[(int)outcome];

    public void Add(JobOutcome outcome) => _counts[(int)outcome]++;
}
