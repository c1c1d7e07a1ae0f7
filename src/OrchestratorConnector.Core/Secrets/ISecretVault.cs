using System.Net;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Secrets;

/// <summary>Where credentials are that the store knows by name only: the shell's SecretManagement vaults.</summary>
public interface ISecretVault
{
    /// <summary>Asks for an account's credential.</summary>
    /// <exception cref="OrchestratorException">SecretVaultUnavailable, SecretNotFound, SecretNotCredential.</exception>
    NetworkCredential Get(RunAsAccount account);
}
