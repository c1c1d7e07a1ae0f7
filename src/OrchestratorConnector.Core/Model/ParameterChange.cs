namespace OrchestratorConnector.Model;

/// <summary>One parameter of a runbook that differs.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Direction">Its direction, the new one where it has one.</param>
/// <param name="Kind">What differs.</param>
/// <param name="Before">The old value of what differs, or <see langword="null"/>.</param>
/// <param name="After">The new value of what differs, or <see langword="null"/>.</param>
public sealed record ParameterChange(string Name, ParameterDirection Direction, ParameterChangeKind Kind, string? Before, string? After)
{
    /// <inheritdoc/>
    public override string ToString() => Kind switch
    {
        ParameterChangeKind.Added => $"+{Direction} {Name}",
        ParameterChangeKind.Removed => $"-{Direction} {Name}",
        _ => $"{Direction} {Name} {Kind}: {Before} → {After}",
    };
}
