using System;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Where a staged parameter lies in its part, and whose it is.</summary>
/// <param name="High">The first half of the owner's id.</param>
/// <param name="Low">The second half.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct StagedParameter(long High, long Low, int Start, int Length)
{
    /// <summary>The id of the runbook.</summary>
    public Guid Owner => GuidBytes.FromNumbers(High, Low);

    /// <summary>By owner; those of one owner as they came.</summary>
    public static int Compare(StagedParameter one, StagedParameter other) =>
        one.High != other.High ? one.High.CompareTo(other.High)
        : one.Low != other.Low ? one.Low.CompareTo(other.Low)
        : one.Start.CompareTo(other.Start);
}
