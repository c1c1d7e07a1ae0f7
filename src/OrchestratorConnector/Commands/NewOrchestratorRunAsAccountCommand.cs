using System.Management.Automation;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Makes a Run As account that any number of connectors can use: a stored credential, or the name of a secret in a vault.</summary>
/// <remarks>
/// Nothing is sent to a server; New- and Set-OrchestratorConnector test the account when it is given to a connector.
/// </remarks>
/// <example>
/// <code>
/// $credential = Get-Credential 'CONTOSO\svc-runbooks'
/// New-OrchestratorRunAsAccount Berlin $credential
/// </code>
/// <para>Asks for the password once and stores it protected.</para>
/// </example>
/// <example>
/// <code>New-OrchestratorRunAsAccount Vaulted -SecretName orchestrator -Vault Operations -Description 'From the team''s vault'</code>
/// <para>Stores the name of a secret. The credential stays in the vault.</para>
/// </example>
/// <seealso href="about_OrchestratorConnector_Credentials"/>
[Cmdlet(VerbsCommon.New, "OrchestratorRunAsAccount", SupportsShouldProcess = true, DefaultParameterSetName = ByCredential)]
[OutputType(typeof(OrchestratorRunAsAccount))]
public sealed class NewOrchestratorRunAsAccountCommand : AccountSettingsCmdlet
{
    /// <summary>The account's name, not the user name: unique in any case, without wildcards, at most 128 characters.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string Name { get; set; } = string.Empty;

    /// <summary>
    /// User name and password, any characters in both: DOMAIN\user, user@domain, user. The password is stored protected: by
    /// DPAPI on Windows, under a key file elsewhere.
    /// </summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByCredential)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// The name of a secret that holds a PSCredential. It is asked for through Get-Secret of the SecretManagement module when a
    /// connection is made, once for each command; the store has the name only.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = BySecret)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (ConnectorName.WhyNot(Name) is { } why)
        {
            throw Error.AccountNameInvalid(Name, why);
        }

        if (Store.FindAccount(Name) is { } present)
        {
            throw Error.AccountExists(present.Name);
        }

        if (!ShouldProcess(Name, "Make Run As account"))
        {
            return;
        }

        RunAsAccount account = new() { Name = Name, Description = string.IsNullOrEmpty(Description) ? null : Description };
        WriteAccount(Store.AddAccount(Credential is null ? WithSecret(account, SecretName!) : WithCredential(account, Credential)));
    }
}
