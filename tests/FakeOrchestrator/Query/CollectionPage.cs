using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>A page of a collection.</summary>
/// <param name="Rows">What is on the page.</param>
/// <param name="Total">How many rows there are on all pages, whatever is skipped.</param>
/// <param name="End">The place after the page's last row, from which the next page starts.</param>
/// <param name="HasMore">Whether rows follow that the server has to hold back.</param>
internal sealed record CollectionPage(ArraySegment<object> Rows, int Total, int End, bool HasMore)
{
    /// <summary>
    /// Cuts the page out. Without filter and order this looks at no row but those of the page. What lives is looked up anew each
    /// time; of all else a selection is kept.
    /// </summary>
    /// <param name="view">The source.</param>
    /// <param name="type">The type of the rows.</param>
    /// <param name="source">The rows, or none for the whole set.</param>
    /// <param name="address">What the rows are of, by which a selection is kept.</param>
    /// <param name="query">What is asked.</param>
    /// <param name="pageSize">The most rows of a page.</param>
    internal static CollectionPage Cut(SourceView view, EdmType type, IReadOnlyList<object>? source, string address, CollectionQuery query, int? pageSize)
    {
        object[] rows = Select(view, type, source, address, query);
        int start = Start(rows, query);
        start = (int)Math.Min(rows.Length, (long)start + (query.Skip ?? 0));
        int wanted = Math.Min(rows.Length - start, query.Top ?? int.MaxValue);
        int count = Math.Min(wanted, pageSize ?? int.MaxValue);
        return new CollectionPage(new ArraySegment<object>(rows, start, count), rows.Length, start + count, count < wanted);
    }

    private static int Start(object[] rows, CollectionQuery query)
    {
        return query.After is not { } last
            ? 0
            : query.Order.Count == 0
                ? SourceView.IndexAfter(rows, last)
                : Array.FindIndex(rows, row => ((SourceEntity)row).Id == last) + 1;
    }

    private static object[] Select(SourceView view, EdmType type, IReadOnlyList<object>? source, string address, CollectionQuery query)
    {
        if (type.Rows.IsLive)
        {
            return Sorted(Filtered(view, type, source, query), query);
        }

        return query.SelectionText.Length == 0 && (source ?? type.Rows.All(view)) is object[] all
            ? all
            : view.Selections.GetOrAdd($"{address}\n{query.SelectionText}", _ => Sorted(Filtered(view, type, source, query), query));
    }

    private static object[] Filtered(SourceView view, EdmType type, IReadOnlyList<object>? source, CollectionQuery query)
    {
        object[] rows = source switch
        {
            null => Candidates(view, type, query.Filter),
            object[] all => all,
            _ => [.. source],
        };
        rows = type.Rows.Refresh(view, rows);
        return query.Filter is not { } filter ? rows : Array.FindAll(rows, row => filter.Evaluate(row) is true);
    }

    /// <summary>What the filter's equalities leave over of a whole set, found by index, in the order of the keys.</summary>
    private static object[] Candidates(SourceView view, EdmType type, FilterNode? filter)
    {
        return filter?.Among(type.Key.Name) is { } ids
            ? KeyOrder.Sorted(ids.OfType<Guid>().Distinct().Select(id => type.Rows.Find(view, id)).OfType<SourceEntity>())
            : (filter is null ? null : type.Rows.Where(view, filter)) ?? type.Rows.All(view);
    }

    private static object[] Sorted(object[] rows, CollectionQuery query)
    {
        if (query.Order.Count == 0)
        {
            return rows;
        }

        IEnumerable<object> sorted = rows;
        foreach ((EdmProperty property, bool descending) in query.Order.Reverse())
        {
            var comparer = Comparer<object?>.Create(Compare);
            sorted = descending ? sorted.OrderByDescending(property.Get, comparer) : sorted.OrderBy(property.Get, comparer);
        }

        return [.. sorted];
    }

    /// <summary>Nothing comes first, as in SQL Server.</summary>
    private static int Compare(object? left, object? right)
    {
        return (left, right) switch
        {
            (null, null) => 0,
            (null, _) => -1,
            (_, null) => 1,
            _ => CompareNode.Order(left, right),
        };
    }
}
