using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Model;

/// <summary>
/// A mapping kept for reuse: which properties of an input object fill which inputs of one runbook, and which outputs go back
/// into which properties.
/// </summary>
public sealed record RunbookActivity
{
    /// <summary>The store's key; 0 before it is stored.</summary>
    public long Id { get; init; }

    /// <summary>The unique name, compared in any case.</summary>
    public required string Name { get; init; }

    /// <summary>Free text, or <see langword="null"/>.</summary>
    public string? Description { get; init; }

    /// <summary>The key of the runbook's connector.</summary>
    public required long ConnectorId { get; init; }

    /// <summary>The runbook's id.</summary>
    public required Guid RunbookId { get; init; }

    /// <summary>The runbook's path when the activity was made, for people.</summary>
    public required string RunbookPath { get; init; }

    /// <summary>Where the inputs come from.</summary>
    public IReadOnlyList<ActivityMapping> Map { get; init; } = [];

    /// <summary>Which output goes into which property: output, property.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> OutputMap { get; init; } = [];

    /// <summary>The values of inputs that nothing else fills: input, text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Defaults { get; init; } = [];

    /// <summary>Whether it may be invoked. Off until somebody says so, like the original's.</summary>
    public bool ReadyForAutomation { get; init; }

    /// <summary>When it was made, in UTC.</summary>
    public DateTime CreationTime { get; init; }
}
