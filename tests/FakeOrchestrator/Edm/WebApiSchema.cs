using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using static FakeOrchestrator.EdmBuilder;

namespace FakeOrchestrator;

/// <summary>
/// The sets of the Web API that trustworthy clients use (facts B.3), a runbook's properties in the order of a real dump (B.4).
/// The navigation from a runbook to its parameters is unknown: it is there only if the quirks give it a name.
/// </summary>
internal sealed class WebApiSchema
{
    private static readonly ConcurrentDictionary<(string?, WebApiJobParameters), WebApiSchema> Known = new();

    private readonly Dictionary<string, EdmType> _bySet;

    private WebApiSchema(string? parametersNavigation, WebApiJobParameters jobParameters)
    {
        Types = [Folder(), Runbook(parametersNavigation), Parameter(), Server(), .. Runtime(jobParameters)];
        _bySet = Types.ToDictionary(type => type.Set, StringComparer.OrdinalIgnoreCase);
    }

    internal IReadOnlyList<EdmType> Types { get; }

    internal static WebApiSchema Of(Quirks quirks)
    {
        return Known.GetOrAdd((quirks.WebApiParametersNavigation, quirks.WebApiJobParameters), static known => new WebApiSchema(known.Item1, known.Item2));
    }

    /// <summary>Path segments are case-insensitive (facts B.3).</summary>
    internal EdmType? Find(string set)
    {
        return _bySet.GetValueOrDefault(set);
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
                Time<SourceFolder>("CreationTime", row => row.CreationTime),
                Text<SourceFolder>("CreatedBy", row => row.CreatedBy, nullable: true),
                Time<SourceFolder>("LastModifiedTime", row => row.LastModifiedTime),
                Text<SourceFolder>("LastModifiedBy", row => row.LastModifiedBy),
                Text<SourceFolder>("Path", row => row.Path),
            ],
            rows: RowSets.Folders);
    }

    private static EdmType Runbook(string? parametersNavigation)
    {
        return new EdmType(
            "Runbook",
            "Runbooks",
            [
                Id<SourceRunbook>("Id", row => row.Id),
                Id<SourceRunbook>("FolderId", row => row.FolderId),
                Text<SourceRunbook>("Name", row => row.Name),
                Text<SourceRunbook>("Description", row => row.Description, nullable: true),
                Time<SourceRunbook>("CreationTime", row => row.CreationTime),
                Text<SourceRunbook>("CreatedBy", row => row.CreatedBy, nullable: true),
                Time<SourceRunbook>("LastModifiedTime", row => row.LastModifiedTime),
                Text<SourceRunbook>("LastModifiedBy", row => row.LastModifiedBy),
                Flag<SourceRunbook>("IsMonitor", row => row.IsMonitor),
                Text<SourceRunbook>("Path", row => row.Path),
                Text<SourceRunbook>("CheckedOutBy", row => row.CheckedOutBy, nullable: true),
                Time<SourceRunbook>("CheckedOutTime", row => row.CheckedOutTime, nullable: true),
            ],
            parametersNavigation is null
                ? []
                : [new EdmNavigation(parametersNavigation, "RunbookParameters", true, static (view, row) => view.ParametersOf(((SourceRunbook)row).Id))],
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
            rows: RowSets.Parameters);
    }

    private static EdmType Server()
    {
        return new EdmType(
            "RunbookServer",
            "RunbookServers",
            [Id<SourceServer>("Id", row => row.Id), Text<SourceServer>("Name", row => row.Name)],
            rows: RowSets.Servers);
    }

    /// <summary>What runs. The names of two navigations were seen (facts B.4), others were not and are left out.</summary>
    private static IEnumerable<EdmType> Runtime(WebApiJobParameters jobParameters)
    {
        yield return new EdmType("Activity", "Activities", RuntimeProperties.Activity, rows: RowSets.Activities);
        yield return new EdmType(
            "Job",
            "Jobs",
            JobProperties(jobParameters),
            [new EdmNavigation("RunbookInstances", "RunbookInstances", true, static (view, row) => view.Jobs.InstancesOfJob(((SourceJob)row).Id))],
            RowSets.Jobs);
        yield return new EdmType(
            "RunbookInstance",
            "RunbookInstances",
            RuntimeProperties.Instance,
            [new EdmNavigation("RunbookInstanceParameters", "RunbookInstanceParameters", true, static (view, row) => view.Jobs.InstanceParametersOf(((SourceInstance)row).Id))],
            RowSets.Instances);
        yield return new EdmType("RunbookInstanceParameter", "RunbookInstanceParameters", RuntimeProperties.InstanceParameter, rows: RowSets.InstanceParameters);
        yield return new EdmType("ActivityInstance", "ActivityInstances", RuntimeProperties.ActivityInstance, rows: RowSets.ActivityInstances);
        yield return new EdmType("ActivityInstanceData", "ActivityInstanceData", RuntimeProperties.ActivityInstanceData, rows: RowSets.ActivityInstanceData);
    }

    private static IReadOnlyList<EdmProperty> JobProperties(WebApiJobParameters parameters)
    {
        return parameters switch
        {
            WebApiJobParameters.Text => RuntimeProperties.Job,
            WebApiJobParameters.Absent => [.. RuntimeProperties.Job.Where(property => property.Name != "Parameters")],
            _ => [.. RuntimeProperties.Job.Select(property => property.Name == "Parameters" ? property with { Get = static _ => null } : property)],
        };
    }
}
