using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;

namespace OrchestratorConnector.Binding;

/// <summary>A table as a user types it, where each of many gets its own: names are compared in any case.</summary>
internal static class NamedValues
{
    /// <summary>Reads a table.</summary>
    /// <param name="table">The table; <see langword="null"/> for none.</param>
    /// <param name="read">Makes of a name and its value what is wanted.</param>
    public static Dictionary<string, T> Read<T>(IDictionary? table, Func<string, object?, T> read)
    {
        Dictionary<string, T> values = new(StringComparer.OrdinalIgnoreCase);
        foreach (DictionaryEntry entry in table ?? new Hashtable())
        {
            string name = Convert.ToString(entry.Key, CultureInfo.InvariantCulture) ?? string.Empty;
            values[name] = read(name, entry.Value is PSObject wrapped ? wrapped.BaseObject : entry.Value);
        }

        return values;
    }

    /// <summary>A value as the text of an address.</summary>
    public static string ToAddress(object? value) => value is Uri url ? url.OriginalString : Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
}
