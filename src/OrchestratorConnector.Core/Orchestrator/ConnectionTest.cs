using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Reporting;

namespace OrchestratorConnector.Orchestrator;

/// <summary>
/// Goes the way to a server one step at a time, so that somebody at a prompt sees <em>which</em> step fails and why: name
/// resolution, TCP, TLS, HTTP, authentication, protocol, service document, folder, web console.
/// </summary>
internal sealed class ConnectionTest
{
    private static readonly string[] Steps =
        ["Name resolution", "TCP", "TLS", "HTTP", "Authentication", "Protocol", "Service document", "Folder", "Web console"];

    private readonly List<ConnectionCheck> _checks = [];
    private readonly Connector _connector;
    private readonly ICredentialSource _credentials;
    private readonly ExchangeOptions _options;
    private readonly IReporter _reporter;

    /// <param name="connector">What to connect to; need not be stored.</param>
    /// <param name="credentials">Who to sign in as.</param>
    /// <param name="options">Bounds; a test does not try again.</param>
    /// <param name="reporter">Hears of every step.</param>
    public ConnectionTest(Connector connector, ICredentialSource credentials, ExchangeOptions options, IReporter reporter)
    {
        _connector = connector;
        _credentials = credentials;
        _options = options with { Retries = 0 };
        _reporter = reporter;
    }

    /// <summary>Runs the test. What goes wrong is in the result; only cancellation ends it with an exception.</summary>
    public async Task<ConnectionTestResult> RunAsync(CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        ServiceInfo? info = null;
        OrchestratorException? failure = null;
        try
        {
            await CheckNetworkAsync(cancellationToken).ConfigureAwait(false);
            await CheckHttpAsync(cancellationToken).ConfigureAwait(false);
            (IOrchestratorClient client, ServiceInfo found) = await CheckServiceAsync(cancellationToken).ConfigureAwait(false);
            info = found;
            using (client)
            {
                await CheckFolderAsync(client, cancellationToken).ConfigureAwait(false);
            }

            await CheckConsoleAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e)
        {
            failure = e;
        }

        foreach (string step in Steps.Except(_checks.Select(c => c.Name)).ToArray())
        {
            _checks.Add(new ConnectionCheck(step, CheckOutcome.Skipped, TimeSpan.Zero, "not tried"));
        }

        return new ConnectionTestResult
        {
            Success = failure is null,
            Message = failure?.Message ?? ConnectionTestResult.SuccessMessage,
            Protocol = info?.Protocol ?? ConnectorProtocol.Auto,
            ServerVersion = info?.Version,
            Duration = watch.Elapsed,
            Checks = _checks,
            Failure = failure,
        };
    }

