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
    /// <summary>Cuts the page out. Without filter and order this looks at no row but those of the page.</summary>
    internal static CollectionPage Cut(SourceView view, EdmType type, IReadOnlyList<object> source, string address, CollectionQuery query, int? pageSize)
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

    private static object[] Select(SourceView view, EdmType type, IReadOnlyList<object> source, string address, CollectionQuery query)
    {
        return query.SelectionText.Length == 0 && source is object[] all
            ? all
            : view.Selections.GetOrAdd($"{address}\n{query.SelectionText}", _ => Sorted(Filtered(view, type, source, query), query));
    }

    private static object[] Filtered(SourceView view, EdmType type, IReadOnlyList<object> source, CollectionQuery query)
    {
        return query.Filter is not { } filter
            ? [.. source]
            : [.. Candidates(view, type, source, filter).Where(row => filter.Evaluate(row) is true)];
    }

    /// <summary>What the filter's equalities leave over of a whole set, found by index.</summary>
    private static IReadOnlyList<object> Candidates(SourceView view, EdmType type, IReadOnlyList<object> source, FilterNode filter)
    {
        if (!ReferenceEquals(source, type.Rows(view)))
        {
            return source;
        }

        if (filter.Required("Id") is { } id)
        {
            return SourceView.One(source, id);
        }

        return type.Set switch
        {
            "RunbookParameters" when filter.Required("RunbookId") is { } runbook => view.ParametersOf(runbook),
            "Runbooks" when filter.Required("FolderId") is { } folder => view.RunbooksIn(folder),
            "Folders" when filter.Required("ParentId") is { } parent => view.SubfoldersOf(parent),
            _ => source,
        };
    }

    private static object[] Sorted(object[] rows, CollectionQuery query)
    {
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
