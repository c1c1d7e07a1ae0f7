using System;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>A parameter of a runbook.</summary>
public sealed class SMRunbookParameter
{
    private readonly RunbookParameter _parameter;

    internal SMRunbookParameter(RunbookParameter parameter)
    {
        Name = parameter.Name;
        Type = parameter.Type;
        Description = parameter.Description;
        Id = parameter.Id;
        _parameter = parameter;
    }

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>In or Out.</summary>
    public ParameterDirection Direction => _parameter.Direction;

    /// <summary>The server's word for the data type; empty where it gives none.</summary>
    public string? Type { get; }

    /// <summary>The description.</summary>
    public string? Description { get; }

    /// <summary>The server's id.</summary>
    public Guid Id { get; }

    /// <inheritdoc/>
    public override string ToString() => _parameter.ToString();
}