    private async Task CheckNetworkAsync(CancellationToken cancellationToken)
    {
        Uri url = _connector.ServiceUrl;
        IPAddress[] addresses = await StepAsync(
            Steps[0],
            async token =>
            {
                IPAddress[] found = IPAddress.TryParse(url.DnsSafeHost, out IPAddress? literal) ? [literal] : await Resolve(url, token).ConfigureAwait(false);
                return (found, string.Join(", ", found.Select(a => a.ToString())));
            },
            url,
            cancellationToken).ConfigureAwait(false);
        using TcpClient tcp = await StepAsync(
            Steps[1],
            async token => (await ConnectAsync(url, addresses, token).ConfigureAwait(false), $"port {url.Port} is open"),
            url,
            cancellationToken).ConfigureAwait(false);
        if (url.Scheme != Uri.UriSchemeHttps)
        {
            _checks.Add(new ConnectionCheck(Steps[2], CheckOutcome.Skipped, TimeSpan.Zero, "plain HTTP"));
            return;
        }

        await StepAsync(
            Steps[2],
            async token =>
            {
                using CancellationTokenRegistration abort = token.Register(tcp.Dispose);
                using SslStream tls = new(tcp.GetStream());
                await tls.AuthenticateAsClientAsync(url.DnsSafeHost).ConfigureAwait(false);
                return (true, $"{tls.SslProtocol}, certificate of {tls.RemoteCertificate?.Subject}");
            },
            url,
            cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Whether something speaks HTTP there, and what it asks of strangers: a request without any credential.</summary>
    private Task<bool> CheckHttpAsync(CancellationToken cancellationToken) => StepAsync(
        Steps[3],
        async token =>
        {
            using HttpResponseMessage response = await AskAsync(_connector.ServiceUrl, token).ConfigureAwait(false);
            string offered = string.Join(", ", response.Headers.WwwAuthenticate.Select(h => h.Scheme).Distinct(StringComparer.OrdinalIgnoreCase));
            return (true, offered.Length == 0 ? "answers" : $"answers, and asks for {offered}");
        },
        _connector.ServiceUrl,
        cancellationToken);

    /// <summary>One conversation that shows three things: which of them failed is told by the error.</summary>
    private async Task<(IOrchestratorClient Client, ServiceInfo Info)> CheckServiceAsync(CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Begin(Steps[4]);
        try
        {
            (IOrchestratorClient client, ServiceInfo info) = await OrchestratorClientFactory
                .ConnectAsync(_connector.ServiceUrl, _connector.Protocol, _credentials, _options, _reporter, cancellationToken).ConfigureAwait(false);
            Pass(Steps[4], watch.Elapsed, info.UserName is null ? "accepted" : $"signed in as {info.UserName}");
            Pass(Steps[5], TimeSpan.Zero, info.Protocol == ConnectorProtocol.Atom ? "OData Atom (2012 to 2019)" : $"Web API {info.Version}");
            Pass(Steps[6], TimeSpan.Zero, info.Protocol == ConnectorProtocol.Atom ? $"{info.Collections.Count} sets" : "login object");
            return (client, info);
        }
        catch (OrchestratorException e)
        {
            int failed = e.Kind switch
            {
                ErrorKind.AuthenticationFailed or ErrorKind.Security or ErrorKind.PermissionDenied => 4,
                _ when e.Id is nameof(Error.ServicePathWrong) or nameof(Error.NotOrchestrator) or nameof(Error.ResponseIsHtml) => 5,
                _ when e.Kind is ErrorKind.InvalidData => 6,
                _ when e.Id is nameof(Error.AccountNotFound) or nameof(Error.SecretNotFound) or nameof(Error.SecretVaultUnavailable) => 4,
                _ => 5,
            };
            for (int step = 4; step < failed; step++)
            {
                // Something else answered before anybody asked who we are.
                _checks.Add(new ConnectionCheck(Steps[step], CheckOutcome.Skipped, TimeSpan.Zero, "not asked for"));
            }

            Fail(Steps[failed], watch.Elapsed, e);
            throw;
        }
    }

    private Task<bool> CheckFolderAsync(IOrchestratorClient client, CancellationToken cancellationToken) => StepAsync(
        Steps[7],
        async token =>
        {
            ListSink<Folder> folders = new();
            await client.ReadFoldersAsync(folders, token).ConfigureAwait(false);
            new FolderTree(folders.Items).Require(_connector.Folder, client.ServiceUrl);
            return (true, string.Format(CultureInfo.InvariantCulture, "'{0}' is there; the account sees {1:N0} folders", _connector.Folder, folders.Items.Count));
        },
        client.ServiceUrl,
        cancellationToken);

    /// <summary>Whether anything answers at the console's address, without any credential. Nothing of ours depends on it.</summary>
    private async Task CheckConsoleAsync(CancellationToken cancellationToken)
    {
        if (_connector.WebConsoleUrl is not { } console)
        {
            _checks.Add(new ConnectionCheck(Steps[8], CheckOutcome.Skipped, TimeSpan.Zero, "no address given"));
            return;
        }

        Stopwatch watch = Stopwatch.StartNew();
        Begin(Steps[8]);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.Timeout);
        try
        {
            using HttpResponseMessage response = await AskAsync(console, timeout.Token).ConfigureAwait(false);
            Pass(Steps[8], watch.Elapsed, $"answers with HTTP status {(int)response.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or IOException || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            OrchestratorException error = e is OperationCanceledException ? Error.RequestTimedOut(console, _options.Timeout, e) : HttpFailure.OfRequest(console, e);
            _checks.Add(new ConnectionCheck(Steps[8], CheckOutcome.Warning, watch.Elapsed, error.Message, "Synchronization does not need the console; links to it will not work until Set-OrchestratorConnector -WebConsoleUrl names another address."));
        }
    }

    private async Task<T> StepAsync<T>(string step, Func<CancellationToken, Task<(T Result, string Detail)>> run, Uri url, CancellationToken cancellationToken)
    {
        Stopwatch watch = Stopwatch.StartNew();
        Begin(step);
        using CancellationTokenSource timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        timeout.CancelAfter(_options.Timeout);
        OrchestratorException failure;
        try
        {
            (T result, string detail) = await run(timeout.Token).ConfigureAwait(false);
            Pass(step, watch.Elapsed, detail);
            return result;
        }
        catch (Exception e) when (timeout.IsCancellationRequested && e is not OrchestratorException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            failure = Error.RequestTimedOut(url, _options.Timeout, e);
        }
        catch (Exception e) when (e is SocketException or IOException or HttpRequestException or AuthenticationException or ObjectDisposedException)
        {
            failure = HttpFailure.OfRequest(url, e);
        }
        catch (OrchestratorException e)
        {
            failure = e;
        }

        Fail(step, watch.Elapsed, failure);
        throw failure;
    }

    private static async Task<IPAddress[]> Resolve(Uri url, CancellationToken cancellationToken)
    {
        // Not every resolver can be stopped: whoever waits goes, the question stays.
#if NETSTANDARD2_0
        Task<IPAddress[]> lookup = Dns.GetHostAddressesAsync(url.DnsSafeHost);
#else
        Task<IPAddress[]> lookup = Dns.GetHostAddressesAsync(url.DnsSafeHost, cancellationToken);
#endif
        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenRegistration abort = cancellationToken.Register(() => cancelled.TrySetResult(true));
        if (await Task.WhenAny(lookup, cancelled.Task).ConfigureAwait(false) != lookup)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }

        IPAddress[] found = await lookup.ConfigureAwait(false);
        return found.Length > 0 ? found : throw Error.HostNotFound(url, null);
    }

    private static async Task<TcpClient> ConnectAsync(Uri url, IPAddress[] addresses, CancellationToken cancellationToken)
    {
        Exception? last = null;
        foreach (IPAddress address in addresses)
        {
            TcpClient tcp = new(address.AddressFamily);
            try
            {
                using CancellationTokenRegistration abort = cancellationToken.Register(tcp.Dispose);
                await tcp.ConnectAsync(address, url.Port).ConfigureAwait(false);
                return tcp;
            }
            catch (Exception e) when (e is SocketException or ObjectDisposedException)
            {
                tcp.Dispose();
                cancellationToken.ThrowIfCancellationRequested();
                last = e;
            }
        }

        throw HttpFailure.OfRequest(url, last!);
    }

    /// <summary>A request without any credential, for the head of the answer.</summary>
    private async Task<HttpResponseMessage> AskAsync(Uri url, CancellationToken cancellationToken)
    {
        RequestLog log = new(_reporter, HttpMethod.Get, url, 1);
        using HttpClientHandler handler = new() { AllowAutoRedirect = false };
        using HttpClient http = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        log.Sent();
        try
        {
            HttpResponseMessage response = await http.GetAsync(url, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            log.Answered(url, (int)response.StatusCode, 0);
            return response;
        }
        catch (Exception e) when (e is HttpRequestException or IOException or OperationCanceledException)
        {
            log.Unanswered(e);
            throw;
        }
    }

    private void Begin(string step) => _reporter.Progress(new ProgressStep(
        $"Testing '{_connector.Name}'", step, Array.IndexOf(Steps, step) * 100 / Steps.Length));

    private void Pass(string step, TimeSpan duration, string detail)
    {
        _reporter.Verbose($"{step}: {detail}.");
        _checks.Add(new ConnectionCheck(step, CheckOutcome.Passed, duration, detail));
    }

    private void Fail(string step, TimeSpan duration, OrchestratorException failure)
    {
        _reporter.Verbose($"{step} failed: {failure.Message}");
        string detail = failure.Hint is { } hint && failure.Message.EndsWith(hint, StringComparison.Ordinal)
            ? failure.Message.Substring(0, failure.Message.Length - hint.Length).TrimEnd()
            : failure.Message;
        _checks.Add(new ConnectionCheck(step, CheckOutcome.Failed, duration, detail, failure.Hint));
    }
}
