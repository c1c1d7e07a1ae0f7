using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>
/// A few threads of their own for parsers of answers that have come. On the thread pool, which begins with one thread a
/// processor, they would stand before the transfers that are to bring the next answers.
/// </summary>
internal sealed class ParserThreads : TaskScheduler, IDisposable
{
    private const int Most = 4;

    private readonly BlockingCollection<Task> _parsers = [];
    private readonly List<Thread> _threads = [];
    private int _unfinished;

    /// <summary>As many as can work at the same time.</summary>
    public override int MaximumConcurrencyLevel { get; } = Math.Min(Environment.ProcessorCount, Most);

    /// <summary>Ends the threads once what was given to them is done.</summary>
    public void Dispose() => _parsers.CompleteAdding();

    protected override void QueueTask(Task task)
    {
        lock (_threads)
        {
            // One more only when all that there are have something to do.
            if (Interlocked.Increment(ref _unfinished) > _threads.Count && _threads.Count < MaximumConcurrencyLevel)
            {
                Thread thread = new(Work) { IsBackground = true, Name = "OrchestratorConnector parser" };
                _threads.Add(thread);
                thread.Start();
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
            Interlocked.Decrement(ref _unfinished);
        }
    }
}
