using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Threading;

namespace System.Management.Automation.Double;

/// <summary>
/// A line of stages on one thread. The first failure is what the caller is told; whoever is further up only learns that the
/// pipeline has stopped.
/// </summary>
internal sealed class Pipeline
{
    [ThreadStatic]
    private static Pipeline? _current;

    private readonly object _gate = new();
    private readonly IReadOnlyList<Stage> _stages;
    private Exception? _failure;
    private volatile bool _isStopping;

    internal Pipeline(IReadOnlyList<Stage> stages, Recorder recorder, bool hasInput)
    {
        _stages = stages;
        Recorder = recorder;
        for (int i = 0; i < stages.Count; i++)
        {
            stages[i].Join(this, i + 1 < stages.Count ? stages[i + 1] : null, i > 0 || hasInput);
        }
    }

    /// <summary>The pipeline that runs on this thread: what a script needs.</summary>
    internal static Pipeline? Current => _current;

    internal Recorder Recorder { get; }

    internal bool IsStopping => _isStopping;

    /// <summary>The one command that may write at this moment, and the thread on which it may.</summary>
    internal CommandRuntime? Writer { get; private set; }

    internal Thread? WriterThread { get; private set; }

    /// <summary>Whether it may also write to the pipeline, and not only say something.</summary>
    internal bool IsOutputAllowed { get; private set; }

    internal bool HadErrors { get; set; }

    /// <summary>Runs to the end, and gives the failure that ended it, or null.</summary>
    internal Exception? Run(IEnumerable<object?>? input)
    {
        Pipeline? outer = _current;
        _current = this;
        try
        {
            RunStages(input);
            return _failure;
        }
        catch (PipelineStoppedException e)
        {
            return _failure ?? e;
        }
        catch (RuntimeException e)
        {
            return _failure ?? e;
        }
        finally
        {
            foreach (Stage stage in _stages)
            {
                stage.Dispose();
            }

            _current = outer;
        }
    }

    internal void ThrowIfStopping()
    {
        if (_isStopping)
        {
            throw new PipelineStoppedException();
        }
    }

    /// <summary>Ends the pipeline from outside: every stage is told, and from now on no write gets through.</summary>
    internal void Stop()
    {
        lock (_gate)
        {
            if (_isStopping)
            {
                return;
            }

            _failure ??= new PipelineStoppedException();
            _isStopping = true;
        }

        foreach (Stage stage in _stages)
        {
            stage.Stop();
        }
    }

    /// <summary>Keeps the first failure for the caller and gives what the stages above are to see.</summary>
    internal PipelineStoppedException Fail(Exception failure)
    {
        lock (_gate)
        {
            _failure ??= failure;
        }

        return new PipelineStoppedException();
    }

    /// <summary>Lets one command write while this lasts.</summary>
    internal WriteScope Allow(CommandRuntime writer, bool isOutputAllowed = true)
    {
        WriteScope scope = new(this, Writer, WriterThread, IsOutputAllowed);
        Writer = writer;
        WriterThread = Thread.CurrentThread;
        IsOutputAllowed = isOutputAllowed;
        return scope;
    }

    private void RunStages(IEnumerable<object?>? input)
    {
        Stage? satisfied = null;
        ThrowIfStopping();
        try
        {
            for (int i = 0; i < _stages.Count; i++)
            {
                _stages[i].Prepare(i + 1, _stages.Count);
            }

            foreach (Stage stage in _stages)
            {
                stage.Begin();
            }

            if (input is null)
            {
                _stages[0].ProcessNothing();
            }
            else
            {
                foreach (object? value in input)
                {
                    _stages[0].Process(value);
                }
            }
        }
        catch (PipelineStoppedException) when (IsSatisfied(out satisfied))
        {
        }

        foreach (Stage stage in _stages)
        {
            // The stages before the one that has enough are not completed, nor is that one.
            if (satisfied is not null)
            {
                satisfied = ReferenceEquals(stage, satisfied) ? null : satisfied;
                continue;
            }

            try
            {
                stage.Complete();
            }
            catch (PipelineStoppedException) when (IsSatisfied(out satisfied))
            {
            }
        }
    }

    private bool IsSatisfied([NotNullWhen(true)] out Stage? stage)
    {
        lock (_gate)
        {
            stage = (_failure as StopUpstreamCommandsException)?.RequestingStage;
            _failure = stage is null ? _failure : null;
            return stage is not null;
        }
    }

    internal readonly struct WriteScope : IDisposable
    {
        private readonly Pipeline _pipeline;
        private readonly CommandRuntime? _writer;
        private readonly Thread? _thread;
        private readonly bool _wasOutputAllowed;

        internal WriteScope(Pipeline pipeline, CommandRuntime? writer, Thread? thread, bool wasOutputAllowed)
        {
            _pipeline = pipeline;
            _writer = writer;
            _thread = thread;
            _wasOutputAllowed = wasOutputAllowed;
        }

        public void Dispose()
        {
            _pipeline.Writer = _writer;
            _pipeline.WriterThread = _thread;
            _pipeline.IsOutputAllowed = _wasOutputAllowed;
        }
    }
}
