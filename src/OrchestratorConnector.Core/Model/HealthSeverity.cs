namespace OrchestratorConnector.Model;

/// <summary>How much a finding matters.</summary>
public enum HealthSeverity
{
    /// <summary>All is well.</summary>
    Healthy,

    /// <summary>Nothing to do, but good to know.</summary>
    Information,

    /// <summary>Somebody should look at it.</summary>
    Warning,

    /// <summary>It does not work.</summary>
    Error,
}
