using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Jobs;

/// <summary>The runbook servers of one Orchestrator, asked for once however many jobs want to know, and kept for completion.</summary>
/// <param name="store">Where their names are kept.</param>
/// <param name="connectorId">The key of the connector.</param>
/// <param name="client">The server.</param>
public sealed class RunbookServers(IStateStore store, long connectorId, IOrchestratorClient client)
{
    private readonly object _lock = new();
    private Task<IReadOnlyList<RunbookServer>>? _reading;

    /// <summary>Gives them.</summary>
    public Task<IReadOnlyList<RunbookServer>> GetAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (_reading is null || _reading.IsFaulted || _reading.IsCanceled)
            {
                _reading = ReadAsync(cancellationToken);
            }

            return _reading;
        }
    }

    private async Task<IReadOnlyList<RunbookServer>> ReadAsync(CancellationToken cancellationToken)
    {
        ListSink<RunbookServer> servers = new();
        await client.ReadRunbookServersAsync(servers, cancellationToken).ConfigureAwait(false);
        store.SetRunbookServers(connectorId, [.. servers.Items.Select(s => s.Name)]);
        return servers.Items;
    }
}
