using System;
using System.Collections.Generic;
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
    private const int SeeOther = 303;

    // For the answer to something that was sent, when the wait for it is to end.
    private static readonly TimeSpan LastMoment = TimeSpan.FromSeconds(2);

    private static readonly ProductInfoHeaderValue UserAgent = new(
        "OrchestratorConnector",
        typeof(HttpExchange).Assembly.GetName().Version?.ToString(3) ?? "0");

    private readonly ICredentialSource _credentials;
    private readonly IReporter _reporter;
    private readonly ParserThread _parser = new();
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

    /// <summary>Hears how the conversation goes.</summary>
    public IReporter Reporter => _reporter;

    public long Requests => Interlocked.Read(ref _requests);

    public long Bytes => Interlocked.Read(ref _bytes);

    /// <summary>How far the server's clock is before this machine's, by the last answer; good to a second.</summary>
    public TimeSpan ServerClock { get; private set; }

    /// <summary>
    /// Gets an answer and reads it. The whole of it is tried again after a failure that may pass, so
    /// <paramref name="read"/> gives nothing away before it has read to the end, or throws an error that does not pass.
    /// </summary>
    /// <param name="url">An absolute URL on the connector's own server.</param>
    /// <param name="accept">The media type wanted.</param>
    /// <param name="read">Reads the body of a success; may block.</param>
    /// <param name="cancellationToken">Ends everything.</param>
    public async Task<T> GetAsync<T>(Uri url, string accept, Func<HttpAnswer, T> read, CancellationToken cancellationToken)
    {
        int attempt = 0;
        return await _retry.ExecuteAsync(
            async token => await AskAsync(new RequestLog(_reporter, HttpMethod.Get, url, ++attempt), u => NewRequest(HttpMethod.Get, u, accept), read, token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>
    /// Sends a request that changes something, once: whatever happens, it is not sent again, and it follows no redirect.
    /// </summary>
    /// <param name="write">The request.</param>
    /// <param name="read">Reads the answer to a success; may block.</param>
    /// <param name="cancellationToken">
    /// Ends the wait, once the body is on its way only after a moment in which the answer may still come.
    /// </param>
    /// <exception cref="OrchestratorException">
    /// AnswerLost when the body went out and no answer that can be read came back, so that nobody knows whether it was done. Any
    /// other error says that it was not done.
    /// </exception>
    public async Task<T> SendOnceAsync<T>(HttpWrite write, Func<HttpAnswer, T> read, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        OnceContent content = new(write.Body, write.MediaType);
        using CancellationTokenSource patient = new();
        using CancellationTokenRegistration ending = cancellationToken.Register(() => EndSoon(patient, content));
        try
        {
            return await AskAsync(new RequestLog(_reporter, write.Method, write.Url, 1), u => ToRequest(write, u, content), read, patient.Token).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (content.HasBegun && IsNoAnswer(e))
        {
            throw Error.AnswerLost(write.Url, e);
        }
        catch (OperationCanceledException e) when (content.HasBegun)
        {
            throw Error.AnswerLost(write.Url, e);
        }
    }

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
        _parser.Dispose();
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

    private static void EndSoon(CancellationTokenSource patient, OnceContent content)
    {
        try
        {
            if (content.HasBegun)
            {
                patient.CancelAfter(LastMoment);
            }
            else
            {
                patient.Cancel();
            }
        }
        catch (ObjectDisposedException)
        {
            // The answer came at the same moment.
        }
    }

    /// <summary>
    /// Whether an error leaves open what became of the request once its body is out. A gateway answers for a server that it did
    /// not hear, and "see other" may say that it was done and that the answer to it is elsewhere.
    /// </summary>
    private static bool IsNoAnswer(OrchestratorException e) =>
        e.HttpStatus is SeeOther or 502 or 504 || (e.HttpStatus is null && e.Id != nameof(Error.BasicOverHttpRefused));

    private static HttpRequestMessage NewRequest(HttpMethod method, Uri url, string accept)
    {
        HttpRequestMessage request = new(method, url);
        request.Headers.Accept.ParseAdd(accept);
        request.Headers.UserAgent.Add(new ProductInfoHeaderValue(UserAgent.Product!));
        return request;
    }

    private static HttpRequestMessage ToRequest(HttpWrite write, Uri url, OnceContent content)
    {
        HttpRequestMessage request = NewRequest(write.Method, url, write.Accept);
        foreach (KeyValuePair<string, string> header in write.Headers)
        {
            request.Headers.TryAddWithoutValidation(header.Key, header.Value);
        }

        // The server's demand to sign in, or its death, then comes before the body instead of behind it (facts A.8).
        request.Headers.ExpectContinue = true;
        request.Content = content;
        return request;
    }

    private async Task<T> AskAsync<T>(RequestLog log, Func<Uri, HttpRequestMessage> request, Func<HttpAnswer, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        ResponseBody? body = null;
        try
        {
            log.Sent();
            (HttpResponseMessage response, HttpSession session, Uri answered) = await SendAsync(log.Url, request, cancellationToken).ConfigureAwait(false);
            body = new ResponseBody(response, answered, Options, cancellationToken);
            // The place is free when the body is off the wire, not when it is parsed.
            Task received = ReleaseWhenReceivedAsync(body, log, response);
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

                        Welcome(session);
                        T result = read(answer);
                        body.Drain();
                        return result;
                    },
                    cancellationToken,
                    body.Received.IsCompleted ? TaskCreationOptions.None : TaskCreationOptions.LongRunning,
                    body.Received.IsCompleted ? _parser : TaskScheduler.Default).ConfigureAwait(false);
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
        catch (OrchestratorException e) when (body is null)
        {
            log.Unanswered(e);
            throw;
        }
        finally
        {
            if (body is null)
            {
                _slots.Release();
            }
        }
    }

    private async Task ReleaseWhenReceivedAsync(ResponseBody body, RequestLog log, HttpResponseMessage response)
    {
        // Taken while the answer is there for certain.
        int status = (int)response.StatusCode;
        await body.Received.ConfigureAwait(false);
        Interlocked.Add(ref _bytes, body.BytesReceived);
        _slots.Release();
        log.Answered(body.Url, status, body.BytesReceived);
    }

    /// <summary>Says once who the server lets in.</summary>
    private void Welcome(HttpSession session)
    {
        if (session.IsWelcomedFirst())
        {
            _reporter.Verbose($"{Root.GetLeftPart(UriPartial.Authority)} lets {session.Identity.Description} in.");
        }
    }

    private async Task<(HttpResponseMessage Response, HttpSession Session, Uri Url)> SendAsync(Uri url, Func<Uri, HttpRequestMessage> request, CancellationToken cancellationToken)
    {
        for (int redirects = 0; ; redirects++)
        {
            HttpSession session = CurrentSession();
            HttpResponseMessage response = await SendToAsync(session, url, request, cancellationToken).ConfigureAwait(false);
            if (response.Headers.Date is { } date)
            {
                ServerClock = date - DateTimeOffset.UtcNow;
            }

            if (!IsRedirect(response.StatusCode))
            {
                return (response, session, url);
            }

            Uri? target = response.Headers.Location is { } location && Uri.TryCreate(url, location, out Uri? place) ? place : null;
            bool isRead = response.RequestMessage?.Method == HttpMethod.Get;
            response.Dispose();
            if (target is null || redirects == MaxRedirects || !isRead || !IsOwn(target))
            {
                Uri? told = redirects == MaxRedirects ? null : target;
                throw new OrchestratorException(
                    Error.RedirectRefused(url, told, isOwn: told is not null && IsOwn(told)), isTransient: false, (int)response.StatusCode);
            }

            url = target;
        }
    }

    private async Task<HttpResponseMessage> SendToAsync(HttpSession session, Uri url, Func<Uri, HttpRequestMessage> make, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = make(url);
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
