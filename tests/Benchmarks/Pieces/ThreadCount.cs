using System;
using System.Diagnostics;
using System.Threading;

namespace OrchestratorConnector.Benchmarks;

/// <summary>How many threads this process has, and had at most, as the system counts them. The one that counts is among them from the start.</summary>
internal sealed class ThreadCount : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    private readonly ManualResetEventSlim _end = new();
    private readonly Thread _thread;
    private int _peak;

    public ThreadCount()
    {
        using ManualResetEventSlim counted = new();
        _thread = new Thread(() =>
        {
            Before = Now();
            counted.Set();
            do
            {
                _peak = Math.Max(_peak, Now());
            }
            while (!_end.Wait(Pause));
        }) { IsBackground = true };
        _thread.Start();
        counted.Wait();
    }

    /// <summary>How many there were at the beginning.</summary>
    public int Before { get; private set; }

    /// <summary>Ends the count.</summary>
    /// <returns>How many there were at most.</returns>
    public int End()
    {
        _end.Set();
        _thread.Join();
        return _peak;
    }

    public void Dispose()
    {
        End();
        _end.Dispose();
    }

    private static int Now()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
