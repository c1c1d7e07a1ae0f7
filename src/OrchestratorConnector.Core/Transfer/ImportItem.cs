using System.Collections.Generic;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Transfer;

/// <summary>An account, connector or runbook activity of a document, held against a store.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Name">Its name.</param>
/// <param name="Action">What the import makes of it.</param>
internal sealed record ImportItem(ImportItemKind Kind, string Name, ImportAction Action)
{
    /// <summary>What differs; for one that was not here, what it will be.</summary>
    public IReadOnlyList<PropertyChange> Changes { get; init; } = [];

    /// <summary>What an admin should know beside, or <see langword="null"/>.</summary>
    public string? Reason { get; init; }

    /// <summary>Why it failed.</summary>
    public OrchestratorException? Failure { get; init; }

    /// <summary>The same item as one that failed.</summary>
    public ImportItem Fail(OrchestratorException failure) => this with { Action = ImportAction.Failed, Changes = [], Reason = failure.Message, Failure = failure };
}
