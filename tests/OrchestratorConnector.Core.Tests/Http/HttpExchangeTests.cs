using System;
using System.Globalization;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Reporting;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>What is tried again and what is not, where redirects lead, how much and how long is waited for.</summary>
public sealed class HttpExchangeTests
{
    [Theory]
    [InlineData(408, "RequestTimedOut")]
    [InlineData(429, "ServerBusy")]
    [InlineData(500, "ServerFailed")]
    [InlineData(502, "ServerFailed")]
    [InlineData(503, "ServerFailed")]
    [InlineData(504, "ServerFailed")]
    public async Task A_status_that_may_pass_is_tried_four_times(int status, string id)
    {
        await using RawServer server = RawServer.Always(status, "text/plain", "Nightly maintenance.");
        RecordingReporter reporter = new();
        using HttpExchange exchange = Exchange(server.Url, reporter: reporter);

        OrchestratorException error = await Remote.FailsAsync(id, TextAsync(exchange));

        Assert.Equal(status, error.HttpStatus);
        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(4, exchange.Requests);
        Assert.Equal(3, reporter.VerboseLines.Count(l => l.StartsWith("Attempt ", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(400, "RequestRejected")]
    [InlineData(401, "AuthenticationFailed")]
    [InlineData(403, "AccessDenied")]
    [InlineData(404, "ResourceNotFound")]
    [InlineData(405, "RequestRejected")]
    [InlineData(406, "RequestRejected")]
    [InlineData(410, "RequestRejected")]
    [InlineData(501, "ServerFailed")]
    [InlineData(505, "ServerFailed")]
    public async Task A_status_that_will_not_pass_is_tried_once(int status, string id)
    {
        await using RawServer server = RawServer.Always(status, "text/plain", "Not for you.");
        using HttpExchange exchange = Exchange(server.Url);

        OrchestratorException error = await Remote.FailsAsync(id, TextAsync(exchange));

        Assert.Equal(status, error.HttpStatus);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    [InlineData(-1)] // reset before the answer
    [InlineData(-2)] // reset in the body
    [InlineData(-3)] // closed short of its length
    public async Task What_passes_is_a_success_in_the_end(int failure)
    {
        await using RawServer server = new(async (request, answer) =>
        {
            switch (request.Number < 4 ? failure : 200)
            {
                case -1:
                    answer.Reset();
                    break;
                case -2:
                    await answer.SendPartAsync(200, "text/plain", "who"u8.ToArray(), 100);
                    answer.Reset();
                    break;
                case -3:
                    await answer.SendPartAsync(200, "text/plain", "who"u8.ToArray(), 100);
                    break;
                case 200:
                    await answer.SendAsync(200, "text/plain", "whole");
                    break;
                default:
                    await answer.SendAsync(failure, null, "");
                    break;
            }
        });
        using HttpExchange exchange = Exchange(server.Url);

        Assert.Equal("whole", await TextAsync(exchange));

        Assert.Equal(4, server.Requests.Count);
        Assert.Equal(4, exchange.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_connection_that_keeps_breaking_is_an_error_after_four_attempts(bool inBody)
    {
        await using RawServer server = new(async (_, answer) =>
        {
            if (inBody)
            {
                await answer.SendPartAsync(200, "text/plain", "who"u8.ToArray(), 100);
            }

            answer.Reset();
        });
        using HttpExchange exchange = Exchange(server.Url);

        OrchestratorException error = await Remote.FailsAsync("ConnectionFailed", TextAsync(exchange));

        Assert.NotNull(error.InnerException);
        Assert.Equal(4, server.Requests.Count);
    }

    [Fact]
    public async Task Retries_can_be_switched_off()
    {
        await using RawServer server = RawServer.Always(500, null, "");
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { Retries = 0 });

        await Remote.FailsAsync("ServerFailed", TextAsync(exchange));

        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    public async Task Retry_After_is_obeyed(int status, bool asDate)
    {
        string header = "Retry-After: " + (asDate ? DateTimeOffset.UtcNow.AddMinutes(-1).ToString("R", CultureInfo.InvariantCulture) : "0");
        await using RawServer server = new((request, answer) => request.Number == 1
            ? answer.SendAsync(status, null, "", header)
            : answer.SendAsync(200, "text/plain", "whole"));
        // Its own delay would be an hour: only the server's wish ends in time.
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { RetryDelay = TimeSpan.FromHours(1), MaxRetryAfter = TimeSpan.FromHours(2) });

        Assert.Equal("whole", await TextAsync(exchange).WaitAsync(Remote.Patience));
    }

    [Theory]
    [InlineData(429, true)]
    [InlineData(503, true)]
    [InlineData(429, false)]
    [InlineData(503, false)]
    public async Task A_Retry_After_that_is_too_long_is_an_error_at_once(int status, bool asDate)
    {
        string header = "Retry-After: " + (asDate ? DateTimeOffset.UtcNow.AddHours(1).ToString("R", CultureInfo.InvariantCulture) : "3600");
        await using RawServer server = RawServer.Always(status, null, "", header);
        using HttpExchange exchange = Exchange(server.Url);

        OrchestratorException error = await Remote.FailsAsync("ServerBusy", TextAsync(exchange));

        Assert.Matches(asDate ? "asks to wait 3[56][0-9]{2} seconds" : "asks to wait 3600 seconds", error.Message);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(-5)]
    [InlineData(5)]
    public async Task A_moment_in_Retry_After_is_one_of_the_server_s_clock(int minutes)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow.AddMinutes(minutes);
        await using RawServer server = RawServer.Always(429, null, "", $"Date: {now:R}", $"Retry-After: {now.AddSeconds(90):R}");
        using HttpExchange exchange = Exchange(server.Url);

        OrchestratorException error = await Remote.FailsAsync("ServerBusy", TextAsync(exchange));

        Assert.Contains("asks to wait 90 seconds", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(301)]
    [InlineData(302)]
    [InlineData(303)]
    [InlineData(307)]
    [InlineData(308)]
    public async Task A_redirect_on_the_same_server_is_followed(int status)
    {
        await using RawServer server = new((request, answer) => request.Path == "/there"
            ? answer.SendAsync(200, "text/plain", "whole")
            : answer.SendAsync(status, null, "", "Location: /there"));
        using HttpExchange exchange = Exchange(server.Url);

        Assert.Equal("whole", await TextAsync(exchange));
        Assert.Equal(["/x", "/there"], server.Requests.Select(r => r.Target));
    }

    [Fact]
    public async Task A_redirect_to_another_server_is_refused_and_gets_no_request()
    {
        await using RawServer elsewhere = RawServer.Always(401, null, "", "WWW-Authenticate: Basic realm=x");
        await using RawServer server = new((_, answer) => answer.SendAsync(302, null, "", $"Location: {elsewhere.Url}there?token=secret"));
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { AllowUnencryptedAuthentication = true }, credentials: new ChangingCredentials("user", "hunter2"));

        OrchestratorException error = await Remote.FailsAsync("RedirectRefused", TextAsync(exchange));

        Assert.Contains(elsewhere.Url.Authority, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("Location: https://127.0.0.1/there")]
    [InlineData("Location: //orchestrator.invalid/there")]
    [InlineData("Location: file:///etc/hosts")]
    [InlineData("Location: //")]
    [InlineData("Location: ///")]
    [InlineData("Location: //:81/x")]
    [InlineData("X-None: 1")]
    public async Task A_redirect_that_leads_nowhere_of_ours_is_refused(string header)
    {
        await using RawServer server = RawServer.Always(302, null, "", header);
        using HttpExchange exchange = Exchange(server.Url);

        await Remote.FailsAsync("RedirectRefused", TextAsync(exchange));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_redirect_in_a_circle_ends()
    {
        await using RawServer server = new((request, answer) => answer.SendAsync(302, null, "", "Location: " + (request.Path == "/x" ? "/y" : "/x")));
        using HttpExchange exchange = Exchange(server.Url);

        await Remote.FailsAsync("RedirectRefused", TextAsync(exchange));

        Assert.Equal(6, server.Requests.Count);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    [InlineData("zlib")]
    public async Task A_packed_body_is_unpacked(string encoding)
    {
        string text = new('a', 100_000);
        await using RawServer server = new((request, answer) =>
        {
            string accepted = request.Headers["Accept-Encoding"];
            Assert.Contains("gzip", accepted, StringComparison.Ordinal);
            Assert.Contains("deflate", accepted, StringComparison.Ordinal);
            return answer.SendAsync(200, "text/plain", Pack(encoding, text), "Content-Encoding: " + (encoding == "gzip" ? "gzip" : "deflate"));
        });
        using HttpExchange exchange = Exchange(server.Url);

        Assert.Equal(text, await TextAsync(exchange));
        Assert.Equal(100_000, exchange.Bytes);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task A_body_that_is_packed_in_word_only_is_malformed(string encoding)
    {
        await using RawServer server = RawServer.Always(200, "text/plain", "<feed>this is no compression at all</feed>", "Content-Encoding: " + encoding);
        using HttpExchange exchange = Exchange(server.Url);

        await Remote.FailsAsync("ResponseMalformed", TextAsync(exchange));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_packed_body_that_grows_without_measure_is_bounded()
    {
        await using RawServer server = new((_, answer) => answer.SendAsync(200, "text/plain", Pack("gzip", new string('a', 8_000_000)), "Content-Encoding: gzip"));
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { MaxBytes = 1_000_000 });

        await Remote.FailsAsync("ResponseTooLarge", TextAsync(exchange));

        Assert.InRange(exchange.Bytes, 1_000_000, 1_500_000);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_body_without_an_end_is_bounded_and_its_connection_closed()
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = new(async (_, answer) =>
        {
            try
            {
                await answer.HeadAsync(200, "text/plain");
                while (true)
                {
                    await answer.BytesAsync(new byte[64 * 1024]);
                }
            }
            catch (IOException)
            {
                gone.SetResult();
            }
        });
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { MaxBytes = 3_000_000 });

        await Remote.FailsAsync("ResponseTooLarge", TextAsync(exchange));

        await gone.Task.WaitAsync(Remote.Patience);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task One_entity_is_bounded_by_itself()
    {
        await using RawServer server = RawServer.Always(200, "text/plain", new string('a', 500_000));
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { MaxEntityBytes = 200_000 });

        await Remote.FailsAsync("ResponseTooLarge", TextAsync(exchange));
        Assert.Equal(500_000, await TextAsync(exchange, mark: true).ContinueWith(t => t.Result.Length, TaskScheduler.Default));
    }

    [Theory]
    [InlineData("<!DOCTYPE html><html><head><title>Sign in &amp; go</title></head></html>", "application/xml", "Sign in & go")]
    [InlineData("\uFEFF  <HTML><body>x</body></HTML>", "application/atom+xml", null)]
    [InlineData("whatever", "text/html", null)]
    [InlineData("<html xmlns='http://www.w3.org/1999/xhtml'/>", "application/xhtml+xml", null)]
    public async Task A_web_page_is_known_for_one(string body, string type, string? title)
    {
        await using RawServer server = RawServer.Always(200, type, body);
        using HttpExchange exchange = Exchange(server.Url);

        OrchestratorException error = await Remote.FailsAsync("ResponseIsHtml", DataAsync(exchange));

        Assert.Contains(title is null ? "a web page instead" : $"('{title}')", error.Message, StringComparison.Ordinal);
        Assert.Single(server.Requests);
    }

    [Theory]
    [InlineData(200)]
    [InlineData(204)]
    public async Task An_empty_success_is_an_error(int status)
    {
        await using RawServer server = RawServer.Always(status, "application/atom+xml", "");
        using HttpExchange exchange = Exchange(server.Url);

        await Remote.FailsAsync("ResponseEmpty", DataAsync(exchange));
    }

    [Fact]
    public async Task A_server_that_never_answers_times_out()
    {
        await using RawServer server = new((_, answer) => answer.ClientGoneAsync());
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { Timeout = TimeSpan.FromMilliseconds(50), Retries = 1 });

        OrchestratorException error = await Remote.FailsAsync("RequestTimedOut", TextAsync(exchange));

        Assert.Contains("0.1 seconds", error.Message, StringComparison.Ordinal);
        Assert.Equal(2, server.Requests.Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_that_stalls_times_out_and_its_connection_is_closed(bool withLength)
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = new(async (_, answer) =>
        {
            await (withLength ? answer.HeadAsync(200, "text/plain", "Content-Length: 1000") : answer.HeadAsync(200, "text/plain"));
            await answer.BytesAsync("begun"u8.ToArray());
            await answer.ClientGoneAsync();
            gone.TrySetResult();
        });
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { Timeout = TimeSpan.FromMilliseconds(50), Retries = 0 });

        await Remote.FailsAsync("RequestTimedOut", TextAsync(exchange));

        await gone.Task.WaitAsync(Remote.Patience);
    }

    [Fact]
    public async Task The_time_out_is_for_silence_and_not_for_the_whole()
    {
        const int Pieces = 40;
        await using RawServer server = new(async (_, answer) =>
        {
            await answer.HeadAsync(200, "text/plain");
            for (int i = 0; i < Pieces; i++)
            {
                await answer.BytesAsync([(byte)'a']);
                await Task.Delay(50);
            }
        });
        // Two seconds in all, each piece after a fiftieth of a second.
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { Timeout = TimeSpan.FromSeconds(1.5), Retries = 0 });

        Assert.Equal(new string('a', Pieces), await TextAsync(exchange));
    }

    [Theory]
    [InlineData("headers")]
    [InlineData("body")]
    [InlineData("retry")]
    public async Task Cancellation_ends_every_wait(string stage)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = new(async (_, answer) =>
        {
            switch (stage)
            {
                case "retry":
                    await answer.SendAsync(503, null, "");
                    reached.TrySetResult();
                    gone.TrySetResult();
                    return;
                case "body":
                    await answer.SendPartAsync(200, "text/plain", "begun"u8.ToArray(), 1000);
                    break;
            }

            reached.TrySetResult();
            await answer.ClientGoneAsync();
            gone.TrySetResult();
        });
        using CancellationTokenSource cancel = new();
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { RetryDelay = TimeSpan.FromHours(1) });

        Task<string> reading = TextAsync(exchange, cancellationToken: cancel.Token);
        await reached.Task.WaitAsync(Remote.Patience);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.WaitAsync(Remote.Patience));
        await gone.Task.WaitAsync(Remote.Patience);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task Cancellation_ends_the_wait_for_a_place()
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = new((_, answer) =>
        {
            reached.TrySetResult();
            return answer.ClientGoneAsync();
        });
        using CancellationTokenSource first = new();
        using CancellationTokenSource second = new();
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { MaxRequests = 1 });
        Task<string> holding = TextAsync(exchange, cancellationToken: first.Token);
        await reached.Task.WaitAsync(Remote.Patience);

        Task<string> waiting = TextAsync(exchange, cancellationToken: second.Token);
        await second.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Remote.Patience));
        Assert.Single(server.Requests);
        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => holding.WaitAsync(Remote.Patience));
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_sends_nothing()
    {
        await using RawServer server = RawServer.Always(200, "text/plain", "x");
        using HttpExchange exchange = Exchange(server.Url);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TextAsync(exchange, cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task A_failure_gives_its_place_back()
    {
        await using RawServer server = new(async (request, answer) =>
        {
            switch (request.Number % 3)
            {
                case 0:
                    answer.Reset();
                    break;
                case 1:
                    await answer.SendPartAsync(200, "text/plain", [1], 2);
                    break;
                default:
                    await answer.SendAsync(403, null, "");
                    break;
            }
        });
        using HttpExchange exchange = Exchange(server.Url, Remote.Options with { MaxRequests = 1, Retries = 0 });

        for (int i = 0; i < 6; i++)
        {
            await Assert.ThrowsAsync<OrchestratorException>(() => TextAsync(exchange).WaitAsync(Remote.Patience));
        }

        Assert.Equal(6, server.Requests.Count);
    }

    [Fact]
    public async Task A_parser_that_fails_closes_its_connection()
    {
        TaskCompletionSource gone = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using RawServer server = new(async (_, answer) =>
        {
            try
            {
                await answer.HeadAsync(200, "text/plain");
                while (true)
                {
                    await answer.BytesAsync(new byte[64 * 1024]);
                }
            }
            catch (IOException)
            {
                gone.SetResult();
            }
        });
        using HttpExchange exchange = Exchange(server.Url);

        await Remote.FailsAsync("ResponseEmpty", exchange.GetAsync<int>(Url(exchange), "text/plain", a => throw Error.ResponseEmpty(a.Url), CancellationToken.None));

        await gone.Task.WaitAsync(Remote.Patience);
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_closed_port_and_an_unknown_host_say_so()
    {
        using TcpListener closed = new(IPAddress.Loopback, 0);
        closed.Start();
        int port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        using HttpExchange refused = Exchange(new Uri($"http://127.0.0.1:{port}"));
        using HttpExchange unknown = Exchange(new Uri("http://orchestrator.invalid"));

        OrchestratorException error = await Remote.FailsAsync("ConnectionRefused", TextAsync(refused));
        Assert.Contains(port.ToString(CultureInfo.InvariantCulture), error.Message, StringComparison.Ordinal);
        Assert.Equal(4, refused.Requests);
        await Remote.FailsAsync("HostNotFound", TextAsync(unknown));
        Assert.Equal(1, unknown.Requests);
    }

    [Fact]
    public async Task A_server_that_speaks_no_tls_says_so_under_https()
    {
        using TcpListener plain = new(IPAddress.Loopback, 0);
        plain.Start();
        using HttpExchange exchange = Exchange(new Uri($"https://127.0.0.1:{((IPEndPoint)plain.LocalEndpoint).Port}"), Remote.Options with { Retries = 0 });

        Task<string> reading = TextAsync(exchange);
        using (Socket socket = await plain.AcceptSocketAsync())
        {
            await socket.SendAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
            await Remote.FailsAsync("TlsFailed", reading);
        }
    }

    [Theory]
    [InlineData("<error xmlns=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><code></code><message xml:lang=\"ru-RU\">No Publish permission</message></error>", "application/xml", "No Publish permission")]
    [InlineData("{\"error\":{\"code\":\"\",\"message\":\"Line \\\"one\\\" \\u00e4\"}}", "application/json", "Line \"one\" ä")]
    [InlineData("{\"type\":\"x\",\"title\":\"Bad things\",\"status\":400}", "application/problem+json", "Bad things")]
    [InlineData("Plain words", "text/plain", "Plain words")]
    public async Task The_servers_own_words_are_passed_on(string body, string type, string words)
    {
        await using RawServer server = RawServer.Always(400, type, body);
        using HttpExchange exchange = Exchange(server.Url);

        OrchestratorException error = await Remote.FailsAsync("RequestRejected", TextAsync(exchange));

        Assert.EndsWith("The server says: " + words, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<html><body>IIS says no</body></html>", "text/html")]
    [InlineData("", null)]
    [InlineData("<error><message>cut", "application/xml")]
    [InlineData("{\"unknown\":1}", "application/json")]
    public async Task An_error_without_words_has_none(string body, string? type)
    {
        await using RawServer server = RawServer.Always(400, type, body);
        using HttpExchange exchange = Exchange(server.Url);

        OrchestratorException error = await Remote.FailsAsync("RequestRejected", TextAsync(exchange));

        Assert.DoesNotContain("The server says", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_error_body_without_an_end_is_bounded()
    {
        await using RawServer server = new(async (_, answer) =>
        {
            await answer.HeadAsync(403, "text/plain");
            while (true)
            {
                await answer.BytesAsync(Encoding.ASCII.GetBytes(new string('x', 64 * 1024)));
            }
        });
        using HttpExchange exchange = Exchange(server.Url);

        OrchestratorException error = await Remote.FailsAsync("AccessDenied", TextAsync(exchange));

        Assert.InRange(error.Message.Length, 1000, 2000);
    }

    [Fact]
    public async Task The_request_names_what_it_wants_and_who_asks()
    {
        await using RawServer server = RawServer.Always(200, "text/plain", "x");
        using HttpExchange exchange = Exchange(server.Url);

        await exchange.GetAsync(Url(exchange), "application/atom+xml,application/xml", _ => 0, CancellationToken.None);

        RawRequest request = Assert.Single(server.Requests);
        Assert.Equal("application/atom+xml,application/xml", request.Headers["Accept"].Replace(" ", "", StringComparison.Ordinal));
        Assert.StartsWith("OrchestratorConnector/", request.Headers["User-Agent"], StringComparison.Ordinal);
        Assert.Null(request.Authorization);
    }

    internal static HttpExchange Exchange(Uri url, ExchangeOptions? options = null, IReporter? reporter = null, ICredentialSource? credentials = null) =>
        new(url, credentials ?? Remote.CurrentUser, options ?? Remote.Options, reporter ?? SilentReporter.Instance);

    internal static Task<string> TextAsync(HttpExchange exchange, bool mark = false, CancellationToken cancellationToken = default) => exchange.GetAsync(
        Url(exchange),
        "text/plain",
        answer =>
        {
            using MemoryStream text = new();
            byte[] buffer = new byte[4096];
            for (int read; (read = answer.Body.Read(buffer, 0, buffer.Length)) > 0;)
            {
                text.Write(buffer, 0, read);
                if (mark)
                {
                    answer.Body.Mark();
                }
            }

            return Encoding.UTF8.GetString(text.ToArray());
        },
        cancellationToken).WaitAsync(Remote.Patience, CancellationToken.None);

    private static Uri Url(HttpExchange exchange) => new(exchange.Root, "/x");

    private static Task<string> DataAsync(HttpExchange exchange) => exchange.GetAsync(
        Url(exchange),
        "text/plain",
        answer =>
        {
            answer.EnsureData();
            return "data";
        },
        CancellationToken.None);

    private static byte[] Pack(string encoding, string text)
    {
        using MemoryStream packed = new();
        using (Stream packer = encoding switch
        {
            "gzip" => new GZipStream(packed, CompressionLevel.Optimal),
            "zlib" => new ZLibStream(packed, CompressionLevel.Optimal),
            _ => new DeflateStream(packed, CompressionLevel.Optimal),
        })
        {
            packer.Write(Encoding.UTF8.GetBytes(text));
        }

        return packed.ToArray();
    }
}
