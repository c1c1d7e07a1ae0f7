using System;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State;

/// <summary>How a whole stage becomes the library.</summary>
public sealed class SyncCommit
{
    /// <summary>Decides what a difference is; called for every pair that is written, except for new ones.</summary>
    public required Func<RunbookPair, RunbookChange> Compare { get; init; }

    /// <summary>
    /// Decides whether a runbook that the library has and that came again becomes, or stays, invalid: gives the reason, or
    /// <see langword="null"/>. Asked for every pair that is written.
    /// </summary>
    public Func<RunbookPair, string?> Invalidates { get; init; } = static _ => null;

    /// <summary>Whether runbooks that the stage does not hold become missing. Not when an empty answer is suspicious.</summary>
    public required bool MarkMissing { get; init; }

    /// <summary>Why they are missing, for <see cref="LibraryRunbook.StatusReason"/>.</summary>
    public required string MissingReason { get; init; }

    /// <summary>What the synchronization cost.</summary>
    public required SyncTotals Totals { get; init; }
}
