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
/// <example>
/// <code>
/// $credential = Get-Credential 'CONTOSO\svc-runbooks'
/// Set-OrchestratorRunAsAccount Runbooks $credential
/// </code>
/// <para>Changes the password, in the one place where it is. Test-OrchestratorConnector shows whether it is right.</para>
/// </example>
/// <example>
/// <code>Set-OrchestratorRunAsAccount Runbooks -SecretName orchestrator -PassThru</code>
/// <para>Takes the credential from a vault from now on.</para>
/// </example>
/// <seealso href="about_OrchestratorConnector_Credentials"/>
[Cmdlet(VerbsCommon.Set, "OrchestratorRunAsAccount", SupportsShouldProcess = true, DefaultParameterSetName = ByCredential)]
[OutputType(typeof(OrchestratorRunAsAccount))]
public sealed class SetOrchestratorRunAsAccountCommand : AccountSettingsCmdlet
{
    /// <summary>The account's name, in any case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunAsAccountNameCompleter))]
    public string Name { get; set; } = string.Empty;

    /// <summary>The new user name and password. They take the place of what the account had, a secret's name included.</summary>
    [Parameter(Position = 1, ParameterSetName = ByCredential)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>
    /// The name of a secret in a vault, in place of what the account had. A password that was stored is gone then.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = BySecret)]
    [ValidateNotNullOrEmpty]
    public string? SecretName { get; set; }

    /// <summary>Return the changed account. Without it nothing is returned.</summary>
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
