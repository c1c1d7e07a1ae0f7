using System;

namespace FakeOrchestrator;

/// <summary>A value that went into a runbook instance or came out of it (facts A.2, A.9).</summary>
public sealed class SourceInstanceParameter : SourceEntity
{
    internal SourceInstanceParameter(Guid id)
        : base(id)
    {
    }

    /// <summary>The instance.</summary>
    public Guid RunbookInstanceId { get; internal init; }

    /// <summary>The parameter of the runbook.</summary>
    public Guid RunbookParameterId { get; internal init; }

    /// <summary>The parameter's name.</summary>
    public string Name { get; internal init; } = "";

    /// <summary>The value.</summary>
    public string Value { get; internal init; } = "";

    /// <summary>What it groups was not seen; none.</summary>
    public int? GroupId { get; internal init; }

    /// <summary><c>In</c> or <c>Out</c>.</summary>
    public string Direction { get; internal init; } = "In";
}
