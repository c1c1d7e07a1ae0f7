using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Model;

/// <summary>A runbook in the library: what the server said of it, and what the library knows beside. Times are UTC.</summary>
public sealed class LibraryRunbook
{
    /// <summary>The key of the connector that imported it.</summary>
    public required long ConnectorId { get; init; }

    /// <summary>The name of that connector.</summary>
    public required string Connector { get; init; }

    /// <summary>The runbook as last imported, with its parameters.</summary>
    public required Runbook Runbook { get; init; }

    /// <summary>The state in the library.</summary>
    public required RunbookStatus Status { get; init; }

    /// <summary>Why it is not active; <see langword="null"/> for an active one.</summary>
    public string? StatusReason { get; init; }

    /// <summary>
    /// The contract that everything that depends on the runbook was made for, when that is another one than it has now: set
    /// while it is <see cref="RunbookStatus.Invalid"/> and kept while such a one is missing, <see langword="null"/> otherwise.
    /// </summary>
    public IReadOnlyList<RunbookParameter>? AcceptedContract { get; init; }

    /// <summary>The last successful synchronization that found it.</summary>
    public DateTime? LastSeenTime { get; init; }

    /// <summary>The web console address of its connector, if one is known.</summary>
    public Uri? WebConsoleUrl { get; init; }

    /// <summary>The generation of the server it comes from.</summary>
    public ConnectorProtocol Protocol { get; init; }
}
