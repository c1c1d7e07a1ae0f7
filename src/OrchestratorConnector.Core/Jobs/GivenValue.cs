namespace OrchestratorConnector.Jobs;

/// <summary>A value that somebody gave for an input.</summary>
/// <param name="Name">The input's name in any case.</param>
/// <param name="Value">The value as text.</param>
/// <param name="IsSecret">Whether nobody may see it.</param>
public sealed record GivenValue(string Name, string Value, bool IsSecret = false);
