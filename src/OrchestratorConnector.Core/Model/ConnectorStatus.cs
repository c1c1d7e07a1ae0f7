namespace OrchestratorConnector.Model;

/// <summary>How the last synchronization of a connector ended; the five values of Service Manager's connectors.</summary>
public enum ConnectorStatus
{
    /// <summary>The connector was never synchronized.</summary>
    NeverRun,

    /// <summary>A synchronization is running now, in this process or another.</summary>
    Running,

    /// <summary>The last synchronization succeeded.</summary>
    FinishedSuccess,

    /// <summary>The last synchronization failed or was cancelled; the library is as it was before.</summary>
    FinishedWithError,

    /// <summary>The state cannot be told.</summary>
    Unknown,
}
