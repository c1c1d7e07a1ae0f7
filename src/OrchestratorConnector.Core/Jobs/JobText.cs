using System;
using System.Globalization;

namespace OrchestratorConnector.Jobs;

/// <summary>Values as the text that goes to a runbook: the same on every machine, whatever its culture.</summary>
public static class JobText
{
    /// <summary>Makes text of one value.</summary>
    /// <param name="value">
    /// Nothing is an empty text; times are ISO 8601 with what they know of their zone, Booleans <c>true</c> and <c>false</c>,
    /// numbers invariant.
    /// </param>
    public static string Of(object? value) => value switch
    {
        null => string.Empty,
        string text => text,
        bool flag => flag ? "true" : "false",
        DateTime time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFK", CultureInfo.InvariantCulture),
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture),
        TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
#if !NETSTANDARD2_0
        DateOnly date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
#endif
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        float number => number.ToString("R", CultureInfo.InvariantCulture),
        Enum word => word.ToString(),
        Uri url => url.OriginalString,
        IFormattable other => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? string.Empty,
    };
}
