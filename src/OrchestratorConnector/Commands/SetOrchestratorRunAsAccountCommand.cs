using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Changes a Run As account. A new password holds at the next request of every connector that uses the account, also in
/// processes that are running.
/// </summary>
[Cmdlet(VerbsCommon.Set, "OrchestratorRunAsAccount", SupportsShouldProcess = true, DefaultParameterSetName = ByCredential)]
[OutputType(typeof(OrchestratorRunAsAccount))]
public sealed class SetOrchestratorRunAsAccountCommand : AccountSettingsCmdlet
{
    /// <summary>The account's name.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunAsAccountNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The new user name and password.</summary>
    [Parameter(Position = 1, ParameterSetName = ByCredential)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>The name of a secret in place of a stored credential.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BySecret)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>Return the account.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => ForItem(() =>
    {
        RunAsAccount account = Store.FindAccount(Name) ?? throw Error.AccountNotFound(Name, Store.GetAccounts().Select(a => a.Name));
        if (!ShouldProcess(account.Name, "Change Run As account"))
        {
            return;
        }

        account = Store.UpdateAccount(account, Change);
        if (PassThru)
        {
            WriteAccount(account);
        }
    });

    private RunAsAccount Change(RunAsAccount account)
    {
        account = (Credential, SecretName) switch
        {
            ({ } credential, _) => WithCredential(account, credential),
            (_, { } secret) => WithSecret(account, secret),
            _ => account,
        };
        bool describes = MyInvocation.BoundParameters.ContainsKey(nameof(Description));
        return describes ? account with { Description = string.IsNullOrEmpty(Description) ? null : Description } : account;
    }
}
