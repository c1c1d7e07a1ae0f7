using System;
using System.Collections.Generic;
using System.Linq;
using static FakeOrchestrator.EdmBuilder;

namespace FakeOrchestrator;

/// <summary>
/// The thirteen sets of the Atom service in declared order, their properties and links in declared order (facts A.2, metadata B).
/// Diagrams, statistics and events have no rows: they are listed and answer empty feeds.
/// </summary>
internal static class AtomSchema
{
    internal const string Namespace = "Microsoft.SystemCenter.Orchestrator.WebService";
    internal const string Container = "OrchestratorContext";

    private static readonly Dictionary<string, EdmType> BySet;

    static AtomSchema()
    {
        Types = [Folder(), Runbook(), Parameter(), .. Runtime(), Server(), .. Records()];
        BySet = Types.ToDictionary(type => type.Set, StringComparer.Ordinal);
    }

    internal static IReadOnlyList<EdmType> Types { get; }

    /// <summary>Set names are case-sensitive (facts A.6, inferred).</summary>
    internal static EdmType? Find(string set)
    {
        return BySet.GetValueOrDefault(set);
    }

    private static EdmType Folder()
    {
        return new EdmType(
            "Folder",
            "Folders",
            [
                Id<SourceFolder>("Id", row => row.Id),
                Id<SourceFolder>("ParentId", row => row.ParentId, nullable: true),
                Text<SourceFolder>("Name", row => row.Name),
                Text<SourceFolder>("CreatedBy", row => row.CreatedBy),
                Time<SourceFolder>("CreationTime", row => row.CreationTime),
                Text<SourceFolder>("LastModifiedBy", row => row.LastModifiedBy),
                Time<SourceFolder>("LastModifiedTime", row => row.LastModifiedTime),
                Text<SourceFolder>("Path", row => row.Path),
            ],
            [
                One("Parent", "Folders", static (view, row) => view.FolderOrNone(((SourceFolder)row).ParentId)),
                Many("Subfolders", "Folders", static (view, row) => view.SubfoldersOf(((SourceFolder)row).Id)),
                Many("Runbooks", "Runbooks", static (view, row) => view.RunbooksIn(((SourceFolder)row).Id)),
            ],
            RowSets.Folders);
    }

    private static EdmType Runbook()
    {
        return new EdmType(
            "Runbook",
            "Runbooks",
            [
                Id<SourceRunbook>("Id", row => row.Id),
                Id<SourceRunbook>("FolderId", row => row.FolderId),
                Text<SourceRunbook>("Name", row => row.Name),
                Text<SourceRunbook>("Description", row => row.Description, nullable: true),
                Text<SourceRunbook>("CreatedBy", row => row.CreatedBy ?? "S-1-5-500"),
                Time<SourceRunbook>("CreationTime", row => row.CreationTime),
                Text<SourceRunbook>("LastModifiedBy", row => row.LastModifiedBy),
                Time<SourceRunbook>("LastModifiedTime", row => row.LastModifiedTime),
                Flag<SourceRunbook>("IsMonitor", row => row.IsMonitor),
                Text<SourceRunbook>("Path", row => row.Path),
                Text<SourceRunbook>("CheckedOutBy", row => row.CheckedOutBy, nullable: true),
                Time<SourceRunbook>("CheckedOutTime", row => row.CheckedOutTime, nullable: true),
            ],
            [
                One("Folder", "Folders", static (view, row) => view.FolderOrNone(((SourceRunbook)row).FolderId)),
                Many("Parameters", "RunbookParameters", static (view, row) => view.ParametersOf(((SourceRunbook)row).Id)),
                Many("Activities", "Activities", static (view, row) => view.ActivitiesOf(((SourceRunbook)row).Id)),
                Many("Jobs", "Jobs", static (view, row) => view.Jobs.JobsOf(((SourceRunbook)row).Id)),
                Many("Instances", "RunbookInstances", static (view, row) => view.Jobs.InstancesOfRunbook(((SourceRunbook)row).Id)),
                One("Diagram", "RunbookDiagrams"),
                Many("Statistics", "Statistics"),
            ],
            RowSets.Runbooks);
    }

    private static EdmType Parameter()
    {
        return new EdmType(
            "RunbookParameter",
            "RunbookParameters",
            [
                Id<SourceParameter>("Id", row => row.Id),
                Id<SourceParameter>("RunbookId", row => row.RunbookId),
                Text<SourceParameter>("Name", row => row.Name),
                Text<SourceParameter>("Type", row => row.Type),
                Text<SourceParameter>("Description", row => row.Description, nullable: true),
                Text<SourceParameter>("Direction", row => row.Direction),
            ],
            [
                One("Runbook", "Runbooks", static (view, row) => view.RunbookOrNone(((SourceParameter)row).RunbookId)),
                Many("Instances", "RunbookInstanceParameters", static (view, row) => view.Jobs.InstanceParametersOfParameter(((SourceParameter)row).RunbookId, ((SourceParameter)row).Id)),
            ],
            RowSets.Parameters);
    }

