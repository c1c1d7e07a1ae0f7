using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>
/// The order of SQL Server's <c>uniqueidentifier</c>, in which the service lists by key: the last six bytes count first (facts A.5).
/// </summary>
public static class KeyOrder
{
    /// <summary>The order as a comparer.</summary>
    public static IComparer<Guid> Comparer { get; } = Comparer<Guid>.Create(static (left, right) => Of(left).CompareTo(Of(right)));

    private static ReadOnlySpan<byte> Significance => [10, 11, 12, 13, 14, 15, 8, 9, 6, 7, 4, 5, 0, 1, 2, 3];

    /// <summary>The entities in this order.</summary>
    internal static T[] Sorted<T>(IEnumerable<T> entities)
        where T : SourceEntity
    {
        T[] sorted = [.. entities];
        if (sorted.Length > 1)
        {
            UInt128[] keys = Array.ConvertAll(sorted, static entity => Of(entity.Id));
            Array.Sort(keys, sorted);
        }

        return sorted;
    }

    /// <summary>A number that sorts as SQL Server sorts the guid.</summary>
    internal static UInt128 Of(Guid id)
    {
        Span<byte> bytes = stackalloc byte[16];
        _ = id.TryWriteBytes(bytes);
        UInt128 order = 0;
        foreach (byte index in Significance)
        {
            order = (order << 8) | bytes[index];
        }

        return order;
    }
}
