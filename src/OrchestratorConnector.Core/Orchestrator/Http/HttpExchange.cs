using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Reporting;
using Polly;
using Polly.Retry;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>
/// Requests to one server: authentication, at most so many at once, retry, time-outs, redirects, bounds and the log. What an
/// answer means is the caller's business; that it came whole and from the right place is this class's.
/// </summary>
internal sealed class HttpExchange : IDisposable
{
    private const int MaxRedirects = 5;

    private static readonly ProductInfoHeaderValue UserAgent = new(
        "OrchestratorConnector",
        typeof(HttpExchange).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly ICredentialSource _credentials;
    private readonly IReporter _reporter;
    private readonly ParserThreads _parsers = new();
    private readonly SemaphoreSlim _slots;
    private readonly ResiliencePipeline _retry;
    private readonly object _sessionLock = new();
    private readonly List<HttpSession> _formerSessions = [];
    private HttpSession? _session;
    private long _requests;
    private long _bytes;

    public HttpExchange(Uri root, ICredentialSource credentials, ExchangeOptions options, IReporter reporter)
    {
        Root = root;
        Options = options;
        _credentials = credentials;
        _reporter = reporter;
        _slots = new SemaphoreSlim(options.MaxRequests);
        _retry = options.Retries == 0 ? ResiliencePipeline.Empty : new ResiliencePipelineBuilder().AddRetry(Retry(options, reporter)).Build();
    }

    /// <summary>The service root, without a slash at the end.</summary>
    public Uri Root { get; }

    public ExchangeOptions Options { get; }

    public long Requests => Interlocked.Read(ref _requests);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>
    /// Gets an answer and reads it. The whole of it is tried again after a failure that may pass, so
    /// <paramref name="read"/> gives nothing away before it has read to the end, or throws an error that does not pass.
    /// </summary>
    /// <param name="url">An absolute URL on the connector's own server.</param>
    /// <param name="accept">The media type wanted.</param>
    /// <param name="read">Reads the body of a success; may block.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public async Task<T> GetAsync<T>(Uri url, string accept, Func<HttpAnswer, T> read, CancellationToken cancellationToken) =>
        await _retry.ExecuteAsync(
            async token => await GetOnceAsync(url, accept, read, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);

    /// <summary>The URL of something below the service root.</summary>
    public Uri UrlOf(string path) => new(Root.AbsoluteUri.TrimEnd('/') + "/" + path);

    /// <summary>Whether a URL is on the connector's own server, where alone credentials go.</summary>
    public bool IsOwn(Uri url) =>
        Uri.Compare(url, Root, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;

    public void Dispose()
    {
        lock (_sessionLock)
        {
            _session?.Dispose();
            _formerSessions.ForEach(s => s.Dispose());
        }

        _slots.Dispose();
        _parsers.Dispose();
    }

    private static RetryStrategyOptions Retry(ExchangeOptions options, IReporter reporter) => new()
    {
        ShouldHandle = new PredicateBuilder().Handle<OrchestratorException>(e => e.IsTransient && !(e.RetryAfter > options.MaxRetryAfter)),
        MaxRetryAttempts = options.Retries,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = options.RetryDelay,
        MaxDelay = options.MaxRetryAfter,
        DelayGenerator = static attempt => new ValueTask<TimeSpan?>((attempt.Outcome.Exception as OrchestratorException)?.RetryAfter),
        OnRetry = attempt =>
        {
            reporter.Verbose(string.Format(
                CultureInfo.InvariantCulture,
                "Attempt {0} failed, the next in {1:0.0} s: {2}",
                attempt.AttemptNumber + 1,
                attempt.RetryDelay.TotalSeconds,
                attempt.Outcome.Exception?.Message));
            return default;
        },
    };

    private async Task<T> GetOnceAsync<T>(Uri url, string accept, Func<HttpAnswer, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        ResponseBody? body = null;
        try
        {
            Stopwatch watch = Stopwatch.StartNew();
            (HttpResponseMessage response, HttpSession session, Uri answered) = await SendAsync(url, accept, cancellationToken).ConfigureAwait(false);
            body = new ResponseBody(response, answered, Options, cancellationToken);
            // The place is free when the body is off the wire, not when it is parsed.
            Task received = ReleaseWhenReceivedAsync(body, watch, (int)response.StatusCode);
            HttpAnswer answer = new(answered, response, body);
            try
            {
                await body.Ready.ConfigureAwait(false);
                // One that still comes holds its parser up again and again, which then gets a thread to itself.
                return await Task.Factory.StartNew(
                    () =>
                    {
                        if (!response.IsSuccessStatusCode)
                        {
                            throw StatusFailure.Of(answer, session, Options);
                        }

                        T result = read(answer);
                        body.Drain();
                        return result;
                    },
                    cancellationToken,
                    body.Received.IsCompleted ? TaskCreationOptions.None : TaskCreationOptions.LongRunning,
                    body.Received.IsCompleted ? _parsers : TaskScheduler.Default).ConfigureAwait(false);
            }
            finally
            {
                body.Dispose();
                await received.ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is not OperationCanceledException && cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The request was cancelled.", e, cancellationToken);
        }
        finally
        {
            if (body is null)
            {
                _slots.Release();
            }
        }
    }

    private async Task ReleaseWhenReceivedAsync(ResponseBody body, Stopwatch watch, int status)
    {
        await body.Received.ConfigureAwait(false);
        Interlocked.Add(ref _bytes, body.BytesReceived);
        _slots.Release();
        if (_reporter.IsVerbose)
        {
            _reporter.Verbose(string.Format(
                CultureInfo.InvariantCulture, "GET {0} -> {1}, {2:N0} bytes in {3:N0} ms", body.Url, status, body.BytesReceived, watch.Elapsed.TotalMilliseconds));
        }
    }

    private async Task<(HttpResponseMessage Response, HttpSession Session, Uri Url)> SendAsync(Uri url, string accept, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            HttpSession session = CurrentSession();
            HttpResponseMessage response = await SendOnceAsync(session, url, accept, cancellationToken).ConfigureAwait(false);
            if (!IsRedirect(response.StatusCode))
            {
                return (response, session, url);
            }

            Uri? target = response.Headers.Location is { } location ? new Uri(url, location) : null;
            response.Dispose();
            if (target is null || redirects == MaxRedirects)
            {
                throw Error.RedirectRefused(url, null);
            }

            url = IsOwn(target) ? target : throw Error.RedirectRefused(url, target);
        }
    }

    private async Task<HttpResponseMessage> SendOnceAsync(HttpSession session, Uri url, string accept, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Get, url);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(UserAgent.Product!));
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(Options.Timeout);
        Interlocked.Increment(ref _requests);
        try
        {
            return await session.Client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, timeout.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Error.RequestTimedOut(url, Options.Timeout, e).AsTransient();
        }
        catch (Exception e) when (e is HttpRequestException or IOException or WebException or InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            if (session.Credentials.RefusedBasic)
            {
                throw Error.BasicOverHttpRefused(url);
            }

            throw HttpFailure.OfRequest(url, e);
        }
    }

    private static bool IsRedirect(HttpStatusCode status) => (int)status is 301 or 302 or 303 or 307 or 308;

    private HttpSession CurrentSession()
    {
        Identity identity = _credentials.Current();
        lock (_sessionLock)
        {
            if (_session is null || _session.Identity.Version != identity.Version)
            {
                if (_session is not null)
                {
                    // Its requests under way may end; it goes with the exchange.
                    _formerSessions.Add(_session);
                }

                _session = new HttpSession(Root, identity, Options);
            }

            return _session;
        }
    }
}
