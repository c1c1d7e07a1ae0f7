using System;
using System.Globalization;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Orchestrator;

/// <summary>Times and error texts in every form that the servers have for them.</summary>
public sealed class ServerTimeTests
{
    [Theory]
    [InlineData("2020-11-09T15:08:50", "2020-11-09T15:08:50.0000000Z")]
    [InlineData("2020-11-09T15:08:50.9", "2020-11-09T15:08:50.9000000Z")]
    [InlineData("2020-11-09T15:08:50.33", "2020-11-09T15:08:50.3300000Z")]
    [InlineData("2020-11-09T15:08:50.907", "2020-11-09T15:08:50.9070000Z")]
    [InlineData("2020-11-09T15:08:50.9071", "2020-11-09T15:08:50.9071000Z")]
    [InlineData("2020-11-09T15:08:50.90712", "2020-11-09T15:08:50.9071200Z")]
    [InlineData("2020-11-09T15:08:50.907123", "2020-11-09T15:08:50.9071230Z")]
    [InlineData("2020-11-09T15:08:50.9071234", "2020-11-09T15:08:50.9071234Z")]
    [InlineData("2020-11-09T15:08:50.90712349", "2020-11-09T15:08:50.9071234Z")]
    [InlineData("2020-11-09T15:08:50.907123499999999999", "2020-11-09T15:08:50.9071234Z")]
    [InlineData("2020-11-09T15:08:50Z", "2020-11-09T15:08:50.0000000Z")]
    [InlineData("2020-11-09T15:08:50.9071234567Z", "2020-11-09T15:08:50.9071234Z")]
    [InlineData("2025-06-16T15:25:31.64+02:00", "2025-06-16T13:25:31.6400000Z")]
    [InlineData("2025-06-16T15:25:31.123456789-05:30", "2025-06-16T20:55:31.1234567Z")]
    [InlineData("2025-06-16T16:50:26+02:00", "2025-06-16T14:50:26.0000000Z")]
    [InlineData("  2020-11-09T15:08:50 ", "2020-11-09T15:08:50.0000000Z")]
    [InlineData("0001-01-01T00:00:00", "0001-01-01T00:00:00.0000000Z")]
    [InlineData("2020-02-30T00:00:00", null)]
    [InlineData("yesterday", null)]
    [InlineData("2020-11-09T25:00:00", null)]
    [InlineData("2020-11-09T15:08:50.", null)]
    [InlineData("2020-11-09T15:08:50+14:30", null)]
    [InlineData("2020-11-09T15:08:50+02:60", null)]
    [InlineData("2020-11-09T15:08:50+2:00", "2020-11-09T13:08:50.0000000Z")]
    [InlineData("2020-11-09 15:08:50", "2020-11-09T15:08:50.0000000Z")]
    [InlineData("2020-11-09T15:08", "2020-11-09T15:08:00.0000000Z")]
    [InlineData("+020-11-09T15:08:50", null)]
    [InlineData("0001-01-01T00:00:00+01:00", null)]
    [InlineData("9999-12-31T23:59:59-01:00", null)]
    [InlineData("0000-01-01T00:00:00", null)]
    public void A_time(string text, string? utc)
    {
        DateTime? time = ServerTime.Parse(text);

        Assert.Equal(utc, time?.ToString("o", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void The_quick_way_reads_what_the_framework_reads()
    {
        Random random = new(7);
        const string Characters = "0123456789-:T.Z+ ";
        for (int i = 0; i < 20_000; i++)
        {
            // Times as servers write them, one character of every other one changed.
            char[] text = new DateTimeOffset(random.NextInt64(TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay), TimeSpan.FromMinutes(random.Next(-14, 15) * 15))
                .ToString(random.Next(3) switch { 0 => "yyyy-MM-ddTHH:mm:sszzz", 1 => "yyyy-MM-ddTHH:mm:ss.FFFFFFZ", _ => "yyyy-MM-ddTHH:mm:ss.fff" }, CultureInfo.InvariantCulture).ToCharArray();
            if (i % 2 == 1)
            {
                text[random.Next(text.Length)] = Characters[random.Next(Characters.Length)];
            }

            string written = new(text);
            DateTime? expected = DateTimeOffset.TryParse(written, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time) ? time.UtcDateTime : null;
            Assert.True(expected == ServerTime.Parse(written), written);
        }
    }

    [Fact]
    public void A_time_is_the_same_in_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            foreach (string culture in new[] { "de-DE", "th-TH", "ar-SA", "fa-IR" })
            {
                CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
                Assert.Equal(new DateTime(2020, 11, 9, 15, 8, 50, 907, DateTimeKind.Utc), ServerTime.Parse("2020-11-09T15:08:50.907"));
            }
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("", null)]
    [InlineData("Plain words", "Plain words")]
    [InlineData("<error xmlns=\"urn:x\"><code/><message>In <![CDATA[<XML>]]></message></error>", "In <XML>")]
    [InlineData("<m:error xmlns:m=\"urn:x\"><m:innererror><m:message>inner</m:message></m:innererror></m:error>", "inner")]
    [InlineData("<error><code>1</code></error>", null)]
    [InlineData("<error><message><b>x</b></message></error>", null)]
    [InlineData("<not closed", null)]
    [InlineData("<!DOCTYPE x [<!ENTITY a \"b\">]><error><message>&a;</message></error>", null)]
    [InlineData("{\"error\":{\"message\":\"text\"}}", "text")]
    [InlineData("{\"detail\" : \"a\\tb\\nc \\\\ \\u00e4\"}", "a b c \\ ä")]
    [InlineData("{\"Message\":\"An error has occurred.\"}", "An error has occurred.")]
    [InlineData("{\"message\":7}", null)]
    [InlineData("{", null)]
    public void An_error_text(string body, string? text) => Assert.Equal(text, ErrorText.Find(body));

    [Fact]
    public void An_error_text_is_bounded()
    {
        string text = ErrorText.Find(new string('x', 5000))!;

        Assert.Equal(1001, text.Length);
        Assert.EndsWith("…", text, StringComparison.Ordinal);
    }
}
