using System;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>The rows of every set that has some; both generations list the same.</summary>
internal static class RowSets
{
    internal static RowSet Folders { get; } = new(static view => view.Folders)
    {
        ByFilter = static (view, filter) => filter.Required("ParentId") is { } parent ? view.SubfoldersOf(parent) : null,
    };

    internal static RowSet Runbooks { get; } = new(static view => view.Runbooks)
    {
        ByFilter = static (view, filter) => filter.Required("FolderId") is { } folder ? view.RunbooksIn(folder) : null,
    };

    internal static RowSet Parameters { get; } = new(static view => view.Parameters)
    {
        ByFilter = static (view, filter) => filter.Required("RunbookId") is { } runbook ? view.ParametersOf(runbook) : null,
    };

    internal static RowSet Servers { get; } = new(static view => view.Servers);

    internal static RowSet Activities { get; } = new(static view => view.Activities)
    {
        ByKey = static (view, id) => view.Activity(id),
        ByFilter = static (view, filter) => filter.Required("RunbookId") is { } runbook ? view.ActivitiesOf(runbook) : null,
    };

    internal static RowSet Jobs { get; } = new(static view => view.Jobs.Jobs())
    {
        IsLive = true,
        ByKey = static (view, id) => view.Jobs.Job(id),
        ByFilter = static (view, filter) => filter.Required("RunbookId") is { } runbook
            ? view.Jobs.JobsOf(runbook)
            : Says(filter, SourceJobStatus.Pending, SourceJobStatus.Running) ? view.Jobs.ActiveJobs() : null,
        BeforeRead = static (view, rows) => view.Jobs.Refreshed(rows),
        AfterRead = static (view, rows) => view.Jobs.Shown(rows),
        OneRead = static (view, row) => view.Jobs.Seen(row),
    };

    internal static RowSet Instances { get; } = new(static view => view.Jobs.Instances())
    {
        IsLive = true,
        ByKey = static (view, id) => view.Jobs.Instance(id),
        ByFilter = static (view, filter) => Gathered(filter, "JobId", view.Jobs.InstancesOfJob)
            ?? (filter.Required("RunbookId") is { } runbook
                ? view.Jobs.InstancesOfRunbook(runbook)
                : Says(filter, SourceInstanceStatus.InProgress) ? view.Jobs.ActiveInstances() : null),
    };

    internal static RowSet InstanceParameters { get; } = new(static view => view.Jobs.InstanceParameters())
    {
        IsLive = true,
        ByKey = static (view, id) => view.Jobs.InstanceParameter(id),
        ByFilter = static (view, filter) => Gathered(filter, "RunbookInstanceId", view.Jobs.InstanceParametersOf),
    };

    internal static RowSet ActivityInstances { get; } = new(static view => view.Jobs.ActivityInstances())
    {
        IsLive = true,
        ByKey = static (view, id) => view.Jobs.ActivityInstance(id),
        ByFilter = static (view, filter) => Gathered(filter, "RunbookInstanceId", view.Jobs.ActivityInstancesOfInstance),
    };

    internal static RowSet ActivityInstanceData { get; } = new(static view => view.Jobs.ActivityInstanceData())
    {
        IsLive = true,
        ByKey = static (view, id) => view.Jobs.ActivityInstanceDatum(id),
        ByFilter = static (view, filter) => Gathered(filter, "ActivityInstanceId", view.Jobs.ActivityInstanceDataOf),
    };

    /// <summary>One row or none.</summary>
    internal static object[] OrNone(object? row)
    {
        return row is null ? [] : [row];
    }

    /// <summary>What lies under the one key or the several that a filter names.</summary>
    private static object[]? Gathered(FilterNode filter, string property, Func<Guid, object[]> rows)
    {
        return filter.Among(property) switch
        {
            null => null,
            [Guid id] => rows(id),
            { } ids => KeyOrder.Sorted(ids.OfType<Guid>().Distinct().SelectMany(id => rows(id).Cast<SourceEntity>())),
        };
    }

    /// <summary>Whether a filter lets through rows in these states alone.</summary>
    private static bool Says(FilterNode filter, params string[] states)
    {
        return filter.Among("Status") is { } values && values.All(value => value is string state && states.Contains(state, StringComparer.OrdinalIgnoreCase));
    }
}
