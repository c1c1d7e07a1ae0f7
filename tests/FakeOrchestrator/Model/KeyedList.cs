using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>Things that come one by one and are listed in the order of their keys.</summary>
internal sealed class KeyedList<T>
{
    private readonly List<UInt128> _keys = [];
    private readonly List<T> _items = [];

    internal IReadOnlyList<T> Items => _items;

    internal void Add(Guid id, T item)
    {
        UInt128 key = KeyOrder.Of(id);
        int place = _keys.BinarySearch(key);
        place = place < 0 ? ~place : place;
        _keys.Insert(place, key);
        _items.Insert(place, item);
    }

    internal void Clear()
    {
        _keys.Clear();
        _items.Clear();
    }
}
