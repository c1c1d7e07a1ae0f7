using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Work for many inputs, so much of it at once, while the pipeline thread takes in the next input and writes the results as
/// they come. No thread waits for a piece of work.
/// </summary>
/// <param name="pump">The way to the pipeline thread.</param>
/// <param name="limit">How many pieces may be at work at once.</param>
/// <param name="writeError">Writes the error of one piece; the others go on.</param>
/// <param name="stop">Cancelled when the pipeline stops.</param>
internal sealed class WorkQueue(PipelinePump pump, int limit, Action<OrchestratorException> writeError, CancellationToken stop)
{
    // Of the pipeline thread alone.
    private readonly HashSet<Task> _running = [];

    /// <summary>Begins a piece of work, once there is room for it.</summary>
    /// <param name="work">Runs elsewhere, and gives what is to be done with its result on the pipeline thread.</param>
    public void Add(Func<CancellationToken, Task<Action>> work)
    {
        pump.ServeUntil(() => _running.Count < limit, stop);
        TaskCompletionSource<bool> registered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Task? piece = null;
        piece = Task.Run(
            async () =>
            {
                await registered.Task.ConfigureAwait(false);
                Action result = await RunAsync(work).ConfigureAwait(false);
                pump.Post(() =>
                {
                    _running.Remove(piece!);
                    result();
                });
            },
            CancellationToken.None);
        _running.Add(piece);
        registered.SetResult(true);
    }

    /// <summary>Waits until all that was begun is done.</summary>
    public void Drain() => pump.ServeUntil(() => _running.Count == 0, stop);

    /// <summary>Waits until nothing is at work any more, after the pipeline has stopped; what is still asked for is void.</summary>
    public void Abandon()
    {
        Task[] rest = [.. _running];
        _running.Clear();
        Task.WhenAll(rest).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait(CancellationToken.None);
    }

    private async Task<Action> RunAsync(Func<CancellationToken, Task<Action>> work)
    {
        try
        {
            return await work(stop).ConfigureAwait(false);
        }
        catch (OrchestratorException e)
        {
            return () => writeError(e);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return static () => { };
        }
        catch (Exception e)
        {
            // A defect: it ends the cmdlet, as it would have ended it on the pipeline thread.
            return () => throw new InvalidOperationException(e.Message, e);
        }
    }
}
