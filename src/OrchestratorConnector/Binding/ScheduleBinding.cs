using System;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Binding;

/// <summary>Makes a schedule of the three parameters that describe one.</summary>
internal static class ScheduleBinding
{
    /// <summary>The schedule that was given; the present one where nothing was.</summary>
    /// <exception cref="OrchestratorException">ScheduleInvalid.</exception>
    public static SyncSchedule Read(ScheduleKind? kind, TimeSpan? at, TimeSpan? every, SyncSchedule present)
    {
        kind ??= every is not null ? ScheduleKind.Interval : at is not null ? ScheduleKind.Daily : null;
        try
        {
            return kind switch
            {
                null => present,
                ScheduleKind.None when at is null && every is null => SyncSchedule.None,
                ScheduleKind.Daily when every is null => SyncSchedule.Daily(at ?? present.At ?? SyncSchedule.Default.At!.Value),
                ScheduleKind.Interval when at is null && (every ?? present.Every) is { } interval => SyncSchedule.Interval(interval),
                _ => throw Error.ScheduleInvalid("-At belongs to a daily schedule and -Every to an interval; None takes neither."),
            };
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Error.ScheduleInvalid("a time of day is from 00:00 to 23:59:59, an interval from one minute to 31 days.");
        }
    }
}
