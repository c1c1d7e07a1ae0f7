namespace OrchestratorConnector.Model;

/// <summary>Where a runbook activity takes the value of one input from.</summary>
/// <param name="Parameter">The runbook's input.</param>
/// <param name="Source">The name of a property of the input object, or the text of a script block.</param>
/// <param name="IsScript">Whether it is a script block.</param>
public sealed record ActivityMapping(string Parameter, string Source, bool IsScript);
