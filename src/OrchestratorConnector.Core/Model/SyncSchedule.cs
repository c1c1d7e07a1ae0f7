using System;

namespace OrchestratorConnector.Model;

/// <summary>When a connector is due: never by itself, once a day at a local time, or at an interval.</summary>
public sealed record SyncSchedule
{
    /// <summary>Never due; synchronized on demand only.</summary>
    public static SyncSchedule None { get; } = new();

    /// <summary>Once a day at 02:00 local time: what a connector gets unless told otherwise, as the original is daily.</summary>
    public static SyncSchedule Default { get; } = Daily(TimeSpan.FromHours(2));

    private SyncSchedule()
    {
    }

    /// <summary>The local time of day of a daily schedule.</summary>
    public TimeSpan? At { get; private init; }

    /// <summary>The time between two runs of an interval schedule.</summary>
    public TimeSpan? Every { get; private init; }

    /// <summary>Once a day at a local time of day.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is not within one day.</exception>
    public static SyncSchedule Daily(TimeSpan at) =>
        at >= TimeSpan.Zero && at < TimeSpan.FromDays(1)
            ? new SyncSchedule { At = at }
            : throw new ArgumentOutOfRangeException(nameof(at), at, "A time of day is from 00:00 to 23:59:59.");

    /// <summary>Again and again, this long after the last start.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Shorter than a minute or longer than 31 days.</exception>
    public static SyncSchedule Interval(TimeSpan every) =>
        every >= TimeSpan.FromMinutes(1) && every <= TimeSpan.FromDays(31)
            ? new SyncSchedule { Every = every }
            : throw new ArgumentOutOfRangeException(nameof(every), every, "An interval is from one minute to 31 days.");

    /// <summary>
    /// The next run in UTC after a run that started at <paramref name="lastStart"/> (UTC; <see langword="null"/> when there was
    /// none), or <see langword="null"/> for no schedule. A run that was missed is due at once, and once only. A local time that
    /// the clock change skips runs at the first moment after the gap; one that happens twice runs the first time.
    /// </summary>
    public DateTime? NextRun(DateTime? lastStart, DateTime created, TimeZoneInfo zone)
    {
        if (Every is { } every)
        {
            return lastStart is { } last ? last + every : created;
        }

        if (At is not { } at)
        {
            return null;
        }

        DateTime after = lastStart ?? created;
        DateTime day = TimeZoneInfo.ConvertTimeFromUtc(after, zone).Date;
        DateTime next = ToUtc(day + at, zone);
        return next > after ? next : ToUtc(day.AddDays(1) + at, zone);
    }

    /// <inheritdoc/>
    public override string ToString() => this switch
    {
        { At: { } at } => $"Daily at {at:hh\\:mm}",
        { Every: { } every } => $"Every {every:c}",
        _ => "None",
    };

    private static DateTime ToUtc(DateTime local, TimeZoneInfo zone)
    {
        DateTime time = DateTime.SpecifyKind(local, DateTimeKind.Unspecified);
        while (zone.IsInvalidTime(time))
        {
            time = time.AddMinutes(1);
        }

        if (zone.IsAmbiguousTime(time))
        {
            // Of the two offsets the larger belongs to the earlier moment.
            TimeSpan[] offsets = zone.GetAmbiguousTimeOffsets(time);
            Array.Sort(offsets);
            return DateTime.SpecifyKind(time - offsets[offsets.Length - 1], DateTimeKind.Utc);
        }

        return TimeZoneInfo.ConvertTimeToUtc(time, zone);
    }
}
