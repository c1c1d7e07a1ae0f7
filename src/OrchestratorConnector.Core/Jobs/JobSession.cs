using System;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Jobs;

/// <summary>Everything about the jobs of one connector over one set of connections.</summary>
public sealed class JobSession : IDisposable
{
    /// <summary>Makes it over a client, which it then owns.</summary>
    public JobSession(IStateStore store, Connector connector, IOrchestratorClient client, IReporter reporter)
        : this(store, connector, client, reporter, TimeProvider.System)
    {
    }

    /// <summary>The same by another clock.</summary>
    internal JobSession(IStateStore store, Connector connector, IOrchestratorClient client, IReporter reporter, TimeProvider time)
    {
        Connector = connector;
        Client = client;
        Servers = new RunbookServers(store, connector.Id, client);
        Starter = new JobStarter(store, connector, client, Servers, reporter, time);
        Watcher = new JobWatcher(store, client, Servers, reporter, time);
    }

    /// <summary>The connector.</summary>
    public Connector Connector { get; }

    /// <summary>Its server.</summary>
    public IOrchestratorClient Client { get; }

    /// <summary>The machines that run its jobs.</summary>
    public RunbookServers Servers { get; }

    /// <summary>Starts jobs.</summary>
    public JobStarter Starter { get; }

    /// <summary>Follows them.</summary>
    public JobWatcher Watcher { get; }

    /// <inheritdoc/>
    public void Dispose() => Client.Dispose();
}
