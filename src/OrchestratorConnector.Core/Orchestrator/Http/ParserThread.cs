using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>
/// One thread for the parsers of answers that have come, one after another. On the thread pool, which begins with one thread a
/// processor, they would stand before the transfers that are to bring the next answers; several threads of their own measured
/// slower than one, because what they read goes into one stage.
/// </summary>
internal sealed class ParserThread : TaskScheduler, System.IDisposable
{
    private readonly BlockingCollection<Task> _parsers = [];
    private readonly object _lock = new();
    private Thread? _thread;

    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Ends the thread once what was given to it is done.</summary>
    public void Dispose() => _parsers.CompleteAdding();

    protected override void QueueTask(Task task)
    {
        lock (_lock)
        {
            if (_thread is null)
            {
                _thread = new Thread(Work) { IsBackground = true, Name = "OrchestratorConnector parser" };
                _thread.Start();
            }
        }

        _parsers.Add(task);
    }

    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) => false;

    protected override IEnumerable<Task> GetScheduledTasks() => _parsers.ToArray();

    private void Work()
    {
        foreach (Task parser in _parsers.GetConsumingEnumerable())
        {
            TryExecuteTask(parser);
        }
    }
}
