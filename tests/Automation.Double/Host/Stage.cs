namespace System.Management.Automation.Double;

/// <summary>One command of a pipeline. A stage pushes what it writes into the next one at once, on the same thread.</summary>
internal abstract class Stage : IDisposable
{
    private bool _hasBegun;

    internal Pipeline Pipeline { get; private set; } = null!;

    internal Stage? Next { get; private set; }

    /// <summary>Whether objects will come, from the stage before or from the caller.</summary>
    internal bool ExpectsInput { get; private set; }

    internal void Join(Pipeline pipeline, Stage? next, bool expectsInput)
    {
        Pipeline = pipeline;
        Next = next;
        ExpectsInput = expectsInput;
    }

    internal void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            OnBegin();
        }
    }

    internal void Process(object? input)
    {
        Begin();
        OnProcess(input);
    }

    internal void ProcessNothing()
    {
        Begin();
        OnProcessNothing();
    }

    internal void Complete()
    {
        Begin();
        OnComplete();
    }

    internal virtual void Prepare(int position, int length)
    {
    }

    internal virtual void Stop()
    {
    }

    public void Dispose() => OnDispose();

    protected virtual void OnBegin()
    {
    }

    protected virtual void OnProcess(object? input)
    {
    }

    /// <summary>The one call of a first stage that gets no input.</summary>
    protected virtual void OnProcessNothing()
    {
    }

    protected virtual void OnComplete()
    {
    }

    protected virtual void OnDispose()
    {
    }

    internal void Emit(object? value)
    {
        if (Next is not null)
        {
            Next.Process(value);
        }
        else
        {
            Pipeline.Recorder.Add(ShellStream.Output, value is PSObject { IsExtended: false } wrapped ? wrapped.BaseObject : value);
        }
    }
}
