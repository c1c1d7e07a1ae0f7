using System.Management.Automation;
using OrchestratorConnector.Model;
using OrchestratorConnector.Secrets;

namespace OrchestratorConnector.Commands;

/// <summary>What New- and Set-OrchestratorRunAsAccount share: where the credential comes from.</summary>
public abstract class AccountSettingsCmdlet : AccountCmdlet
{
    /// <summary>The parameter set of stored credentials.</summary>
    private protected const string ByCredential = "Credential";

    /// <summary>The parameter set of secrets in a vault.</summary>
    private protected const string BySecret = "Secret";

    /// <summary>The vault that holds the secret; all registered vaults are asked without it.</summary>
    [Parameter(ParameterSetName = BySecret)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>Free text. An empty text takes away the one that is there.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? Description { get; set; }

    /// <summary>The account with a stored credential, protected as the platform can, in place of what it had.</summary>
    private protected RunAsAccount WithCredential(RunAsAccount account, PSCredential credential) => account with
    {
        UserName = credential.UserName,
        ProtectedPassword = StoredPassword.Protect(account.Name, credential.GetNetworkCredential().Password, SecretProtector.For(Store.Location)),
        SecretName = null,
        Vault = null,
    };

    /// <summary>The account with the name of a secret in place of what it had.</summary>
    private protected RunAsAccount WithSecret(RunAsAccount account, string secretName) => account with
    {
        UserName = null,
        ProtectedPassword = null,
        SecretName = secretName,
        Vault = Vault,
    };
}
