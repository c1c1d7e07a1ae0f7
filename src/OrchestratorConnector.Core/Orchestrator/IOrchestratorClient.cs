using System;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>
/// A remote Orchestrator, whatever its generation. Everything is read page by page and given away as it comes; errors are
/// <see cref="OrchestratorException"/>s.
/// </summary>
public interface IOrchestratorClient : IDisposable
{
    /// <summary>The generation that this client speaks.</summary>
    ConnectorProtocol Protocol { get; }

    /// <summary>The service root that this client asks.</summary>
    Uri ServiceUrl { get; }

    /// <summary>The server's jobs.</summary>
    IJobClient Jobs { get; }

    /// <summary>Requests sent so far, retries included.</summary>
    long Requests { get; }

    /// <summary>Bytes of answers read so far, after decompression.</summary>
    long Bytes { get; }

    /// <summary>Asks who is there: the cheapest request that proves address, credentials and protocol.</summary>
    Task<ServiceInfo> GetServiceInfoAsync(CancellationToken cancellationToken);

    /// <summary>Reads all folders that the account may see, in no particular order.</summary>
    Task ReadFoldersAsync(IEntitySink<Folder> sink, CancellationToken cancellationToken);

    /// <summary>
    /// Reads the runbooks in a folder and below it, and their parameters. Runbooks outside the folder may come too: a server
    /// that cannot choose sends them all.
    /// </summary>
    Task ReadRunbooksAsync(string folder, IRunbookSink sink, CancellationToken cancellationToken);

    /// <summary>Reads the runbook servers.</summary>
    Task ReadRunbookServersAsync(IEntitySink<RunbookServer> sink, CancellationToken cancellationToken);
}
