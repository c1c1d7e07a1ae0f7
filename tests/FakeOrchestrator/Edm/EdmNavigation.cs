using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>A navigation property: to which set it leads, and the way to what is there. Without a way nothing is there.</summary>
internal sealed record EdmNavigation(string Name, string TargetSet, bool Many, Func<SourceView, object, IReadOnlyList<object>>? Follow)
{
    internal IReadOnlyList<object> Rows(SourceView view, object row)
    {
        return Follow is null ? [] : Follow(view, row);
    }
}
