namespace OrchestratorConnector.Model;

/// <summary>Something that a step of a runbook published while it ran.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Value">Its text, or <see langword="null"/>.</param>
public sealed record ActivityValue(string Name, string? Value);
