using System;
using System.Diagnostics;
using System.Threading;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// Waiting for other processes: bounded, cancellable, and with pauses of uneven length, so that many who wait do not wake
/// together. SQLite's own wait cannot be cancelled, and that of the ADO.NET provider sleeps 150 ms at a time.
/// </summary>
internal sealed class BusyWait
{
    private const int LongestPause = 40;

    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly TimeSpan _limit;
    private readonly CancellationToken _cancellationToken;
    private readonly CancellationToken _other;
    private uint _random = (uint)Environment.TickCount ^ ((uint)Environment.CurrentManagedThreadId << 16) | 1;
    private int _pause = 1;

    public BusyWait(TimeSpan limit, CancellationToken cancellationToken, CancellationToken other)
    {
        _limit = limit;
        _cancellationToken = cancellationToken;
        _other = other;
    }

    /// <summary>Waits a moment.</summary>
    /// <returns>Whether to try once more.</returns>
    /// <exception cref="OperationCanceledException">The wait was cancelled.</exception>
    public bool Pause()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _other.ThrowIfCancellationRequested();
        if (_watch.Elapsed >= _limit)
        {
            return false;
        }

        int length = 1 + (int)(Next() % (uint)_pause);
        _pause = Math.Min(_pause * 2, LongestPause);
        // The wait for one of the tokens ends at once; the other's is noticed at the next try, within 40 ms.
        CancellationToken first = _cancellationToken.CanBeCanceled ? _cancellationToken : _other;
        first.WaitHandle.WaitOne(length);
        first.ThrowIfCancellationRequested();
        return true;
    }

    // xorshift: spreads the pauses, nothing more.
    private uint Next()
    {
        _random ^= _random << 13;
        _random ^= _random >> 17;
        _random ^= _random << 5;
        return _random;
    }
}
