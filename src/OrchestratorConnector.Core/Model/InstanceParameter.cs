namespace OrchestratorConnector.Model;

/// <summary>A value that went into a run, or came out of it.</summary>
/// <param name="Name">The parameter's name.</param>
/// <param name="Direction">Which way.</param>
/// <param name="Value">The value as text.</param>
public sealed record InstanceParameter(string Name, ParameterDirection Direction, string Value);
