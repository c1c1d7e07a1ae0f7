using System;
using System.Threading;
using OrchestratorConnector.Errors;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Sync;

/// <summary>Reports to the store that a synchronization is still at work, whatever it waits for; ends it when its lease is lost.</summary>
internal sealed class LeaseKeeper : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(SyncLease.Duration.TotalSeconds / 12);

    private readonly object _lock = new();
    private readonly IStateStore _store;
    private readonly SyncLease _lease;
    private readonly Func<int?> _percent;
    private readonly CancellationTokenSource _stop;
    private readonly Timer _timer;
    private bool _stopped;

    public LeaseKeeper(IStateStore store, SyncLease lease, Func<int?> percent, CancellationToken cancellationToken)
    {
        _store = store;
        _lease = lease;
        _percent = percent;
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Token = _stop.Token;
        _timer = new Timer(_ => Renew(), null, Interval, Interval);
    }

    /// <summary>Ends with the caller's token, or when the lease is lost.</summary>
    public CancellationToken Token { get; }

    /// <summary>Why the lease was lost.</summary>
    public OrchestratorException? Failure { get; private set; }

    /// <summary>No more reports: the commit checks the lease itself, in its own transaction.</summary>
    public void Stop()
    {
        lock (_lock)
        {
            _stopped = true;
        }
    }

    public void Dispose()
    {
        Stop();
        _timer.Dispose();
        _stop.Dispose();
    }

    private void Renew()
    {
        // One report at a time; one that finds another under way has nothing to add.
        if (!Monitor.TryEnter(_lock))
        {
            return;
        }

        try
        {
            if (!_stopped)
            {
                _store.RenewSync(_lease, _percent());
            }
        }
        catch (OrchestratorException e) when (e.Id is nameof(Error.ConnectorRemoved) or nameof(Error.LeaseLost))
        {
            _stopped = true;
            Failure = e;
            _stop.Cancel();
        }
        catch (Exception e) when (e is OrchestratorException or OperationCanceledException or ObjectDisposedException)
        {
            // A store that is busy now is asked again at the next report; the lease outlives several.
        }
        finally
        {
            Monitor.Exit(_lock);
        }
    }
}
