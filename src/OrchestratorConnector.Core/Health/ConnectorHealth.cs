using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Health;

/// <summary>What is known of one connector when its health is asked for. Times are UTC.</summary>
public sealed class ConnectorHealth
{
    /// <summary>The connector and how its synchronizations went.</summary>
    public required ConnectorState State { get; init; }

    /// <summary>Its synchronizations, newest first.</summary>
    public IReadOnlyList<SyncRecord> History { get; init; } = [];

    /// <summary>Its runbooks that the server no longer returns, by path.</summary>
    public IReadOnlyList<LibraryRunbook> Missing { get; init; } = [];

    /// <summary>Its runbooks whose contracts changed under something, by path.</summary>
    public IReadOnlyList<LibraryRunbook> Invalid { get; init; } = [];

    /// <summary>The runbook servers that its server told of.</summary>
    public IReadOnlyList<RunbookServer> Servers { get; init; } = [];

    /// <summary>The last job of each of its runbooks that is over.</summary>
    public IReadOnlyList<JobRecord> LastJobs { get; init; } = [];
}
