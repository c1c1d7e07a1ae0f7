using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>
/// One version of the source as the servers see it: in the order of the keys, without what the account may not see, with
/// indexes. It never changes, so that everything made from it can be kept as long as it is current; the jobs alone, to which
/// it leads, go on.
/// </summary>
internal sealed class SourceView
{
    private readonly Dictionary<Guid, object[]> _parameters;
    private readonly Lazy<Dictionary<Guid, object[]>> _subfolders;
    private readonly Lazy<Dictionary<Guid, object[]>> _runbooksByFolder;
    private readonly Lazy<object[]> _activities;

    internal SourceView(SourceContents contents, Quirks quirks, JobBoard jobs)
    {
        Version = contents.Version;
        Quirks = quirks with { };
        Jobs = jobs;
        var invisible = quirks.InvisibleRunbooks.ToHashSet();
        SourceRunbook[] runbooks = KeyOrder.Sorted(contents.Runbooks.Where(runbook => !invisible.Contains(runbook.Id)).Select(runbook => Shown(runbook, quirks)));
        Runbooks = runbooks;
        Parameters = KeyOrder.Sorted(runbooks.SelectMany(runbook => runbook.Parameters));
        Folders = KeyOrder.Sorted(contents.Folders.Select(folder => Shown(folder, quirks)));
        Servers = KeyOrder.Sorted(contents.Servers);
        _parameters = runbooks.ToDictionary(runbook => runbook.Id, runbook => (object[])KeyOrder.Sorted(runbook.Parameters));
        _subfolders = new(() => Group(Folders, folder => ((SourceFolder)folder).ParentId));
        _activities = new(() => KeyOrder.Sorted(runbooks.SelectMany(SourceActivity.Of)));
        _runbooksByFolder = new(() => Group(Runbooks, runbook => ((SourceRunbook)runbook).FolderId));
    }

    internal long Version { get; }

    /// <summary>The quirks under which the source is seen, as they were then.</summary>
    internal Quirks Quirks { get; }

    internal object[] Folders { get; }

    internal object[] Runbooks { get; }

    internal object[] Parameters { get; }

    internal object[] Servers { get; }

    internal JobBoard Jobs { get; }

    /// <summary>All activities of all runbooks: made when somebody lists them all, and not before.</summary>
    internal object[] Activities => _activities.Value;

    /// <summary>Filtered and sorted collections, by the text of what asked for them.</summary>
    internal ConcurrentDictionary<string, object[]> Selections { get; } = new(StringComparer.Ordinal);

    internal object[] ParametersOf(Guid runbookId)
    {
        return _parameters.GetValueOrDefault(runbookId) ?? [];
    }

    internal object[] SubfoldersOf(Guid folderId)
    {
        return _subfolders.Value.GetValueOrDefault(folderId) ?? [];
    }

    internal object[] RunbooksIn(Guid folderId)
    {
        return _runbooksByFolder.Value.GetValueOrDefault(folderId) ?? [];
    }

    internal object[] FolderOrNone(Guid? id)
    {
        return One(Folders, id);
    }

    internal object[] RunbookOrNone(Guid? id)
    {
        return One(Runbooks, id);
    }

    internal object[] ServerOrNone(Guid? id)
    {
        return One(Servers, id);
    }

    internal object[] ParameterOrNone(Guid? id)
    {
        return One(Parameters, id);
    }

    /// <summary>The activities of a runbook in the order of the keys.</summary>
    internal object[] ActivitiesOf(Guid runbookId)
    {
        return RunbookOrNone(runbookId) is [SourceRunbook runbook] ? KeyOrder.Sorted(SourceActivity.Of(runbook)) : [];
    }

    internal object? Activity(Guid id)
    {
        return SourceActivity.PossibleRunbooks(id)
            .SelectMany(runbook => RunbookOrNone(runbook))
            .SelectMany(runbook => SourceActivity.Of((SourceRunbook)runbook))
            .FirstOrDefault(activity => activity.Id == id);
    }

    /// <summary>The place of the first row whose key comes after this one; rows are in the order of the key.</summary>
    internal static int IndexAfter(IReadOnlyList<object> rows, Guid id)
    {
        UInt128 wanted = KeyOrder.Of(id);
        int low = 0;
        int high = rows.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (KeyOrder.Of(((SourceEntity)rows[middle]).Id) <= wanted)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>The one row with the key, or none.</summary>
    internal static object[] One(IReadOnlyList<object> rows, Guid? id)
    {
        if (id is not { } key)
        {
            return [];
        }

        int before = IndexAfter(rows, key) - 1;
        return before >= 0 && ((SourceEntity)rows[before]).Id == key ? [rows[before]] : [];
    }

    private static SourceFolder Shown(SourceFolder folder, Quirks quirks)
    {
        SourceFolder copy = folder.Copy();
        copy.Path = folder.Id == Guid.Empty ? quirks.RootFolderPath : folder.Path;
        copy.CreatedBy = Account.Of(folder.CreatedBy, quirks)!;
        copy.LastModifiedBy = Account.Of(folder.LastModifiedBy, quirks)!;
        return copy;
    }

    private static SourceRunbook Shown(SourceRunbook runbook, Quirks quirks)
    {
        if (quirks.SidsInByFields)
        {
            return runbook;
        }

        SourceRunbook copy = runbook.Copy();
        copy.CreatedBy = Account.Of(runbook.CreatedBy, quirks);
        copy.LastModifiedBy = Account.Of(runbook.LastModifiedBy, quirks)!;
        copy.CheckedOutBy = Account.Of(runbook.CheckedOutBy, quirks);
        return copy;
    }

    private static Dictionary<Guid, object[]> Group(object[] rows, Func<object, Guid?> key)
    {
        return rows.Where(row => key(row) is not null).GroupBy(row => key(row)!.Value).ToDictionary(group => group.Key, group => group.ToArray());
    }
}
