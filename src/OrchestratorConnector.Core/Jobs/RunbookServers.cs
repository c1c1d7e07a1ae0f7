using System;
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
    public async Task<IReadOnlyList<RunbookServer>> GetAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<IReadOnlyList<RunbookServer>> reading;
            lock (_lock)
            {
                if (_reading is null || _reading.IsFaulted || _reading.IsCanceled)
                {
                    _reading = ReadAsync(cancellationToken);
                }

                reading = _reading;
            }

            try
            {
                return await reading.ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                // Whoever asked first has no need of it any more.
            }
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
