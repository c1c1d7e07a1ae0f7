using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>Reads <c>$select</c> and <c>$expand</c>, one level deep.</summary>
internal sealed class ShapeReader
{
    private readonly QueryDialect _dialect;
    private readonly Func<string, EdmType?> _findSet;

    internal ShapeReader(QueryDialect dialect, Func<string, EdmType?> findSet)
    {
        _dialect = dialect;
        _findSet = findSet;
    }

    internal EntityShape Read(EdmType type, string? select, string? expand)
    {
        List<EdmNavigation> expanded = Expanded(type, expand);
        List<string[]> selected = Selected(type, select);
        var properties = PropertiesOf(type, selected).ToList();
        var navigations = type.Navigations
            .Where(navigation => IsShown(navigation, selected, expanded))
            .Select(navigation => new NavigationShape(navigation, expanded.Contains(navigation) ? Inner(navigation, selected) : null))
            .ToList();
        return new EntityShape(type, properties, navigations);
    }

    private List<EdmNavigation> Expanded(EdmType type, string? expand)
    {
        var found = new List<EdmNavigation>();
        foreach (string path in Items(expand))
        {
            if (path.Contains('/', StringComparison.Ordinal))
            {
                throw RequestException.BadRequest("The request includes an $expand path that is too deep. The maximum depth supported is 1.");
            }

            found.Add(type.FindNavigation(path, _dialect.IgnoreCase)
                ?? throw RequestException.BadRequest(_dialect.UnknownProperty(path, type, null)));
        }

        return found;
    }

    private List<string[]> Selected(EdmType type, string? select)
    {
        var paths = Items(select).Select(path => path.Split('/')).ToList();
        foreach (string[] path in paths.Where(path => path[0] != "*"))
        {
            if (type.FindProperty(path[0], _dialect.IgnoreCase) is null && type.FindNavigation(path[0], _dialect.IgnoreCase) is null)
            {
                throw RequestException.BadRequest(_dialect.UnknownProperty(path[0], type, null));
            }
        }

        return paths;
    }

    private IEnumerable<EdmProperty> PropertiesOf(EdmType type, List<string[]> selected)
    {
        return selected.Count == 0 || Names(selected, "*")
            ? type.Properties
            : type.Properties.Where(property => Names(selected, property.Name));
    }

    private bool IsShown(EdmNavigation navigation, List<string[]> selected, List<EdmNavigation> expanded)
    {
        return selected.Count == 0
            || Names(selected, "*")
            || Names(selected, navigation.Name)
            || (!_dialect.SelectRulesExpand && expanded.Contains(navigation));
    }

    private EntityShape Inner(EdmNavigation navigation, List<string[]> selected)
    {
        EdmType type = _findSet(navigation.TargetSet)!;
        var below = selected.Where(path => Same(path[0], navigation.Name) && path.Length > 1).Select(path => path[1..]).ToList();
        return new EntityShape(type, [.. PropertiesOf(type, below)], [.. type.Navigations.Where(inner => IsShown(inner, below, [])).Select(inner => new NavigationShape(inner, null))]);
    }

    private bool Names(List<string[]> selected, string name)
    {
        return selected.Exists(path => Same(path[0], name));
    }

    private bool Same(string left, string right)
    {
        return string.Equals(left, right, _dialect.IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal);
    }

    private static string[] Items(string? list)
    {
        return (list ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
    }
}
