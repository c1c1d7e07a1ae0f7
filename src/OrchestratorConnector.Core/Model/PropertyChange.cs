namespace OrchestratorConnector.Model;

/// <summary>One property that differs: of a runbook, or of something that is imported.</summary>
/// <param name="Name">The property's name; a runbook's as the server spells it.</param>
/// <param name="Before">Its value in the library or the store, as invariant text; <see langword="null"/> for none.</param>
/// <param name="After">Its value at the source or in the document, as invariant text; <see langword="null"/> for none.</param>
public sealed record PropertyChange(string Name, string? Before, string? After)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Name}: {Before} → {After}";
}
