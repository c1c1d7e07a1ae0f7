using System;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Orchestrator;

/// <summary>Opens clients for registered connectors.</summary>
/// <param name="credentials">Gives the identity of a connector.</param>
/// <param name="remember">Keeps what generation a connector turned out to be.</param>
/// <param name="reporter">Hears of every request.</param>
public sealed class ConnectionFactory(Func<Connector, ICredentialSource> credentials, Action<Connector, ConnectorProtocol> remember, IReporter reporter)
{
    /// <summary>Opens a client; the server is only asked who it is when its generation is not known yet.</summary>
    /// <exception cref="OrchestratorException">What is wrong with the way to the server.</exception>
    public Task<IOrchestratorClient> OpenAsync(Connector connector, CancellationToken cancellationToken) => OpenAsync(connector, OptionsOf(connector), cancellationToken);

    /// <summary>The same for as many requests at once as there are jobs at once.</summary>
    public Task<IOrchestratorClient> OpenAsync(Connector connector, int requests, CancellationToken cancellationToken) =>
        OpenAsync(connector, OptionsOf(connector) with { MaxRequests = requests }, cancellationToken);

    /// <summary>Tests the way to a connector's server, which need not be registered.</summary>
    public Task<ConnectionTestResult> TestAsync(Connector connector, CancellationToken cancellationToken) =>
        new ConnectionTest(connector, credentials(connector), OptionsOf(connector), reporter).RunAsync(cancellationToken);

    private async Task<IOrchestratorClient> OpenAsync(Connector connector, ExchangeOptions options, CancellationToken cancellationToken)
    {
        if (connector.Protocol != ConnectorProtocol.Auto)
        {
            return OrchestratorClientFactory.Create(connector.ServiceUrl, connector.Protocol, credentials(connector), options, reporter);
        }

        (IOrchestratorClient client, ServiceInfo info) = await OrchestratorClientFactory
            .ConnectAsync(connector.ServiceUrl, connector.Protocol, credentials(connector), options, reporter, cancellationToken).ConfigureAwait(false);
        remember(connector, info.Protocol);
        return client;
    }

    private static ExchangeOptions OptionsOf(Connector connector) => new()
    {
        Timeout = connector.Timeout,
        AllowUnencryptedAuthentication = connector.AllowUnencryptedAuthentication,
    };
}
