using System;

namespace OrchestratorConnector.Model;

/// <summary>One parameter of a runbook: a part of its contract.</summary>
public sealed class RunbookParameter
{
    /// <summary>The server's id. It changes when the runbook's start activity is rebuilt, even if the name stays.</summary>
    public required Guid Id { get; init; }

    /// <summary>The name, as the server spells it.</summary>
    public required string Name { get; init; }

    /// <summary>The server's word for the data type, or <see langword="null"/> where the server gives none (the Web API).</summary>
    public string? Type { get; init; }

    /// <summary>The description, or <see langword="null"/>.</summary>
    public string? Description { get; init; }

    /// <summary>Input or output.</summary>
    public required ParameterDirection Direction { get; init; }

    /// <inheritdoc/>
    public override string ToString() => Direction == ParameterDirection.Out ? $"{Name} →Out" : Name;
}
