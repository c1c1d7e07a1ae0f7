using System;
using System.Globalization;

namespace FakeOrchestrator;

/// <summary>Values as they are written in addresses of the Atom service.</summary>
internal static class AtomLiteral
{
    internal static string Key(object row)
    {
        return $"guid'{((SourceEntity)row).Id}'";
    }

    internal static string Time(DateTime time)
    {
        return time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture);
    }

    internal static string Of(object? value)
    {
        return value switch
        {
            null => "null",
            string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
            Guid id => $"guid'{id}'",
            DateTime time => $"datetime'{Time(time)}'",
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
        };
    }

    /// <summary>Weak, LastModifiedTime as a literal with escaped colons (facts A.4).</summary>
    internal static string ETag(DateTime changed)
    {
        return $"W/\"datetime'{Time(changed).Replace(":", "%3A", StringComparison.Ordinal)}'\"";
    }
}
