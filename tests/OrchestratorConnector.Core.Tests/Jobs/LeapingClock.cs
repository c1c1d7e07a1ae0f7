using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>A clock for those who wait: it leaps to the end of every wait at once, and notes how long that was.</summary>
internal sealed class LeapingClock : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _pauses = [];
    private readonly TaskCompletionSource _waiting = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = new(2026, 3, 4, 5, 6, 7, TimeSpan.Zero);

    /// <summary>Whether it leaps; otherwise no wait ever ends by itself.</summary>
    public bool Leaps { get; set; } = true;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public DateTime Utc => GetUtcNow().UtcDateTime;

    /// <summary>The waits in the order in which they began.</summary>
    public IReadOnlyList<TimeSpan> Pauses
    {
        get
        {
            lock (_lock)
            {
                return [.. _pauses];
            }
        }
    }

    /// <summary>Ends when somebody waits for the first time.</summary>
    public Task Waiting => _waiting.Task;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public void Advance(TimeSpan time)
    {
        lock (_lock)
        {
            _now += time;
        }
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _pauses.Add(dueTime);
            _now += Leaps ? dueTime : TimeSpan.Zero;
        }

        _waiting.TrySetResult();
        if (Leaps)
        {
            ThreadPool.QueueUserWorkItem(_ => callback(state));
        }

        return new Timer();
    }

    private sealed class Timer : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => true;

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
