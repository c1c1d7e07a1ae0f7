using System.Management.Automation;
using OrchestratorConnector.Binding;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Gets the runbook activities: mappings kept for reuse.</summary>
/// <example>
/// <code>Get-SMRunbookActivity</code>
/// <para>Lists all activities.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbookActivity | Where-Object { -not $_.ReadyForAutomation }</code>
/// <para>Finds those that would refuse to be invoked.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "SMRunbookActivity")]
[OutputType(typeof(SMRunbookActivity))]
public sealed class GetSMRunbookActivityCommand : OrchestratorCmdlet
{
    /// <summary>The activities' names, in any case; wildcards choose several. All without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ActivityNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process()
    {
        System.Collections.Generic.IReadOnlyList<RunbookActivity> all = Store.GetActivities();
        foreach (RunbookActivity activity in Select(Name, all, a => a.Name, Error.ActivityNotFound))
        {
            WriteObject(Activities.ToOutput(Store, activity));
        }
    }
}
