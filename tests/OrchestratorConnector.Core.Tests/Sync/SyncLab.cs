using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using OrchestratorConnector.Sync;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Sync;

/// <summary>A source, a store and a connector between them.</summary>
internal sealed class SyncLab : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private SyncLab(FakeServer server, ConnectorProtocol protocol, Func<Connector, Connector>? change)
    {
        Server = server;
        Store = OpenStore();
        Connector connector = new() { Name = "Main", ServiceUrl = Remote.UrlOf(server, protocol), Protocol = protocol };
        Connector = Store.AddConnector(change?.Invoke(connector) ?? connector);
    }

    public FakeServer Server { get; }

    public SourceModel Model => Server.Model;

    public IStateStore Store { get; }

    public Connector Connector { get; set; }

    public RecordingReporter Reporter { get; } = new();

    public ExchangeOptions Options { get; set; } = Remote.Options with { Retries = 0 };

    public ICredentialSource Credentials { get; set; } = Remote.CurrentUser;

    public ConnectorState State => Store.FindConnector("Main")!;

    public static async Task<SyncLab> StartAsync(
        ConnectorProtocol protocol, SourceModel? model = null, Func<Connector, Connector>? connector = null, Action<FakeServerOptions>? configure = null)
    {
        FakeServerOptions options = new() { Model = model ?? SourceModel.Generate(130, parametersPerRunbook: 3), WebApiPageSize = 50 };
        configure?.Invoke(options);
        return new SyncLab(await FakeServer.StartAsync(options), protocol, connector);
    }

    /// <summary>Another look at the same store, as another process would have it.</summary>
    public IStateStore OpenStore() => SqliteStateStore.Open(_folder.File("state.db"));

    public SyncEngine Engine(IStateStore? store = null) => new(
        store ?? Store,
        (connector, _) => Task.FromResult(Remote.Client(connector.ServiceUrl, connector.Protocol, Options, Reporter, Credentials)),
        Reporter);

    public Task<SyncOutcome> SyncAsync(bool force = false, CancellationToken cancellationToken = default) =>
        Engine().SynchronizeAsync(Connector, force, cancellationToken).WaitAsync(Remote.Patience, CancellationToken.None);

    public Task<SyncPreview> PreviewAsync(bool force = false) => Engine().PreviewAsync(Connector, force, CancellationToken.None).WaitAsync(Remote.Patience);

    /// <summary>A synchronization that must succeed.</summary>
    public async Task<SyncRecord> SyncedAsync(bool force = false)
    {
        SyncOutcome outcome = await SyncAsync(force);
        Assert.True(outcome.Failure is null, outcome.Failure?.Message);
        Assert.Equal(ConnectorStatus.FinishedSuccess, outcome.Record.Status);
        return outcome.Record;
    }

    public IReadOnlyList<LibraryRunbook> Library() => [.. Store.FindRunbooks(new RunbookQuery(), CancellationToken.None)];

    public LibraryRunbook Find(Guid id) => Assert.Single(Store.FindRunbooks(new RunbookQuery { Ids = [id] }, CancellationToken.None));

    public IReadOnlyList<RunbookChange> Changes(SyncRecord record) => [.. Store.GetChanges(record.Id)];

    /// <summary>The library holds what the source holds, and nothing of it is anything but active.</summary>
    public void LibraryIsSource(Func<SourceRunbook, bool>? which = null) => Assert.Equal(
        Remote.Lines(Model, Connector.Protocol, which),
        Remote.Lines(Library().Where(r => r.Status == RunbookStatus.Active).Select(r => r.Runbook)));

    /// <summary>Everything in the library, to compare before and after.</summary>
    public string Picture() => string.Join('\n', Library()
        .Select(r => $"{Remote.Line(r.Runbook)} {r.Status} {r.StatusReason} {r.LastSeenTime?.ToString("o", CultureInfo.InvariantCulture)} {r.Connector}")
        .Order(StringComparer.Ordinal)) + $"\n{State.RunbookCount}";

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        Store.Dispose();
        _folder.Dispose();
    }
}
