using System;
using OrchestratorConnector.Report;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Report;

/// <summary>Moments and durations as the page shows them.</summary>
public sealed class ReportClockTests
{
    [Theory]
    [InlineData(0, "UTC+00:00", "2026-03-01 02:30")]
    [InlineData(5.5, "UTC+05:30", "2026-03-01 08:00")]
    [InlineData(-3.5, "UTC-03:30", "2026-02-28 23:00")]
    public void A_moment_is_shown_in_the_zone(double hours, string offset, string shown)
    {
        DateTime now = new(2026, 3, 1, 2, 30, 0, DateTimeKind.Utc);
        ReportClock clock = new(now, TimeZoneInfo.CreateCustomTimeZone("x", TimeSpan.FromHours(hours), null, null));

        Assert.Equal((offset, shown), (clock.Offset, clock.Now));
        Assert.Equal(clock.Now, DateTime.UnixEpoch.AddMinutes(clock.Minutes(now)).ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(0.64, "640 ms")]
    [InlineData(1.26, "1.3 s")]
    [InlineData(75, "1:15 min")]
    [InlineData(3600, "1:00 h")]
    [InlineData(180_000, "50:00 h")]
    public void A_duration_has_the_unit_that_fits(double seconds, string shown) => Assert.Equal(shown, ReportClock.Text(TimeSpan.FromSeconds(seconds)));
}
