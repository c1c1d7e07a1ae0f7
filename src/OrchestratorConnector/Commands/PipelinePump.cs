using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Management.Automation.Host;
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

    // What tells the progress of one cmdlet from that of others, also when it is taken away past the cmdlet.
    private static long _lastSource = (long)ProgressId << 32;

    private readonly PSCmdlet _cmdlet;
    private readonly long _source = Interlocked.Increment(ref _lastSource);
    private readonly BlockingCollection<Action> _actions = [];
    private ProgressDisplay? _progress;

    /// <param name="cmdlet">The cmdlet of the calling pipeline thread.</param>
    /// <param name="isVerbose">Whether verbose text is wanted.</param>
    /// <param name="isDebug">Whether debug text is wanted.</param>
    public PipelinePump(PSCmdlet cmdlet, bool isVerbose, bool isDebug)
    {
        _cmdlet = cmdlet;
        IsVerbose = isVerbose;
        IsDebug = isDebug;
    }

    public bool IsVerbose { get; }

    public bool IsDebug { get; }

    /// <summary>Runs work to its end.</summary>
    /// <param name="first">What is being done, shown when it takes its time.</param>
    /// <param name="stop">Cancelled when the pipeline stops, also because somebody downstream has enough.</param>
    /// <param name="work">The work.</param>
    public T Run<T>(ProgressStep first, CancellationTokenSource stop, Func<PipelinePump, CancellationToken, Task<T>> work)
    {
        CancellationToken token = stop.Token;
        BeginProgress(first);
        Task<T> task = Task.Run(() => work(this, token), CancellationToken.None);
        task.ContinueWith(_ => _actions.CompleteAdding(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        try
        {
            foreach (Action action in _actions.GetConsumingEnumerable())
            {
                action();
            }
        }
        catch
        {
            // The pipeline ended under us: the work must not outlive the cmdlet, and what it still asks for is void.
            stop.Cancel();
            foreach (Action _ in _actions.GetConsumingEnumerable())
            {
            }

            ((IAsyncResult)task).AsyncWaitHandle.WaitOne();
            _ = task.Exception;
            throw;
        }
        finally
        {
            EndProgress();
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

    public void Debug(string message)
    {
        if (IsDebug)
        {
            Post(() => _cmdlet.WriteDebug(message));
        }
    }

    public void Warning(string message) => Post(() => _cmdlet.WriteWarning(message));

    public void Progress(ProgressStep step) => _progress?.Report(step);

    /// <summary>From now on the progress is shown, when it takes its time. For the pipeline thread.</summary>
    /// <param name="first">What is being done, before anything is known of it.</param>
    public void BeginProgress(ProgressStep first) => _progress ??= new ProgressDisplay(first, Post, Show);

    /// <summary>Takes the progress away, if it is shown. For the pipeline thread, whatever became of the pipeline.</summary>
    public void EndProgress() => _progress?.Dispose();

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

    private void Show(ProgressStep step, bool isOver)
    {
        ProgressRecord record = new(ProgressId, step.Activity, step.Status)
        {
            PercentComplete = step.Percent ?? -1,
            RecordType = isOver ? ProgressRecordType.Completed : ProgressRecordType.Processing,
        };
        try
        {
            _cmdlet.CommandRuntime.WriteProgress(_source, record);
        }
        catch (Exception e) when (isOver && e is PipelineStoppedException or InvalidOperationException)
        {
            // The pipeline ends and takes nothing any more; what is shown must go all the same.
            OnTheHost(_cmdlet, ui => ui.WriteProgress(_source, record));
        }
    }

    /// <summary>Does something with the host itself, past a pipeline that takes nothing any more.</summary>
    public static void OnTheHost(PSCmdlet cmdlet, Action<PSHostUserInterface> action)
    {
        try
        {
            if (cmdlet.Host?.UI is { } ui)
            {
                action(ui);
            }
        }
        catch (Exception e) when (e is NotImplementedException or InvalidOperationException or NotSupportedException)
        {
            // A host without anybody in front of it.
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
