using System.Collections.Generic;
using System.Threading.Tasks;

namespace System.Management.Automation.Double;

/// <summary>Keeps what a run shows, and wakes those who wait for a certain record.</summary>
internal sealed class Recorder
{
    private readonly object _gate = new();
    private readonly List<ShellRecord> _records = [];
    private readonly List<(Func<ShellRecord, bool> Match, TaskCompletionSource<ShellRecord> Found)> _waiting = [];
    private bool _isClosed;

    /// <summary>Called with each record, on the thread that writes it.</summary>
    internal Action<ShellRecord>? Observer { get; set; }

    internal void Add(ShellStream stream, object? value)
    {
        ShellRecord record = new(stream, value);
        lock (_gate)
        {
            _records.Add(record);
            _waiting.RemoveAll(w => w.Match(record) && w.Found.TrySetResult(record));
        }

        Observer?.Invoke(record);
    }

    /// <summary>The first record that matches, also one that has come before.</summary>
    internal Task<ShellRecord> When(Func<ShellRecord, bool> match)
    {
        TaskCompletionSource<ShellRecord> found = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (_records.Find(r => match(r)) is { } record)
            {
                found.SetResult(record);
            }
            else if (_isClosed)
            {
                found.SetException(NeverCame());
            }
            else
            {
                _waiting.Add((match, found));
            }
        }

        return found.Task;
    }

    internal IReadOnlyList<ShellRecord> Close()
    {
        lock (_gate)
        {
            _isClosed = true;
            foreach ((_, TaskCompletionSource<ShellRecord> found) in _waiting)
            {
                found.TrySetException(NeverCame());
            }

            _waiting.Clear();
            return [.. _records];
        }
    }

    private static InvalidOperationException NeverCame() => new("The run has ended without the record that was waited for.");
}
