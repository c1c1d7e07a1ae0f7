using System;
using System.Collections.Generic;
using System.Linq;
using static FakeOrchestrator.EdmBuilder;

namespace FakeOrchestrator;

/// <summary>
/// The thirteen sets of the Atom service in declared order, their properties and links in declared order (facts A.2, metadata B).
/// Four of them have rows; the nine others are listed and answer empty feeds.
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
            static view => view.Folders);
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
                Many("Activities", "Activities"),
                Many("Jobs", "Jobs"),
                Many("Instances", "RunbookInstances"),
                One("Diagram", "RunbookDiagrams"),
                Many("Statistics", "Statistics"),
            ],
            static view => view.Runbooks);
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
                Many("Instances", "RunbookInstanceParameters"),
            ],
            static view => view.Parameters);
    }

    private static EdmType Server()
    {
        return new EdmType(
            "RunbookServer",
            "RunbookServers",
            [Id<SourceServer>("Id", row => row.Id), Text<SourceServer>("Name", row => row.Name)],
            [Many("Instances", "RunbookInstances"), Many("Jobs", "Jobs"), Many("Events", "Events")],
            static view => view.Servers);
    }

    private static IEnumerable<EdmType> Runtime()
    {
        yield return new EdmType(
            "Activity",
            "Activities",
            Declared("Id Guid, RunbookId Guid, Name String, TypeName String, Description String?, CreationTime DateTime, CreatedBy String, LastModifiedTime DateTime, LastModifiedBy String, Enabled Boolean, PositionX Int32?, PositionY Int32?"),
            [One("Runbook", "Runbooks"), Many("Instances", "ActivityInstances")]);
        yield return new EdmType(
            "Job",
            "Jobs",
            Declared("Id Guid, RunbookId Guid, Parameters String?, RunbookServers String?, RunbookServerId Guid?, ParentId Guid?, ParentIsWaiting Boolean?, Status String?, CreatedBy String, CreationTime DateTime, LastModifiedBy String, LastModifiedTime DateTime"),
            [One("Runbook", "Runbooks"), Many("Instances", "RunbookInstances"), One("RunbookServer", "RunbookServers"), Many("Statistics", "Statistics")]);
        yield return new EdmType(
            "RunbookInstance",
            "RunbookInstances",
            Declared("Id Guid, RunbookId Guid, JobId Guid, RunbookServerId Guid, Status String, CreationTime DateTime, CompletionTime DateTime?"),
            [One("Runbook", "Runbooks"), One("Job", "Jobs"), Many("Parameters", "RunbookInstanceParameters"), Many("ActivityInstances", "ActivityInstances"), One("RunbookServer", "RunbookServers")]);
        yield return new EdmType(
            "RunbookInstanceParameter",
            "RunbookInstanceParameters",
            Declared("Id Guid, RunbookInstanceId Guid, RunbookParameterId Guid, Name String, Value String, GroupId Int32?, Direction String"),
            [One("RunbookInstance", "RunbookInstances"), One("RunbookParameter", "RunbookParameters")]);
        yield return new EdmType(
            "ActivityInstance",
            "ActivityInstances",
            Declared("Id Guid, RunbookInstanceId Guid, ActivityId Guid, SequenceNumber Int32, Status String?, StartTime DateTime, EndTime DateTime?"),
            [One("Activity", "Activities"), One("RunbookInstance", "RunbookInstances"), Many("Data", "ActivityInstanceData")]);
        yield return new EdmType(
            "ActivityInstanceData",
            "ActivityInstanceData",
            Declared("Id Guid, ActivityInstanceId Guid, Name String, Value String?, GroupId Int32?"),
            [One("ActivityInstance", "ActivityInstances")]);
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
