using System;
using System.Globalization;
using System.Net;
using System.Numerics;
using OrchestratorConnector.Jobs;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>A value is the same text on every machine.</summary>
public sealed class JobTextTests
{
    public static TheoryData<string> Cultures => ["de-DE", "th-TH", "ar-SA", "fa-IR", ""];

    [Theory]
    [MemberData(nameof(Cultures))]
    public void Values_do_not_follow_the_culture(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            DateTime time = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);
            Assert.Multiple(
                () => Says("2026-03-04T05:06:07Z", time),
                () => Says("2026-03-04T05:06:07", DateTime.SpecifyKind(time, DateTimeKind.Unspecified)),
                () => Says("2026-03-04T05:06:07.0000001Z", time.AddTicks(1)),
                () => Says("2026-03-04T05:06:07.12Z", time.AddMilliseconds(120)),
                () => Says("0001-01-01T00:00:00", DateTime.MinValue),
                () => Says("9999-12-31T23:59:59.9999999", DateTime.MaxValue),
                () => Says("2026-03-04T05:06:07-03:30", new DateTimeOffset(2026, 3, 4, 5, 6, 7, new TimeSpan(-3, -30, 0))),
                () => Says("2026-03-04T05:06:07.5+00:00", new DateTimeOffset(2026, 3, 4, 5, 6, 7, 500, TimeSpan.Zero)),
                () => Says("2026-03-04", new DateOnly(2026, 3, 4)),
                () => Says("05:06:07.5", new TimeOnly(5, 6, 7, 500)),
                () => Says("1.02:03:04.5000000", new TimeSpan(1, 2, 3, 4, 500)),
                () => Says("-00:00:01", TimeSpan.FromSeconds(-1)),
                () => Says("true", true),
                () => Says("false", false),
                () => Says("-1234567", -1234567),
                () => Says("18446744073709551615", ulong.MaxValue),
                () => Says("-128", sbyte.MinValue),
                () => Says("1234567.891", 1234567.891),
                () => Says("0.1", 0.1),
                () => Says("-1.5E-300", -1.5E-300),
                () => Says("NaN", double.NaN),
                () => Says("-Infinity", double.NegativeInfinity),
                () => Says("0.1", 0.1f),
                () => Says("1234.50", 1234.50m),
                () => Says("-123456789012345678901234567890", BigInteger.Parse("-123456789012345678901234567890", CultureInfo.InvariantCulture)),
                () => Says("Friday", DayOfWeek.Friday),
                () => Says("ReadOnly, Hidden", System.IO.FileAttributes.ReadOnly | System.IO.FileAttributes.Hidden),
                () => Says("99", (DayOfWeek)99),
                () => Says("00112233-4455-6677-8899-aabbccddeeff", Guid.Parse("{00112233-4455-6677-8899-AABBCCDDEEFF}")),
                () => Says("http://sco:81/A b?x=ü%20y", new Uri("http://sco:81/A b?x=ü%20y")),
                () => Says("a/b", new Uri("a/b", UriKind.Relative)),
                () => Says("10.1.2.3", IPAddress.Parse("10.1.2.3")),
                () => Says("1.2.3", new Version(1, 2, 3)),
                () => Says("ß", 'ß'),
                () => Says("", null),
                () => Says("", ""),
                () => Says(" \r\n ", " \r\n "));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void A_local_time_says_where_it_is()
    {
        DateTime local = new(2026, 7, 8, 9, 10, 11, DateTimeKind.Local);

        string text = JobText.Of(local);

        Assert.StartsWith("2026-07-08T09:10:11", text, StringComparison.Ordinal);
        Assert.Matches("[+-][0-9]{2}:[0-9]{2}$", text);
        Assert.Equal(local.ToUniversalTime(), DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).UtcDateTime);
    }

    private static void Says(string text, object? value) => Assert.Equal(text, JobText.Of(value));
}
