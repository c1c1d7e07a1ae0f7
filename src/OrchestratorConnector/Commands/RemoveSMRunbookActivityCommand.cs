using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Commands;

/// <summary>Removes runbook activities. The runbooks and their jobs stay.</summary>
[Cmdlet(VerbsCommon.Remove, "SMRunbookActivity", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveSMRunbookActivityCommand : OrchestratorCmdlet
{
    /// <summary>The activities' names; wildcards choose several.</summary>
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
