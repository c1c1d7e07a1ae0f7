using System;
using System.Threading;

namespace OrchestratorConnector.Reporting;

/// <summary>
/// Shows how far work is once it has taken half a second, a few times a second, and takes it away in the end. What is over
/// sooner is not shown: it would only flicker.
/// </summary>
public sealed class ProgressDisplay : IDisposable
{
    /// <summary>How long nobody wonders yet.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    /// <summary>The time between two looks at how far the work is.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Action<Action> _post;
    private readonly Action<ProgressStep, bool> _show;
    private readonly ITimer _timer;
    private ProgressStep _now;
    private int _isPosted;

    // Of the thread that shows it alone.
    private ProgressStep? _shown;
    private bool _isOver;

    /// <param name="first">What is being done, before anything is known of it.</param>
    /// <param name="post">Has something done on the thread that shows it.</param>
    /// <param name="show">Shows a step, or takes it away. Called on that thread.</param>
    public ProgressDisplay(ProgressStep first, Action<Action> post, Action<ProgressStep, bool> show)
        : this(first, TimeProvider.System, post, show)
    {
    }

    internal ProgressDisplay(ProgressStep first, TimeProvider time, Action<Action> post, Action<ProgressStep, bool> show)
    {
        _now = first;
        _post = post;
        _show = show;
        _timer = time.CreateTimer(static display => ((ProgressDisplay)display!).Look(), this, Patience, Pause);
    }

    /// <summary>How far the work is now. From any thread; what is not looked at meanwhile is not shown.</summary>
    public void Report(ProgressStep step) => Volatile.Write(ref _now, step);

    /// <summary>The work is over: takes away what is shown. For the thread that shows it.</summary>
    public void Dispose()
    {
        _timer.Dispose();
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        if (_shown is not null)
        {
            _show(_shown, true);
        }
    }

    private void Look()
    {
        // One at a time: a thread that is busy elsewhere finds no heap of old news.
        if (Interlocked.Exchange(ref _isPosted, 1) == 0)
        {
            _post(Show);
        }
    }

    private void Show()
    {
        Volatile.Write(ref _isPosted, 0);
        ProgressStep now = Volatile.Read(ref _now);
        if (!_isOver && now != _shown)
        {
            _shown = now;
            _show(now, false);
        }
    }
}
