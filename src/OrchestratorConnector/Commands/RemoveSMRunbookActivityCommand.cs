using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Commands;

/// <summary>Removes runbook activities. The runbooks and their jobs stay.</summary>
/// <remarks>Asks for confirmation unless -Confirm:$false is given.</remarks>
/// <example>
/// <code>Remove-SMRunbookActivity Restart -WhatIf</code>
/// <para>Says what would be removed.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbookActivity Rest* | Remove-SMRunbookActivity -Confirm:$false</code>
/// <para>Removes several without asking.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "SMRunbookActivity", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveSMRunbookActivityCommand : OrchestratorCmdlet
{
    /// <summary>The activities' names, in any case; wildcards choose several.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ActivityNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (RunbookActivity activity in Select(Name, Store.GetActivities(), a => a.Name, Error.ActivityNotFound))
        {
            ForItem(() =>
            {
                if (ShouldProcess(activity.Name, "Remove runbook activity"))
                {
                    Store.RemoveActivity(activity);
                }
            });
        }
    }
}
