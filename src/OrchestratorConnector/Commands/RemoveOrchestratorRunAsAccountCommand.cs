using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Commands;

/// <summary>Removes Run As accounts. One that a connector uses is not removed; the error names the connectors.</summary>
/// <remarks>Asks for confirmation unless -Confirm:$false is given.</remarks>
/// <example>
/// <code>Remove-OrchestratorRunAsAccount Runbooks -WhatIf</code>
/// <para>Says what would be removed.</para>
/// </example>
/// <example>
/// <code>
/// Get-OrchestratorConnector | Set-OrchestratorConnector -RunAsAccount ''
/// Remove-OrchestratorRunAsAccount Runbooks -Confirm:$false
/// </code>
/// <para>Lets the current user sign in for all connectors, after which the account can go.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OrchestratorRunAsAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveOrchestratorRunAsAccountCommand : AccountCmdlet
{
    /// <summary>The accounts' names, in any case; wildcards choose several.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunAsAccountNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (RunAsAccount account in SelectAccounts(Name))
        {
            ForItem(() =>
            {
                if (ShouldProcess(account.Name, "Remove Run As account"))
                {
                    Store.RemoveAccount(account);
                }
            });
        }
    }
}
