using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>What of an entity is written: all of it, or what <c>$select</c> and <c>$expand</c> ask for.</summary>
internal sealed record EntityShape(EdmType Type, IReadOnlyList<EdmProperty> Properties, IReadOnlyList<NavigationShape> Navigations)
{
    /// <summary>Whether the entity or what is expanded in it depends on jobs.</summary>
    internal bool IsLive => Type.Rows.IsLive || Navigations.Any(navigation => navigation.Expanded?.Type.Rows.IsLive == true);
}

/// <summary>A navigation property that is written: as a link alone, or with what it leads to.</summary>
internal sealed record NavigationShape(EdmNavigation Navigation, EntityShape? Expanded);
