using System.Management.Automation;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Binding;

/// <summary>A credential typed at the prompt, as the core takes it.</summary>
internal static class CredentialBinding
{
    /// <summary>The credential, or the current user without one.</summary>
    public static ICredentialSource ToSource(PSCredential? credential) => new FixedCredentialSource(credential is null
        ? Identity.CurrentUser
        : new Identity(0, Identity.ToCredential(credential.UserName, credential.GetNetworkCredential().Password), $"'{credential.UserName}'"));
}
