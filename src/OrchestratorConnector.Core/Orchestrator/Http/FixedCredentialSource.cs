namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>An identity that does not change: the current user, or a credential typed for one test.</summary>
/// <param name="identity">The identity.</param>
internal sealed class FixedCredentialSource(Identity identity) : ICredentialSource
{
    public Identity Current() => identity;
}
