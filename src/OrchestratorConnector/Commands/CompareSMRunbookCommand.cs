using System;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Shows what changed in the contracts of invalid runbooks. The contract that what depends on them was made for stands beside
/// the one that they have now, with the runbook activities that use what differs.
/// </summary>
/// <remarks>Returns nothing for runbooks that are not invalid. Reads the store only, never a server.</remarks>
/// <example>
/// <code>Compare-SMRunbook</code>
/// <para>Shows for all invalid runbooks what changed in their contracts, and which activities use it.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbook -Folder \Operations | Compare-SMRunbook | Format-List *</code>
/// <para>Shows all that is known of what changed for the runbooks of a folder.</para>
/// </example>
[Cmdlet(VerbsData.Compare, "SMRunbook", DefaultParameterSetName = DefaultSet)]
[OutputType(typeof(SMRunbookDifference))]
public sealed class CompareSMRunbookCommand : RunbookChoiceCmdlet
{
    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (LibraryRunbook runbook in Choose().Where(r => r.AcceptedContract is not null))
        {
            foreach (ContractDifference difference in ContractComparison.Of(runbook.AcceptedContract!, runbook.Runbook.Parameters ?? []))
            {
                WriteObject(new SMRunbookDifference(runbook, difference, Users(runbook, difference), Store.Location));
            }
        }
    }

    /// <summary>The activities that use a parameter, or that lack a new input.</summary>
    private string[] Users(LibraryRunbook runbook, ContractDifference difference)
    {
        bool isNewInput = difference is { Accepted: null, Now.Direction: ParameterDirection.In };
        string name = (difference.Accepted ?? difference.Now)!.Name;
        return
        [
            .. from activity in Store.GetActivities()
               where activity.ConnectorId == runbook.ConnectorId && activity.RunbookId == runbook.Runbook.Id
               let fills = activity.Map.Select(m => m.Parameter).Concat(activity.Defaults.Select(d => d.Key)).Contains(name, StringComparer.OrdinalIgnoreCase)
               let takes = activity.OutputMap.Select(o => o.Key).Contains(name, StringComparer.OrdinalIgnoreCase)
               where isNewInput ? !fills : fills || takes
               select activity.Name,
        ];
    }
}
