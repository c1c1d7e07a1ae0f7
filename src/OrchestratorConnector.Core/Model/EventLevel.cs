namespace OrchestratorConnector.Model;

/// <summary>How much an event matters.</summary>
public enum EventLevel
{
    /// <summary>It went as it should.</summary>
    Information,

    /// <summary>Somebody should look at it.</summary>
    Warning,

    /// <summary>It failed.</summary>
    Error,
}
