using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>Short forms in which the schemas declare their properties.</summary>
internal static class EdmBuilder
{
    internal static EdmProperty Text<T>(string name, Func<T, string?> get, bool nullable = false)
    {
        return new EdmProperty(name, EdmKind.String, nullable, row => get((T)row));
    }

    internal static EdmProperty Id<T>(string name, Func<T, Guid?> get, bool nullable = false)
    {
        return new EdmProperty(name, EdmKind.Guid, nullable, row => get((T)row));
    }

    internal static EdmProperty Time<T>(string name, Func<T, DateTime?> get, bool nullable = false)
    {
        return new EdmProperty(name, EdmKind.DateTime, nullable, row => get((T)row));
    }

    internal static EdmProperty Flag<T>(string name, Func<T, bool?> get, bool nullable = false)
    {
        return new EdmProperty(name, EdmKind.Boolean, nullable, row => get((T)row));
    }

    internal static EdmProperty Number<T>(string name, Func<T, int?> get, bool nullable = false)
    {
        return new EdmProperty(name, EdmKind.Int32, nullable, row => get((T)row));
    }

    /// <summary>The properties of a set that has no rows yet, as "Name Kind" or "Name Kind?" in declared order.</summary>
    internal static IReadOnlyList<EdmProperty> Declared(string declaration)
    {
        return [.. declaration.Split(',', StringSplitOptions.TrimEntries).Select(Declare)];
    }

    private static EdmProperty Declare(string declaration)
    {
        string[] words = declaration.Split(' ');
        return new EdmProperty(words[0], Enum.Parse<EdmKind>(words[1].TrimEnd('?')), words[1].EndsWith('?'), static _ => null);
    }
}
