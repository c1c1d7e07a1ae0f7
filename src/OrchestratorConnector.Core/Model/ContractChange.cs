namespace OrchestratorConnector.Model;

/// <summary>How much of a runbook's contract moved.</summary>
public enum ContractChange
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Ids only: the start activity was rebuilt, and everything that goes by name still fits.</summary>
    IdsOnly,

    /// <summary>A name, direction or type: what was mapped may no longer fit.</summary>
    Names,
}
