using System;
using System.Net;
using System.Net.Http;
using System.Threading;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>The connections that were authenticated as one identity. A new identity gets new ones.</summary>
internal sealed class HttpSession : IDisposable
{
    private int _isWelcomed;

    public HttpSession(Uri root, Identity identity, ExchangeOptions options)
    {
        Identity = identity;
        Credentials = new ChallengeCredentials(root, identity.Credential, options.AllowUnencryptedAuthentication);
        Client = new HttpClient(CreateHandler(Credentials, identity.Credential is not null, options), disposeHandler: true)
        {
            // Time-outs are per request and per read; none on the whole.
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public Identity Identity { get; }

    public ChallengeCredentials Credentials { get; }

    public HttpClient Client { get; }

    /// <summary>Whether this is the first answer to the identity that is no refusal.</summary>
    public bool IsWelcomedFirst() => Interlocked.Exchange(ref _isWelcomed, 1) == 0;

    public void Dispose() => Client.Dispose();

    // Redirects are followed by HttpExchange, which knows where they may lead. PreAuthenticate spares Basic the first 401.
#if NETSTANDARD2_0
    private static HttpClientHandler CreateHandler(ICredentials credentials, bool preAuthenticate, ExchangeOptions options) => new()
    {
        Credentials = credentials,
        PreAuthenticate = preAuthenticate,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        MaxConnectionsPerServer = options.MaxRequests,
    };
#else
    private static SocketsHttpHandler CreateHandler(ICredentials credentials, bool preAuthenticate, ExchangeOptions options) => new()
    {
        Credentials = credentials,
        PreAuthenticate = preAuthenticate,
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        MaxConnectionsPerServer = options.MaxRequests,
    };
#endif
}
