using System.Threading;
using System.Threading.Tasks;

namespace System.Management.Automation.Double;

/// <summary>A run on a thread of its own, which can be watched and stopped.</summary>
public sealed class RunningInvocation
{
    private readonly Invocation _invocation;
    private readonly TaskCompletionSource<ShellResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    internal RunningInvocation(Invocation invocation, Action<RunningInvocation, ShellRecord>? onRecord)
    {
        _invocation = invocation;
        if (onRecord is not null)
        {
            invocation.Recorder.Observer = record => onRecord(this, record);
        }

        new Thread(Run) { IsBackground = true, Name = "Pipeline Execution Thread" }.Start();
    }

    /// <summary>The result, as soon as the pipeline has ended.</summary>
    public Task<ShellResult> Completion => _completion.Task;

    /// <summary>
    /// Does what Ctrl+C does: calls StopProcessing of every cmdlet, on another thread than the pipeline's, and lets no later write
    /// through. It returns when the cmdlets have been told; <see cref="Completion"/> says when they have obeyed.
    /// </summary>
    public void Stop()
    {
        Thread thread = new(_invocation.Stop) { IsBackground = true, Name = "Stop" };
        thread.Start();
        thread.Join();
    }

    /// <summary>The first record that matches, also one that has come before; fails if the run ends without one.</summary>
    public Task<ShellRecord> When(Func<ShellRecord, bool> match) => _invocation.Recorder.When(match);

    public Task<ShellRecord> WhenProgress(Func<ProgressRecord, bool> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return When(r => r.Value is ProgressRecord progress && match(progress));
    }

    public Task<ShellRecord> WhenVerbose(string part)
        => When(r => r.Stream == ShellStream.Verbose && r.Value is string text && text.Contains(part, StringComparison.OrdinalIgnoreCase));

    public Task<ShellRecord> WhenOutput(Func<object?, bool> match)
    {
        ArgumentNullException.ThrowIfNull(match);
        return When(r => r.Stream == ShellStream.Output && match(r.Value));
    }

    private void Run()
    {
        try
        {
            _completion.SetResult(_invocation.Run());
        }
        catch (Exception e)
        {
            _completion.SetException(e);
        }
    }
}
