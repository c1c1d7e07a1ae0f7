using System;
using System.Collections.Generic;
using System.Linq;

namespace FakeOrchestrator;

/// <summary>The query part of a request, decoded; a plus is a blank.</summary>
internal sealed class QueryString
{
    private readonly List<(string Name, string Value)> _options = [];

    internal QueryString(string raw)
    {
        foreach (string part in raw.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            int cut = part.IndexOf('=', StringComparison.Ordinal);
            _options.Add(cut < 0 ? (Decode(part), "") : (Decode(part[..cut]), Decode(part[(cut + 1)..])));
        }
    }

    internal IReadOnlyList<(string Name, string Value)> Options => _options;

    /// <summary>The value of an option, none if it is absent or empty.</summary>
    internal string? this[string name]
    {
        get
        {
            string? value = _options.FirstOrDefault(option => string.Equals(option.Name, name, StringComparison.OrdinalIgnoreCase)).Value;
            return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
        }
    }

    private static string Decode(string text)
    {
        return Uri.UnescapeDataString(text.Replace('+', ' '));
    }
}
