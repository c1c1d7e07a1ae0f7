namespace OrchestratorConnector.Transfer;

/// <summary>What an item of a document is.</summary>
public enum ImportItemKind
{
    /// <summary>A Run As account.</summary>
    Account,

    /// <summary>A connector.</summary>
    Connector,

    /// <summary>A runbook activity.</summary>
    Activity,
}
