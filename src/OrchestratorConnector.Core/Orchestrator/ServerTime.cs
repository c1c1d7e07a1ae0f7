using System;
using System.Globalization;

namespace OrchestratorConnector.Orchestrator;

/// <summary>
/// The servers' times, read in one place because the facts contradict each other (A.4, B.4). A time with an offset or a
/// <c>Z</c> means what it says. One without is taken as UTC: two independent clients of the Atom service read its
/// <c>d:</c> values so, while the entry's <c>published</c> stamps the same clock time with the server's offset.
/// </summary>
internal static class ServerTime
{
    private const int TicksDigits = 7;

    /// <summary>Reads a time with any number of fraction digits.</summary>
    /// <returns>The moment in UTC, or <see langword="null"/> when the text is no time.</returns>
    public static DateTime? Parse(string text)
    {
        string trimmed = Shorten(text.Trim());
        return DateTimeOffset.TryParse(trimmed, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcDateTime
            : null;
    }

    /// <summary>Cuts fraction digits that a .NET time cannot hold.</summary>
    private static string Shorten(string text)
    {
        int point = text.IndexOf('.');
        if (point < 0)
        {
            return text;
        }

        int end = point + 1;
        while (end < text.Length && text[end] is >= '0' and <= '9')
        {
            end++;
        }

        int keep = point + 1 + TicksDigits;
        return end <= keep ? text : text.Remove(keep, end - keep);
    }
}
