namespace OrchestratorConnector.Model;

/// <summary>One property of a runbook that differs.</summary>
/// <param name="Name">The property's name, as the server spells it.</param>
/// <param name="Before">Its value in the library, as invariant text; <see langword="null"/> for none.</param>
/// <param name="After">Its value at the source, as invariant text; <see langword="null"/> for none.</param>
public sealed record PropertyChange(string Name, string? Before, string? After)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Before} → {After}";
}
