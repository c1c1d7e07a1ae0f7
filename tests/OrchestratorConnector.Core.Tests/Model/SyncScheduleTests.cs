using System;
using System.Globalization;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Models;

/// <summary>When a connector is due, also when the clocks change.</summary>
public sealed class SyncScheduleTests
{
    [Theory]
    // Plain days.
    [InlineData("UTC", "02:00", "2026-01-10T02:00:07", "2026-01-11T02:00:00")]
    [InlineData("UTC", "02:00", "2026-01-10T01:59:59", "2026-01-10T02:00:00")]
    [InlineData("UTC", "02:00", "2026-01-10T02:00:00", "2026-01-11T02:00:00")]
    [InlineData("UTC", "00:00", "2026-01-10T12:00:00", "2026-01-11T00:00:00")]
    [InlineData("UTC", "23:59", "2026-01-31T23:59:30", "2026-02-01T23:59:00")]
    [InlineData("Europe/Berlin", "02:00", "2026-01-10T12:00:00", "2026-01-11T01:00:00")]
    [InlineData("Europe/Berlin", "02:00", "2026-07-10T12:00:00", "2026-07-11T00:00:00")]
    [InlineData("America/New_York", "02:00", "2026-01-10T12:00:00", "2026-01-11T07:00:00")]
    // The local day counts, not that of UTC.
    [InlineData("America/New_York", "22:00", "2026-01-11T02:00:00", "2026-01-11T03:00:00")]
    [InlineData("Europe/Berlin", "00:30", "2026-01-10T23:45:00", "2026-01-11T23:30:00")]
    // Clocks go forward: 2026-03-29 02:00 to 03:00 in Berlin, 2026-03-08 in New York.
    [InlineData("Europe/Berlin", "02:30", "2026-03-28T12:00:00", "2026-03-29T01:00:00")]
    [InlineData("Europe/Berlin", "02:00", "2026-03-28T12:00:00", "2026-03-29T01:00:00")]
    [InlineData("Europe/Berlin", "03:00", "2026-03-28T12:00:00", "2026-03-29T01:00:00")]
    [InlineData("Europe/Berlin", "02:30", "2026-03-29T01:00:01", "2026-03-30T00:30:00")]
    [InlineData("America/New_York", "02:30", "2026-03-07T12:00:00", "2026-03-08T07:00:00")]
    [InlineData("America/New_York", "02:30", "2026-03-08T07:00:01", "2026-03-09T06:30:00")]
    // Clocks go back: 2026-10-25 03:00 to 02:00 in Berlin, 2026-11-01 02:00 to 01:00 in New York.
    [InlineData("Europe/Berlin", "02:30", "2026-10-24T12:00:00", "2026-10-25T00:30:00")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-25T00:30:05", "2026-10-26T01:30:00")]
    [InlineData("Europe/Berlin", "02:30", "2026-10-25T01:10:00", "2026-10-26T01:30:00")]
    [InlineData("America/New_York", "01:30", "2026-10-31T12:00:00", "2026-11-01T05:30:00")]
    [InlineData("America/New_York", "01:30", "2026-11-01T05:30:05", "2026-11-02T06:30:00")]
    [InlineData("America/New_York", "01:30", "2026-11-01T06:30:00", "2026-11-02T06:30:00")]
    public void Daily(string zone, string at, string last, string next)
    {
        SyncSchedule schedule = SyncSchedule.Daily(TimeSpan.Parse(at, CultureInfo.InvariantCulture));

        DateTime? found = schedule.NextRun(Utc(last), Utc("2020-01-01T00:00:00"), TimeZoneInfo.FindSystemTimeZoneById(zone));

        Assert.Equal(Utc(next), found);
        Assert.Equal(DateTimeKind.Utc, found!.Value.Kind);
        // What was never run counts from its making.
        Assert.Equal(found, schedule.NextRun(null, Utc(last), TimeZoneInfo.FindSystemTimeZoneById(zone)));
    }

    [Fact]
    public void An_interval_counts_from_the_last_start()
    {
        SyncSchedule schedule = SyncSchedule.Interval(TimeSpan.FromHours(4));
        TimeZoneInfo berlin = TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin");

        Assert.Equal(Utc("2026-03-29T04:30:00"), schedule.NextRun(Utc("2026-03-29T00:30:00"), Utc("2020-01-01T00:00:00"), berlin));
        Assert.Equal(Utc("2026-03-29T00:30:00"), schedule.NextRun(null, Utc("2026-03-29T00:30:00"), berlin));
    }

    [Theory]
    [InlineData("02:00", null)]
    [InlineData(null, "04:00:00")]
    public void Runs_that_were_missed_are_made_up_for_once(string? at, string? every)
    {
        SyncSchedule schedule = at is not null
            ? SyncSchedule.Daily(TimeSpan.Parse(at, CultureInfo.InvariantCulture))
            : SyncSchedule.Interval(TimeSpan.Parse(every!, CultureInfo.InvariantCulture));
        DateTime now = Utc("2026-01-20T12:00:00");
        DateTime created = Utc("2026-01-01T00:00:00");

        Assert.True(schedule.NextRun(Utc("2026-01-10T02:00:00"), created, TimeZoneInfo.Utc) <= now);
        Assert.True(schedule.NextRun(now, created, TimeZoneInfo.Utc) > now);
    }

    [Fact]
    public void A_year_of_daily_runs_has_one_run_for_each_local_day()
    {
        foreach (string id in new[] { "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC" })
        {
            TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(id);
            foreach (double hour in new[] { 0, 1.5, 2, 2.5, 3, 23.75 })
            {
                SyncSchedule schedule = SyncSchedule.Daily(TimeSpan.FromHours(hour));
                DateTime run = Utc("2026-01-01T12:00:00");
                DateTime day = TimeZoneInfo.ConvertTimeFromUtc(run, zone).Date;
                for (int i = 0; i < 400; i++)
                {
                    DateTime next = schedule.NextRun(run, run, zone)!.Value;
                    DateTime local = TimeZoneInfo.ConvertTimeFromUtc(next, zone);
                    Assert.True(next > run);
                    Assert.True(local.Date == day.AddDays(1) || i == 0, $"{id} {hour}: after {day:d} comes {local}");
                    day = local.Date;
                    run = next;
                }
            }
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", 1)]
    [InlineData("Europe/Berlin", 5)]
    [InlineData("Europe/Berlin", 60)]
    [InlineData("America/New_York", 5)]
    [InlineData("Australia/Lord_Howe", 5)]
    [InlineData("Asia/Kathmandu", 60)]
    public void Looked_at_every_few_minutes_it_runs_once_a_local_day_through_all_changes_of_the_clocks(string id, int minutes)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        foreach (double hour in new[] { 0, 1.5, 2, 2.5, 3 })
        {
            SyncSchedule schedule = SyncSchedule.Daily(TimeSpan.FromHours(hour));
            DateTime? last = null;
            DateTime created = Utc("2026-02-20T12:00:00");
            DateTime day = TimeZoneInfo.ConvertTimeFromUtc(created, zone).Date;
            for (DateTime now = created; now < Utc("2026-11-10T00:00:00"); now = now.AddMinutes(minutes))
            {
                if (schedule.NextRun(last, created, zone) <= now)
                {
                    DateTime local = TimeZoneInfo.ConvertTimeFromUtc(now, zone);
                    Assert.True(local.Date == day.AddDays(1) && local.TimeOfDay < TimeSpan.FromHours(hour + 1 + (minutes / 60.0)), $"{hour}: after {day:d} comes {local}");
                    day = local.Date;
                    last = now;
                }
            }
        }
    }

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-28T20:00:00", "2026-03-31T09:00:00", 1)]
    [InlineData("Europe/Berlin", "2026-10-24T20:00:00", "2026-10-25T00:45:00", 1)]
    [InlineData("America/New_York", "2026-10-31T20:00:00", "2026-11-05T20:00:00", 1)]
    [InlineData("UTC", "2026-01-10T03:00:00", "2026-01-10T23:00:00", 0)]
    public void What_was_missed_while_the_machine_was_off_is_made_up_for_once(string id, string off, string on, int runs)
    {
        TimeZoneInfo zone = TimeZoneInfo.FindSystemTimeZoneById(id);
        SyncSchedule schedule = SyncSchedule.Daily(TimeSpan.FromHours(2.5));
        DateTime last = Utc(off);
        int found = 0;
        for (DateTime now = Utc(on); now < Utc(on).AddMinutes(30); now = now.AddMinutes(5))
        {
            if (schedule.NextRun(last, Utc("2020-01-01T00:00:00"), zone) <= now)
            {
                found++;
                last = now;
            }
        }

        Assert.Equal(runs, found);
    }

    [Fact]
    public void No_schedule_is_never_due()
    {
        Assert.Null(SyncSchedule.None.NextRun(null, Utc("2026-01-01T00:00:00"), TimeZoneInfo.Utc));
        Assert.Equal("None", SyncSchedule.None.ToString());
        Assert.Equal("Daily at 02:00", SyncSchedule.Default.ToString());
        Assert.Equal(SyncSchedule.Daily(TimeSpan.FromHours(2)), SyncSchedule.Default);
    }

    [Fact]
    public void Times_that_are_none_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SyncSchedule.Daily(TimeSpan.FromDays(1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyncSchedule.Daily(TimeSpan.FromTicks(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyncSchedule.Interval(TimeSpan.FromSeconds(59)));
        Assert.Throws<ArgumentOutOfRangeException>(() => SyncSchedule.Interval(TimeSpan.FromDays(31.01)));
        Assert.Equal(TimeSpan.FromMinutes(1), SyncSchedule.Interval(TimeSpan.FromMinutes(1)).Every);
    }

    private static DateTime Utc(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
}