    private static EdmType Server()
    {
        return new EdmType(
            "RunbookServer",
            "RunbookServers",
            [Id<SourceServer>("Id", row => row.Id), Text<SourceServer>("Name", row => row.Name)],
            [
                Many("Instances", "RunbookInstances", static (view, row) => Array.FindAll(view.Jobs.Instances(), instance => ((SourceInstance)instance).RunbookServerId == ((SourceServer)row).Id)),
                Many("Jobs", "Jobs", static (view, row) => Array.FindAll(view.Jobs.Jobs(), job => ((SourceJob)job).RunbookServerId == ((SourceServer)row).Id)),
                Many("Events", "Events"),
            ],
            RowSets.Servers);
    }

    private static IEnumerable<EdmType> Runtime()
    {
        yield return new EdmType(
            "Activity",
            "Activities",
            RuntimeProperties.Activity,
            [
                One("Runbook", "Runbooks", static (view, row) => view.RunbookOrNone(((SourceActivity)row).RunbookId)),
                Many("Instances", "ActivityInstances", static (view, row) => view.Jobs.ActivityInstancesOfActivity((SourceActivity)row)),
            ],
            RowSets.Activities);
        yield return new EdmType(
            "Job",
            "Jobs",
            RuntimeProperties.Job,
            [
                One("Runbook", "Runbooks", static (view, row) => view.RunbookOrNone(((SourceJob)row).RunbookId)),
                Many("Instances", "RunbookInstances", static (view, row) => view.Jobs.InstancesOfJob(((SourceJob)row).Id)),
                One("RunbookServer", "RunbookServers", static (view, row) => view.ServerOrNone(((SourceJob)row).RunbookServerId)),
                Many("Statistics", "Statistics"),
            ],
            RowSets.Jobs);
        yield return new EdmType(
            "RunbookInstance",
            "RunbookInstances",
            RuntimeProperties.Instance,
            [
                One("Runbook", "Runbooks", static (view, row) => view.RunbookOrNone(((SourceInstance)row).RunbookId)),
                One("Job", "Jobs", static (view, row) => RowSets.OrNone(view.Jobs.Job(((SourceInstance)row).JobId))),
                Many("Parameters", "RunbookInstanceParameters", static (view, row) => view.Jobs.InstanceParametersOf(((SourceInstance)row).Id)),
                Many("ActivityInstances", "ActivityInstances", static (view, row) => view.Jobs.ActivityInstancesOfInstance(((SourceInstance)row).Id)),
                One("RunbookServer", "RunbookServers", static (view, row) => view.ServerOrNone(((SourceInstance)row).RunbookServerId)),
            ],
            RowSets.Instances);
        yield return new EdmType(
            "RunbookInstanceParameter",
            "RunbookInstanceParameters",
            RuntimeProperties.InstanceParameter,
            [
                One("RunbookInstance", "RunbookInstances", static (view, row) => RowSets.OrNone(view.Jobs.Instance(((SourceInstanceParameter)row).RunbookInstanceId))),
                One("RunbookParameter", "RunbookParameters", static (view, row) => view.ParameterOrNone(((SourceInstanceParameter)row).RunbookParameterId)),
            ],
            RowSets.InstanceParameters);
        yield return new EdmType(
            "ActivityInstance",
            "ActivityInstances",
            RuntimeProperties.ActivityInstance,
            [
                One("Activity", "Activities", static (view, row) => RowSets.OrNone(view.Activity(((SourceActivityInstance)row).ActivityId))),
                One("RunbookInstance", "RunbookInstances", static (view, row) => RowSets.OrNone(view.Jobs.Instance(((SourceActivityInstance)row).RunbookInstanceId))),
                Many("Data", "ActivityInstanceData", static (view, row) => view.Jobs.ActivityInstanceDataOf(((SourceActivityInstance)row).Id)),
            ],
            RowSets.ActivityInstances);
        yield return new EdmType(
            "ActivityInstanceData",
            "ActivityInstanceData",
            RuntimeProperties.ActivityInstanceData,
            [One("ActivityInstance", "ActivityInstances", static (view, row) => RowSets.OrNone(view.Jobs.ActivityInstance(((SourceActivityInstanceData)row).ActivityInstanceId)))],
            RowSets.ActivityInstanceData);
    }

    private static IEnumerable<EdmType> Records()
    {
        yield return new EdmType(
            "RunbookDiagram",
            "RunbookDiagrams",
            Declared("RunbookId Guid, LastModifiedTime DateTime, ContentType String"),
            [One("Runbook", "Runbooks")]);
        yield return new EdmType(
            "Statistic",
            "Statistics",
            Declared("Id Guid, RunbookId Guid, RunbookPath String, ResourceId Guid, ResourceType String, Counter String, Criteria String, Value Int32, StartTime DateTime, EndTime DateTime"),
            [One("Runbook", "Runbooks")]);
        yield return new EdmType(
            "Event",
            "Events",
            Declared("Id Guid, Type String, SourceName String?, SourceId Guid, CreationTime DateTime, Summary String?, Description String?"),
            [One("RunbookServer", "RunbookServers")]);
    }

    private static EdmNavigation One(string name, string set, Func<SourceView, object, IReadOnlyList<object>>? follow = null)
    {
        return new EdmNavigation(name, set, false, follow);
    }

    private static EdmNavigation Many(string name, string set, Func<SourceView, object, IReadOnlyList<object>>? follow = null)
    {
        return new EdmNavigation(name, set, true, follow);
    }
}
