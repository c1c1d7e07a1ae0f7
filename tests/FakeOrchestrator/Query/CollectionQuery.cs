using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>What is asked of a collection.</summary>
internal sealed record CollectionQuery(EntityShape Shape)
{
    /// <summary>Filter and order as written: by them a selection is kept.</summary>
    internal string SelectionText { get; init; } = "";

    internal FilterNode? Filter { get; init; }

    internal IReadOnlyList<(EdmProperty Property, bool Descending)> Order { get; init; } = [];

    internal int? Skip { get; init; }

    internal int? Top { get; init; }

    /// <summary>Key of the last row of the page before.</summary>
    internal Guid? After { get; init; }

    internal bool Count { get; init; }
}
