namespace OrchestratorConnector.Model;

/// <summary>What happened to a runbook between two synchronizations.</summary>
public enum RunbookChangeKind
{
    /// <summary>It is new in the library.</summary>
    Added,

    /// <summary>Properties or contract differ.</summary>
    Changed,

    /// <summary>The server no longer returns it.</summary>
    Missing,

    /// <summary>It was missing and is back, with or without other changes.</summary>
    Returned,
}
