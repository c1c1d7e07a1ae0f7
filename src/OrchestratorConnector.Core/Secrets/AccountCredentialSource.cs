using System.Linq;
using System.Net;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Secrets;

/// <summary>
/// The identity that a Run As account means now. The account is looked at before every request, so that a password changed in
/// another process holds at the next one; a secret in a vault is asked for once, because vaults ask people.
/// </summary>
/// <param name="store">Where the account is.</param>
/// <param name="accountName">The account.</param>
/// <param name="protector">Reads stored passwords.</param>
/// <param name="vault">Gives secrets by name.</param>
internal sealed class AccountCredentialSource(IStateStore store, string accountName, ISecretProtector protector, ISecretVault vault) : ICredentialSource
{
    private readonly object _lock = new();
    private Identity? _identity;

    public Identity Current()
    {
        RunAsAccount account = store.FindAccount(accountName) ?? throw Error.AccountNotFound(accountName, store.GetAccounts().Select(a => a.Name));
        lock (_lock)
        {
            if (_identity is null || _identity.Version != account.Version)
            {
                NetworkCredential credential = account.SecretName is null ? Unprotect(account) : vault.Get(account);
                _identity = new Identity(account.Version, credential, $"'{(credential.Domain.Length == 0 ? "" : credential.Domain + "\\")}{credential.UserName}' (Run As account '{account.Name}')");
            }

            return _identity;
        }
    }

    private NetworkCredential Unprotect(RunAsAccount account) => Identity.ToCredential(
        account.UserName!,
        StoredPassword.Read(account, protector));
}
