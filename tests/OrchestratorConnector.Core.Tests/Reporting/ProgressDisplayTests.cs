using System;
using System.Collections.Generic;
using System.Threading;
using OrchestratorConnector.Reporting;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Reporting;

/// <summary>When progress is shown: not before half a second, then a few times a second, and never after the end.</summary>
public sealed class ProgressDisplayTests
{
    private static readonly ProgressStep First = new("Synchronizing 'Berlin'", "waiting", null);

    private readonly TickingClock _clock = new();
    private readonly Queue<Action> _posted = [];
    private readonly List<string> _shown = [];

    [Fact]
    public void What_is_over_within_half_a_second_is_never_shown()
    {
        using (ProgressDisplay display = Begin())
        {
            display.Report(First with { Status = "1 of 2" });
            Pass(499);
        }

        Pass(10_000);
        Assert.Empty(_shown);
    }

    [Fact]
    public void After_half_a_second_it_is_there_even_if_nobody_said_anything()
    {
        using ProgressDisplay display = Begin();

        Pass(500);

        Assert.Equal(["waiting"], _shown);
    }

    [Fact]
    public void It_shows_how_far_the_work_is_then_and_afterwards_the_newest_a_few_times_a_second()
    {
        using ProgressDisplay display = Begin();
        for (int i = 1; i <= 2000; i++)
        {
            display.Report(First with { Status = $"{i}" });
            Pass(1);
        }

        Assert.Equal(["500", "600", "700", "800", "900"], _shown.GetRange(0, 5));
        Assert.Equal(16, _shown.Count);
    }

    [Fact]
    public void What_did_not_change_is_not_shown_again()
    {
        using ProgressDisplay display = Begin();
        Pass(5000);
        display.Report(First with { });
        Pass(5000);

        Assert.Equal(["waiting"], _shown);
    }

    [Fact]
    public void It_is_taken_away_once_and_nothing_comes_after_it()
    {
        ProgressDisplay display = Begin();
        Pass(600);
        display.Report(First with { Status = "late" });
        _clock.Move(100);
        display.Dispose();
        display.Dispose();
        display.Report(First with { Status = "later" });
        Pass(1000);

        Assert.Equal(["waiting", "over"], _shown);
    }

    [Fact]
    public void A_pipeline_that_is_busy_finds_one_piece_of_news_and_no_heap()
    {
        using ProgressDisplay display = Begin();
        for (int i = 0; i < 100; i++)
        {
            display.Report(First with { Status = $"{i}" });
            _clock.Move(100);
        }

        Assert.Single(_posted);
        Serve();
        Assert.Equal(["99"], _shown);
    }

    private ProgressDisplay Begin() => new(First, _clock, _posted.Enqueue, (step, isOver) => _shown.Add(isOver ? "over" : step.Status));

    private void Pass(int milliseconds)
    {
        for (int i = 0; i < milliseconds; i++)
        {
            _clock.Move(1);
            Serve();
        }
    }

    private void Serve()
    {
        while (_posted.TryDequeue(out Action? action))
        {
            action();
        }
    }

    /// <summary>A clock that stands until it is moved, with one timer.</summary>
    private sealed class TickingClock : TimeProvider
    {
        private int _now;
        private Action<int>? _tick;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Timer timer = new(() => callback(state), (int)dueTime.TotalMilliseconds, (int)period.TotalMilliseconds);
            _tick = timer.Tick;
            return timer;
        }

        public void Move(int milliseconds)
        {
            for (int i = 0; i < milliseconds; i++)
            {
                _tick?.Invoke(++_now);
            }
        }

        private sealed class Timer(Action tick, int due, int period) : ITimer
        {
            private bool _isOff;

            public void Tick(int now)
            {
                if (!_isOff && now >= due && (now - due) % period == 0)
                {
                    tick();
                }
            }

            public bool Change(TimeSpan dueTime, TimeSpan period) => throw new NotSupportedException();

            public void Dispose() => _isOff = true;

            public System.Threading.Tasks.ValueTask DisposeAsync() => throw new NotSupportedException();
        }
    }
}
