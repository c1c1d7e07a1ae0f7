using System;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Where something that came for a runbook lies in its part, and for which one.</summary>
/// <param name="High">The first half of the runbook's id.</param>
/// <param name="Low">The second half.</param>
/// <param name="Start">Its first byte.</param>
/// <param name="Length">How many bytes it has.</param>
internal readonly record struct StagedRecord(long High, long Low, int Start, int Length)
{
    /// <summary>The id of the runbook.</summary>
    public Guid Owner => GuidBytes.FromNumbers(High, Low);

    /// <summary>By runbook; what came for one, as it came.</summary>
    [MethodImpl(Compile.AtOnce)]
    public static int Compare(StagedRecord one, StagedRecord other)
    {
        int order = one.CompareOwner(other);
        return order != 0 ? order : one.Start.CompareTo(other.Start);
    }

    /// <summary>By runbook alone.</summary>
    public int CompareOwner(StagedRecord other) => High != other.High ? High.CompareTo(other.High) : Low.CompareTo(other.Low);
}
