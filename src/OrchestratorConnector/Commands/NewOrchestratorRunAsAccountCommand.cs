using System.Management.Automation;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Makes a Run As account that any number of connectors can use: a stored credential, or the name of a secret in a vault.</summary>
[Cmdlet(VerbsCommon.New, "OrchestratorRunAsAccount", SupportsShouldProcess = true, DefaultParameterSetName = ByCredential)]
[OutputType(typeof(OrchestratorRunAsAccount))]
public sealed class NewOrchestratorRunAsAccountCommand : AccountSettingsCmdlet
{
    /// <summary>The account's name: not the user name. Unique in any case, without wildcards, at most 128 characters.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string Name { get; set; } = string.Empty;

    /// <summary>User name and password, any characters: DOMAIN\user, user@domain, user.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = ByCredential)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The name of a secret that holds a PSCredential; asked for through Get-Secret when a connection is made.</summary>
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
