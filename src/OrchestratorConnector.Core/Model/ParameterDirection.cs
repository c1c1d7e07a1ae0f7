namespace OrchestratorConnector.Model;

/// <summary>Whether a runbook parameter is given to the runbook or comes back from it.</summary>
public enum ParameterDirection
{
    /// <summary>An input: from the Initialize Data activity.</summary>
    In,

    /// <summary>An output: published by Return Data.</summary>
    Out,
}
