using System;

namespace FakeOrchestrator;

/// <summary>A parameter of a runbook.</summary>
public sealed class SourceParameter : SourceEntity
{
    internal SourceParameter(Guid id)
        : base(id)
    {
    }

    /// <summary>The runbook it belongs to.</summary>
    public Guid RunbookId { get; internal set => field = Open(value); }

    /// <summary>The name.</summary>
    public string Name { get; internal set => field = Open(value); } = "";

    /// <summary>The type; its values were not seen, "String" is inferred (facts A.2).</summary>
    public string Type { get; internal set => field = Open(value); } = "String";

    /// <summary>The description, often none.</summary>
    public string? Description { get; internal set => field = Open(value); }

    /// <summary><c>In</c> or <c>Out</c>.</summary>
    public string Direction { get; internal set => field = Open(value); } = "In";

    internal SourceParameter Copy(Guid id)
    {
        return new SourceParameter(id)
        {
            RunbookId = RunbookId,
            Name = Name,
            Type = Type,
            Description = Description,
            Direction = Direction,
        };
    }
}
