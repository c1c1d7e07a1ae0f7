using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>
/// An association of the Atom service. Twelve names were seen (orchestrator-metadata.md); the last six are inferred from
/// the pattern of the others, as are most multiplicities. The ends are called Parent and Child throughout.
/// </summary>
internal sealed record AtomAssociation(string Name, string Parent, string ParentNavigation, string Child, string ChildNavigation, string ForeignKey, string ParentMultiplicity = "1", string ChildMultiplicity = "*")
{
    internal static IReadOnlyList<AtomAssociation> All { get; } =
    [
        new("FK_Folder_Runbook", "Folder", "Runbooks", "Runbook", "Folder", "FolderId"),
        new("FK_Runbook_Parameter", "Runbook", "Parameters", "RunbookParameter", "Runbook", "RunbookId"),
        new("FK_Runbook_Activity", "Runbook", "Activities", "Activity", "Runbook", "RunbookId"),
        new("FK_Runbook_Job", "Runbook", "Jobs", "Job", "Runbook", "RunbookId"),
        new("FK_Runbook_Instance", "Runbook", "Instances", "RunbookInstance", "Runbook", "RunbookId"),
        new("FK_Runbook_Diagram", "Runbook", "Diagram", "RunbookDiagram", "Runbook", "RunbookId", ChildMultiplicity: "0..1"),
        new("FK_Runbook_Statistic", "Runbook", "Statistics", "Statistic", "Runbook", "ResourceId"),
        new("FK_RunbookInstance_ActivityInstance", "RunbookInstance", "ActivityInstances", "ActivityInstance", "RunbookInstance", "RunbookInstanceId"),
        new("FK_RunbookParameter_Instance", "RunbookParameter", "Instances", "RunbookInstanceParameter", "RunbookParameter", "RunbookParameterId"),
        new("FK_RunbookServer_Job", "RunbookServer", "Jobs", "Job", "RunbookServer", "RunbookServerId", ParentMultiplicity: "0..1"),
        new("FK_RunbookServer_Event", "RunbookServer", "Events", "Event", "RunbookServer", "SourceId"),
        new("FK_Activity_Instance", "Activity", "Instances", "ActivityInstance", "Activity", "ActivityId"),
        new("FK_Folder_Folder", "Folder", "Subfolders", "Folder", "Parent", "ParentId", ParentMultiplicity: "0..1"),
        new("FK_Job_Instance", "Job", "Instances", "RunbookInstance", "Job", "JobId"),
        new("FK_Job_Statistic", "Job", "Statistics", "Statistic", "", "ResourceId"),
        new("FK_RunbookInstance_Parameter", "RunbookInstance", "Parameters", "RunbookInstanceParameter", "RunbookInstance", "RunbookInstanceId"),
        new("FK_RunbookServer_Instance", "RunbookServer", "Instances", "RunbookInstance", "RunbookServer", "RunbookServerId"),
        new("FK_ActivityInstance_Data", "ActivityInstance", "Data", "ActivityInstanceData", "ActivityInstance", "ActivityInstanceId"),
    ];

    /// <summary>The association behind a navigation property, and whether the property stands at its parent's end.</summary>
    internal static (AtomAssociation Association, bool FromParent) Of(EdmType type, EdmNavigation navigation)
    {
        AtomAssociation? down = All.FirstOrDefault(association => association.Parent == type.Name && association.ParentNavigation == navigation.Name);
        return down is not null
            ? (down, true)
            : (All.First(association => association.Child == type.Name && association.ChildNavigation == navigation.Name), false);
    }
}
