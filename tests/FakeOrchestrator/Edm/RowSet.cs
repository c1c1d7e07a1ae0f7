using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>The rows of a set, and the ways to some of them that do not lead past all of them.</summary>
/// <param name="All">All rows in the order of the key.</param>
internal sealed record RowSet(Func<SourceView, object[]> All)
{
    /// <summary>A set in which there is never anything.</summary>
    internal static RowSet None { get; } = new(static _ => []);

    /// <summary>Whether the rows depend on jobs and not on the source alone.</summary>
    internal bool IsLive { get; init; }

    /// <summary>The row with a key; without this way it is looked for among all.</summary>
    internal Func<SourceView, Guid, object?>? ByKey { private get; init; }

    /// <summary>A part of the rows, in the order of the key, in which all are that a filter lets through; nothing if no index serves it.</summary>
    internal Func<SourceView, FilterNode, object[]?>? ByFilter { private get; init; }

    /// <summary>The rows as they are when a read that may show them begins.</summary>
    internal Func<SourceView, object[], object[]>? BeforeRead { private get; init; }

    /// <summary>Told which rows stand in an answer.</summary>
    internal Action<SourceView, IReadOnlyList<object>>? AfterRead { private get; init; }

    /// <summary>Both for one row that is read alone.</summary>
    internal Func<SourceView, object, object>? OneRead { private get; init; }

    internal object? Find(SourceView view, Guid id)
    {
        return ByKey is null ? SourceView.One(All(view), id).FirstOrDefault() : ByKey(view, id);
    }

    internal object[]? Where(SourceView view, FilterNode filter)
    {
        return ByFilter?.Invoke(view, filter);
    }

    internal object[] Refresh(SourceView view, object[] rows)
    {
        return BeforeRead is null ? rows : BeforeRead(view, rows);
    }

    internal void Shown(SourceView view, IReadOnlyList<object> rows)
    {
        AfterRead?.Invoke(view, rows);
    }

    internal object Read(SourceView view, object row)
    {
        return OneRead is null ? row : OneRead(view, row);
    }
}
