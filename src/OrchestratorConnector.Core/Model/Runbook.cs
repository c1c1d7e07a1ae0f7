using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Model;

/// <summary>A runbook as the server describes it. Property names are the server's; times are UTC.</summary>
public sealed class Runbook
{
    /// <summary>The server's key.</summary>
    public required Guid Id { get; init; }

    /// <summary>The key of the folder that holds the runbook; all zero for the root.</summary>
    public Guid FolderId { get; init; }

    /// <summary>The name. Not unique: the <see cref="Path"/> is.</summary>
    public required string Name { get; init; }

    /// <summary>Folder names and runbook name, each after a backslash: <c>\Folder\Sub\Name</c>.</summary>
    public required string Path { get; init; }

    /// <summary>The description, or <see langword="null"/>.</summary>
    public string? Description { get; init; }

    /// <summary>Whether the runbook starts with a monitor activity; its job then never ends by itself.</summary>
    public bool IsMonitor { get; init; }

    /// <summary>Who created it: a SID as the servers were seen to send it, or <see langword="null"/>.</summary>
    public string? CreatedBy { get; init; }

    /// <summary>When it was created.</summary>
    public DateTime? CreationTime { get; init; }

    /// <summary>Who changed it last: a SID, or <see langword="null"/>.</summary>
    public string? LastModifiedBy { get; init; }

    /// <summary>When it was changed last.</summary>
    public DateTime? LastModifiedTime { get; init; }

    /// <summary>Who has it checked out, or <see langword="null"/>.</summary>
    public string? CheckedOutBy { get; init; }

    /// <summary>Since when it is checked out, or <see langword="null"/>.</summary>
    public DateTime? CheckedOutTime { get; init; }

    /// <summary>
    /// The contract, in <see cref="RunbookContract.Normalize"/> order; <see langword="null"/> while the parameters are still to
    /// come from their own feed.
    /// </summary>
    public IReadOnlyList<RunbookParameter>? Parameters { get; init; }
}
