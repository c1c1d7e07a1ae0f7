using OrchestratorConnector.Model;

namespace OrchestratorConnector.Events;

/// <summary>The log of the machine, which gets every event beside the store.</summary>
public interface ISystemLog
{
    /// <summary>Hands an event over. A log that cannot be written is no error: the store has the event. Called from any thread.</summary>
    void Write(ConnectorEvent entry);
}
