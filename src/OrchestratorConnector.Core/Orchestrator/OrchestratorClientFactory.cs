using System;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Atom;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Orchestrator.WebApi;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Orchestrator;

/// <summary>Makes the client for a server, and finds out which generation answers.</summary>
public static class OrchestratorClientFactory
{
    /// <summary>Makes a client of a known generation; sends nothing.</summary>
    /// <param name="serviceUrl">The service root as registered.</param>
    /// <param name="protocol">The generation.</param>
    /// <param name="credentials">Who to sign in as.</param>
    /// <param name="options">Bounds and behaviour.</param>
    /// <param name="reporter">Hears of every request.</param>
    public static IOrchestratorClient Create(
        Uri serviceUrl, ConnectorProtocol protocol, ICredentialSource credentials, ExchangeOptions options, IReporter reporter)
    {
        HttpExchange exchange = new(ServiceAddress.Root(serviceUrl, protocol), credentials, options, reporter);
        return protocol switch
        {
            ConnectorProtocol.Atom => new AtomClient(exchange),
            ConnectorProtocol.WebApi => new WebApiClient(exchange),
            _ => throw new ArgumentOutOfRangeException(nameof(protocol), protocol, "A client speaks one generation."),
        };
    }

    /// <summary>Connects: asks the server who it is, finding out the generation if it is not known.</summary>
    /// <returns>A client that was answered, and what the server said.</returns>
    /// <exception cref="OrchestratorException">
    /// What is wrong with the way to the server; ServicePathWrong when the service answers elsewhere on the same server.
    /// </exception>
    public static async Task<(IOrchestratorClient Client, ServiceInfo Info)> ConnectAsync(
        Uri serviceUrl, ConnectorProtocol protocol, ICredentialSource credentials, ExchangeOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        OrchestratorException? failure = null;
        foreach (ConnectorProtocol candidate in protocol == ConnectorProtocol.Auto ? ServiceAddress.Candidates(serviceUrl) : [protocol])
        {
            try
            {
                return await ConnectOnceAsync(serviceUrl, candidate, credentials, options, reporter, cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorException e) when (IsElsewhere(e))
            {
                failure = failure ?? e;
            }
        }

        foreach ((Uri place, ConnectorProtocol candidate) in ServiceAddress.UsualPlaces(serviceUrl))
        {
            if (place.AbsoluteUri.Equals(serviceUrl.AbsoluteUri, StringComparison.OrdinalIgnoreCase))
            {
                continue;
            }

            try
            {
                (IOrchestratorClient client, _) = await ConnectOnceAsync(place, candidate, credentials, options with { Retries = 0 }, reporter, cancellationToken).ConfigureAwait(false);
                client.Dispose();
            }
            catch (OrchestratorException)
            {
                continue;
            }

            throw Error.ServicePathWrong(serviceUrl, place);
        }

        throw failure!.Id == nameof(Error.ResourceNotFound)
            ? Error.NotOrchestrator(serviceUrl, "it has nothing at that address, nor at the usual ones.")
            : failure;
    }

    private static async Task<(IOrchestratorClient Client, ServiceInfo Info)> ConnectOnceAsync(
        Uri serviceUrl, ConnectorProtocol protocol, ICredentialSource credentials, ExchangeOptions options, IReporter reporter, CancellationToken cancellationToken)
    {
        IOrchestratorClient client = Create(serviceUrl, protocol, credentials, options, reporter);
        try
        {
            return (client, await client.GetServiceInfoAsync(cancellationToken).ConfigureAwait(false));
        }
        catch
        {
            client.Dispose();
            throw;
        }
    }

    /// <summary>Whether something else than the wanted service answered, so that it may be at another address.</summary>
    private static bool IsElsewhere(OrchestratorException e) =>
        e.HttpStatus is 400 or 404 or 405 or 406
        || e.Id is nameof(Error.NotOrchestrator) or nameof(Error.ResponseIsHtml) or nameof(Error.ResponseMalformed) or nameof(Error.ResponseEmpty);
}
