using System;

namespace FakeOrchestrator;

/// <summary>What an activity published: a name and a value (facts A.2).</summary>
public sealed class SourceActivityInstanceData : SourceEntity
{
    internal SourceActivityInstanceData(Guid id)
        : base(id)
    {
    }

    /// <summary>The activity instance.</summary>
    public Guid ActivityInstanceId { get; internal init; }

    /// <summary>The name; which names there are was not seen.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The value.</summary>
    public string? Value { get; internal init; }

    /// <summary>What it groups was not seen; none.</summary>
    public int? GroupId { get; internal init; }
}
