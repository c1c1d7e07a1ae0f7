using System;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>
/// What every store must do, whatever it keeps its things in. A store passes by a class that derives from this one and opens
/// it; each test has a store of its own, empty at the beginning.
/// </summary>
public abstract partial class StateStoreContractTests : IDisposable
{
    private readonly LeaseHolder _here = new("HERE", 100, new DateTime(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc));
    private readonly LeaseHolder _there = new("THERE", 200, new DateTime(2026, 3, 1, 1, 0, 0, DateTimeKind.Utc));
    private Func<LeaseHolder, bool> _isAlive = _ => true;
    private IStateStore? _store;

    protected TestClock Clock { get; } = new();

    /// <summary>The store of the test, opened by the process "here".</summary>
    protected IStateStore Store => _store ??= OpenAs(_here);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the store of this test, again and again the same one.</summary>
    protected abstract IStateStore Open(Func<DateTime> utcNow, Func<LeaseHolder, bool> isAlive, LeaseHolder holder);

    protected virtual void Dispose(bool disposing) => _store?.Dispose();

    protected IStateStore OpenAs(LeaseHolder holder) => Open(() => Clock.Now, h => _isAlive(h), holder);

    private static OrchestratorException Fails(string id, Action action)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(action);
        Assert.Equal(id, error.Id);
        return error;
    }

    private Connector Added(string name = "Main") => Store.AddConnector(Samples.Connector(name));

    private ConnectorState State(string name = "Main") => Store.FindConnector(name)!;
}
