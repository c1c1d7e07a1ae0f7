using System;
using System.Collections.Generic;
using System.Linq;

namespace OrchestratorConnector.Model;

/// <summary>What a synchronization found different about one runbook.</summary>
public sealed class RunbookChange
{
    /// <summary>What happened to the runbook.</summary>
    public required RunbookChangeKind Kind { get; init; }

    /// <summary>The runbook's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The runbook's name now, or the last one known.</summary>
    public required string Name { get; init; }

    /// <summary>The runbook's path now, or the last one known.</summary>
    public required string Path { get; init; }

    /// <summary>The properties that differ, with both values.</summary>
    public IReadOnlyList<PropertyChange> Properties { get; init; } = [];

    /// <summary>Whether the contract changed, and whether only ids did.</summary>
    public ContractChange Contract { get; init; }

    /// <summary>The parameters that differ.</summary>
    public IReadOnlyList<ParameterChange> Parameters { get; init; } = [];

    /// <summary>Why the runbook becomes invalid by it; <see langword="null"/> when it does not, and in the history.</summary>
    public string? InvalidReason { get; private init; }

    /// <summary>The same change of a runbook that becomes invalid by it.</summary>
    public RunbookChange ThatInvalidates(string reason) => new()
    {
        Kind = Kind,
        Id = Id,
        Name = Name,
        Path = Path,
        Properties = Properties,
        Contract = Contract,
        Parameters = Parameters,
        InvalidReason = reason,
    };

    /// <inheritdoc/>
    public override string ToString()
    {
        string details = string.Join("; ", Properties.Select(p => p.ToString()).Concat(Parameters.Select(p => p.ToString())));
        return details.Length == 0 ? $"{Kind}: {Path}" : $"{Kind}: {Path} ({details})";
    }
}
