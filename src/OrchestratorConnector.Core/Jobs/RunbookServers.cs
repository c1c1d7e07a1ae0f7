using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Jobs;

/// <summary>
/// The runbook servers of one Orchestrator. They hardly ever change: what the store has of them is believed until something is
/// not among it.
/// </summary>
/// <param name="store">Where they are kept.</param>
/// <param name="connectorId">The key of the connector.</param>
/// <param name="client">The server.</param>
public sealed class RunbookServers(IStateStore store, long connectorId, IOrchestratorClient client)
{
    private readonly object _lock = new();
    private Task<IReadOnlyList<RunbookServer>>? _reading;

    /// <summary>The name of a server; <see langword="null"/> when there is none of that id.</summary>
    public async Task<string?> FindNameAsync(Guid id, CancellationToken cancellationToken) =>
        store.GetRunbookServers(connectorId).FirstOrDefault(s => s.Id == id)?.Name
            ?? (await ReadAsync(cancellationToken).ConfigureAwait(false)).FirstOrDefault(s => s.Id == id)?.Name;

    /// <summary>Names as the server spells them.</summary>
    /// <exception cref="OrchestratorException">RunbookServerUnknown.</exception>
    public async Task<IReadOnlyList<string>> SpellAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        IReadOnlyList<RunbookServer> known = store.GetRunbookServers(connectorId);
        if (names.Any(n => Find(known, n) is null))
        {
            known = await ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        return [.. names.Select(n => Find(known, n)?.Name ?? throw Error.RunbookServerUnknown(n, known.Select(s => s.Name)))];
    }

    private static RunbookServer? Find(IEnumerable<RunbookServer> servers, string name) =>
        servers.FirstOrDefault(s => s.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Asks the server, once however many jobs want to know.</summary>
    private async Task<IReadOnlyList<RunbookServer>> ReadAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<IReadOnlyList<RunbookServer>> reading;
            lock (_lock)
            {
                if (_reading is null || _reading.IsFaulted || _reading.IsCanceled)
                {
                    _reading = AskAsync(cancellationToken);
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

    private async Task<IReadOnlyList<RunbookServer>> AskAsync(CancellationToken cancellationToken)
    {
        ListSink<RunbookServer> servers = new();
        await client.ReadRunbookServersAsync(servers, cancellationToken).ConfigureAwait(false);
        store.SetRunbookServers(connectorId, servers.Items);
        return servers.Items;
    }
}
