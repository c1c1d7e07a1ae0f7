namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>Who to sign in as. Asked before every request, so that a changed password is in force at the next one.</summary>
public interface ICredentialSource
{
    /// <summary>The identity that holds now.</summary>
    Identity Current();
}
