using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Jobs;

/// <summary>What somebody wants to be run.</summary>
public sealed class JobOrder
{
    /// <summary>The runbook.</summary>
    public required LibraryRunbook Runbook { get; init; }

    /// <summary>The values, checked by <see cref="JobInputs"/>.</summary>
    public required IReadOnlyList<JobParameter> Parameters { get; init; }

    /// <summary>The names of the runbook servers that may run it, the first one first.</summary>
    public IReadOnlyList<string> RunbookServers { get; init; } = [];

    /// <summary>Also a missing runbook, and also a monitor that is running already.</summary>
    public bool Force { get; init; }

    /// <summary>Whether somebody will wait for its end.</summary>
    public bool IsAwaited { get; init; }
}
