using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Transfer;

/// <summary>
/// What goes from one environment to another: connectors with the accounts that they use and the runbook activities over them.
/// Never a password, and nothing that a store found out by itself: no library, no history, no jobs, no keys.
/// </summary>
internal sealed record ConnectorDocument
{
    /// <summary>The version of the form in which it is written.</summary>
    public const int SchemaVersion = 1;

    /// <summary>The version of the product that wrote it.</summary>
    public required string ProductVersion { get; init; }

    /// <summary>When it was written, in UTC.</summary>
    public required DateTime ExportTime { get; init; }

    /// <summary>The accounts, without their passwords.</summary>
    public IReadOnlyList<RunAsAccount> Accounts { get; init; } = [];

    /// <summary>The connectors.</summary>
    public IReadOnlyList<Connector> Connectors { get; init; } = [];

    /// <summary>The runbook activities.</summary>
    public IReadOnlyList<DocumentActivity> Activities { get; init; } = [];

    /// <summary>The part of it that some connectors need.</summary>
    /// <param name="isWanted">Whether a connector's name is one of them.</param>
    public ConnectorDocument Only(Func<string, bool> isWanted)
    {
        Connector[] connectors = [.. Connectors.Where(c => isWanted(c.Name))];
        return this with
        {
            Connectors = connectors,
            Accounts = [.. Accounts.Where(a => Array.Exists(connectors, c => string.Equals(c.RunAsAccount, a.Name, StringComparison.OrdinalIgnoreCase)))],
            Activities = [.. Activities.Where(a => isWanted(a.Connector))],
        };
    }
}
