using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>An identity that may become another one at any time.</summary>
internal sealed class ChangingCredentials : ICredentialSource
{
    private volatile Identity _identity;

    public ChangingCredentials(string user, string password) => _identity = Of(1, user, password);

    public static Identity Of(long version, string user, string password) => new(version, Identity.ToCredential(user, password), $"'{user}'");

    public void Change(string user, string password) => _identity = Of(_identity.Version + 1, user, password);

    public Identity Current() => _identity;
}
