using System;

namespace OrchestratorConnector.Model;

/// <summary>A value for one input of a runbook.</summary>
/// <param name="Name">The parameter's name, as the runbook spells it.</param>
/// <param name="Id">The parameter's id; empty where it is not known.</param>
/// <param name="Value">The value as text.</param>
/// <param name="IsSecret">Whether the value may be sent and nothing else: never stored, logged or shown.</param>
public sealed record JobParameter(string Name, Guid Id, string Value, bool IsSecret = false)
{
    /// <summary>What stands for a secret value wherever it could be seen.</summary>
    public const string Mask = "********";

    /// <summary>The value for everybody's eyes.</summary>
    public string VisibleValue => IsSecret ? Mask : Value;

    /// <inheritdoc/>
    public override string ToString() => $"{Name}={VisibleValue}";
}
