using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>An entity type with its one set.</summary>
internal sealed class EdmType
{
    internal EdmType(string name, string set, IReadOnlyList<EdmProperty> properties, IReadOnlyList<EdmNavigation>? navigations = null, RowSet? rows = null)
    {
        Name = name;
        Set = set;
        Properties = properties;
        Navigations = navigations ?? [];
        Rows = rows ?? RowSet.None;
    }

    internal string Name { get; }

    internal string Set { get; }

    /// <summary>The properties in declared order; the first is the key.</summary>
    internal IReadOnlyList<EdmProperty> Properties { get; }

    internal IReadOnlyList<EdmNavigation> Navigations { get; }

    /// <summary>The rows of the set.</summary>
    internal RowSet Rows { get; }

    internal EdmProperty Key => Properties[0];

    internal EdmProperty? FindProperty(string name, bool ignoreCase = false)
    {
        return Properties.FirstOrDefault(property => string.Equals(property.Name, name, Comparison(ignoreCase)));
    }

    internal EdmNavigation? FindNavigation(string name, bool ignoreCase = false)
    {
        return Navigations.FirstOrDefault(navigation => string.Equals(navigation.Name, name, Comparison(ignoreCase)));
    }

    private static StringComparison Comparison(bool ignoreCase)
    {
        return ignoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
    }
}
