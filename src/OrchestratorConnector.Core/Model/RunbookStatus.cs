namespace OrchestratorConnector.Model;

/// <summary>The state of a runbook in the library.</summary>
public enum RunbookStatus
{
    /// <summary>The last synchronization found it.</summary>
    Active,

    /// <summary>Its contract changed under something that depends on it.</summary>
    Invalid,

    /// <summary>No longer returned: deleted, moved out of the folder, or no longer readable by the account.</summary>
    Missing,

    /// <summary>Its connector was removed and its runbooks were kept.</summary>
    PendingDelete,
}
