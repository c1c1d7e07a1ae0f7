using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Runs work on other threads while the pipeline thread, the only one that may touch a cmdlet, does what the work asks of it.
/// </summary>
internal sealed class PipelinePump : IReporter
{
    private const int ProgressId = 7412;

    private readonly PSCmdlet _cmdlet;
    private readonly BlockingCollection<Action> _actions = [];

    /// <param name="cmdlet">The cmdlet of the calling pipeline thread.</param>
    /// <param name="isVerbose">Whether verbose text is wanted.</param>
    public PipelinePump(PSCmdlet cmdlet, bool isVerbose)
    {
        _cmdlet = cmdlet;
        IsVerbose = isVerbose;
    }

    public bool IsVerbose { get; }

    /// <summary>Runs work to its end.</summary>
    /// <param name="cmdlet">The cmdlet of the calling pipeline thread.</param>
    /// <param name="isVerbose">Whether verbose text is wanted.</param>
    /// <param name="stop">Cancelled when the pipeline stops, also because somebody downstream has enough.</param>
    /// <param name="work">The work.</param>
    public static T Run<T>(PSCmdlet cmdlet, bool isVerbose, CancellationTokenSource stop, Func<PipelinePump, CancellationToken, Task<T>> work)
    {
        PipelinePump pump = new(cmdlet, isVerbose);
        CancellationToken token = stop.Token;
        Task<T> task = Task.Run(() => work(pump, token), CancellationToken.None);
        task.ContinueWith(_ => pump._actions.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            foreach (Action action in pump._actions.GetConsumingEnumerable())
            {
                action();
            }
        }
        catch
        {
            // The pipeline ended under us: the work must not outlive the cmdlet, and what it still asks for is void.
            stop.Cancel();
            foreach (Action _ in pump._actions.GetConsumingEnumerable())
            {
            }

            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            _ = task.Exception;
            throw;
        }

        return task.GetAwaiter().GetResult();
    }

    public void Verbose(string message)
    {
        if (IsVerbose)
        {
            Post(() => _cmdlet.WriteVerbose(message));
        }
    }

    public void Warning(string message) => Post(() => _cmdlet.WriteWarning(message));

    public void Progress(ProgressStep step) => Post(() => _cmdlet.WriteProgress(new ProgressRecord(ProgressId, step.Activity, step.Status)
    {
        PercentComplete = step.Percent ?? -1,
        RecordType = step.Completed ? ProgressRecordType.Completed : ProgressRecordType.Processing,
    }));

    /// <summary>Runs something on the pipeline thread and waits for its result. Not to be called from the pipeline thread.</summary>
    public T Invoke<T>(Func<T> function, CancellationToken cancellationToken)
    {
        TaskCompletionSource<T> result = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Post(() =>
        {
            try
            {
                result.TrySetResult(function());
            }
            catch (PipelineStoppedException)
            {
                result.TrySetCanceled();
                throw;
            }
            catch (Exception e)
            {
                result.TrySetException(e);
            }
        });
        try
        {
            result.Task.Wait(cancellationToken);
        }
        catch (AggregateException)
        {
            // Thrown again below as what it is.
        }

        return result.Task.GetAwaiter().GetResult();
    }

    /// <summary>Does what work asks for until a condition holds, which the last action may have brought about.</summary>
    /// <exception cref="OperationCanceledException">The pipeline stops.</exception>
    public void ServeUntil(Func<bool> condition, CancellationToken stop)
    {
        while (!condition())
        {
            _actions.Take(stop)();
        }
    }

    /// <summary>Does what has been asked for so far, without waiting for more.</summary>
    public void Serve()
    {
        while (_actions.TryTake(out Action? action))
        {
            action();
        }
    }

    /// <summary>Runs something on the pipeline thread when it comes to it.</summary>
    public void Post(Action action)
    {
        try
        {
            _actions.Add(action);
        }
        catch (InvalidOperationException)
        {
            // The work is over; a late word of a thread that is just ending has nobody to hear it.
        }
    }
}
