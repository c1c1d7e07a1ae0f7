namespace OrchestratorConnector.Transfer;

/// <summary>What an import makes of an item.</summary>
public enum ImportAction
{
    /// <summary>It is here as the document has it; nothing is written.</summary>
    Unchanged,

    /// <summary>It was not here.</summary>
    Created,

    /// <summary>It was here, and was otherwise.</summary>
    Changed,

    /// <summary>Somebody was asked and did not want it.</summary>
    Skipped,

    /// <summary>It cannot be imported; the others are.</summary>
    Failed,
}
