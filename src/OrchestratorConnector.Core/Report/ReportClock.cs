using System;
using System.Globalization;

namespace OrchestratorConnector.Report;

/// <summary>Moments as the page shows them: in one zone, which the page names once.</summary>
internal sealed class ReportClock(DateTime utcNow, TimeZoneInfo zone)
{
    private static readonly DateTime Epoch = new(1970, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>The day on which the report is made.</summary>
    public DateTime Today => Day(utcNow);

    /// <summary>When the report is made.</summary>
    public string Now => Text(utcNow);

    /// <summary>The zone's distance from UTC now: <c>UTC+01:00</c>.</summary>
    public string Offset
    {
        get
        {
            TimeSpan offset = zone.GetUtcOffset(utcNow);
            return $"UTC{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh\\:mm}";
        }
    }

    public DateTime Day(DateTime utc) => Local(utc).Date;

    public string Text(DateTime utc) => Local(utc).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>
    /// The same in the form of the page's data: minutes from 1970-01-01 00:00 to the time that is shown. The script only has to
    /// write them out, whatever zone the reader is in.
    /// </summary>
    public long Minutes(DateTime utc) => (Local(utc) - Epoch).Ticks / TimeSpan.TicksPerMinute;

    public static string Text(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 1 } => duration.TotalMilliseconds.ToString("0", CultureInfo.InvariantCulture) + " ms",
        { TotalMinutes: < 1 } => duration.TotalSeconds.ToString("0.0", CultureInfo.InvariantCulture) + " s",
        { TotalHours: < 1 } => duration.ToString(@"m\:ss", CultureInfo.InvariantCulture) + " min",
        _ => ((long)duration.TotalHours).ToString(CultureInfo.InvariantCulture) + duration.ToString(@"\:mm", CultureInfo.InvariantCulture) + " h",
    };

    private DateTime Local(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);
}
