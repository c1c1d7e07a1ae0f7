using System;

namespace FakeOrchestrator;

/// <summary>The functions of the filter languages: two strings or one, in the order in which the language writes them.</summary>
internal static class FilterFunctions
{
    internal static (EdmKind Result, int Arguments, Func<string, string, object> Function)? Find(string name, QueryDialect dialect)
    {
        return name switch
        {
            "startswith" => (EdmKind.Boolean, 2, static (text, part) => text.StartsWith(part, StringComparison.OrdinalIgnoreCase)),
            "endswith" => (EdmKind.Boolean, 2, static (text, part) => text.EndsWith(part, StringComparison.OrdinalIgnoreCase)),
            "substringof" when dialect == QueryDialect.V2 => (EdmKind.Boolean, 2, static (part, text) => text.Contains(part, StringComparison.OrdinalIgnoreCase)),
            "contains" when dialect == QueryDialect.V4 => (EdmKind.Boolean, 2, static (text, part) => text.Contains(part, StringComparison.OrdinalIgnoreCase)),
            "tolower" => (EdmKind.String, 1, static (text, _) => text.ToLowerInvariant()),
            "toupper" => (EdmKind.String, 1, static (text, _) => text.ToUpperInvariant()),
            "trim" => (EdmKind.String, 1, static (text, _) => text.Trim()),
            "length" => (EdmKind.Int32, 1, static (text, _) => text.Length),
            _ => null,
        };
    }
}
