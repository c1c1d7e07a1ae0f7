using System;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Reporting;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Orchestrator;

/// <summary>Which step of the way fails, and what the person at the prompt is told.</summary>
public sealed class ConnectionTestTests
{
    private static readonly string[] Steps =
        ["Name resolution", "TCP", "TLS", "HTTP", "Authentication", "Protocol", "Service document", "Folder", "Web console"];

    [Theory]
    [InlineData(ConnectorProtocol.Atom, @"\")]
    [InlineData(ConnectorProtocol.WebApi, @"\")]
    [InlineData(ConnectorProtocol.Atom, @"\OPS\sub")]
    [InlineData(ConnectorProtocol.WebApi, @"\ops")]
    public async Task A_way_that_is_open(ConnectorProtocol protocol, string folder)
    {
        await using FakeServer server = await StartAsync();
        await using RawServer console = RawServer.Always(302, null, "", "Location: /login");

        ConnectionTestResult result = await TestAsync(Connector(server, protocol) with { Folder = folder, WebConsoleUrl = console.Url });

        Assert.True(result.Success, result.Message);
        Assert.Equal("The connection to the server was successful.", result.Message);
        Assert.Null(result.Failure);
        Assert.Equal((protocol, protocol == ConnectorProtocol.WebApi ? "10.19.350.0" : null), (result.Protocol, result.ServerVersion));
        Assert.Equal(["TLS"], result.Checks.Where(c => c.Outcome != CheckOutcome.Passed).Select(c => c.Name));
        Assert.All(result.Checks, c => Assert.NotEqual("", c.Detail));
        Assert.Contains("302", result.Checks[8].Detail, StringComparison.Ordinal);
        // The console gets no credential and is followed nowhere.
        Assert.Null(Assert.Single(console.Requests).Authorization);
    }

    [Theory]
    [InlineData("dns", "Name resolution", "HostNotFound")]
    [InlineData("port", "TCP", "ConnectionRefused")]
    [InlineData("tls", "TLS", "TlsFailed")]
    [InlineData("hang", "HTTP", "RequestTimedOut")]
    [InlineData("reset", "HTTP", "ConnectionFailed")]
    [InlineData("401", "Authentication", "AuthenticationFailed")]
    [InlineData("basic", "Authentication", "BasicOverHttpRefused")]
    [InlineData("403", "Authentication", "AccessDenied")]
    [InlineData("html", "Protocol", "ResponseIsHtml")]
    [InlineData("404", "Protocol", "NotOrchestrator")]
    [InlineData("path", "Protocol", "ServicePathWrong")]
    [InlineData("cut", "Service document", "ResponseTruncated")]
    [InlineData("folder", "Folder", "FolderNotFound")]
    [InlineData("folders-403", "Folder", "AccessDenied")]
    public async Task The_step_that_fails_is_named(string failure, string step, string id)
    {
        await using FakeServer server = await StartAsync();
        Connector connector = Connector(server, ConnectorProtocol.Atom);
        ICredentialSource credentials = Remote.CurrentUser;
        switch (failure)
        {
            case "dns":
                connector = connector with { ServiceUrl = new Uri("http://orchestrator.invalid:81/api") };
                break;
            case "port":
                connector = connector with { ServiceUrl = new Uri($"http://127.0.0.1:{ClosedPort()}/api") };
                break;
            case "hang":
                server.Faults.Add(Fault.Hang().BeforeAuthentication());
                connector = connector with { Timeout = TimeSpan.FromMilliseconds(100) };
                break;
            case "reset":
                server.Faults.Add(Fault.Reset().BeforeAuthentication());
                break;
            case "401":
                server.Authentication = FakeAuthentication.Refuse("Digest realm=\"x\"");
                break;
            case "basic":
                server.Authentication = FakeAuthentication.Basic("user", "password");
                credentials = new ChangingCredentials("user", "password");
                break;
            case "403":
                server.Faults.Add(Fault.Status(403));
                break;
            case "html":
                server.Faults.Add(Fault.HtmlPage());
                break;
            case "404":
                server.Faults.Add(Fault.Status(404));
                break;
            case "path":
                connector = connector with { ServiceUrl = new Uri(server.BaseUrl, "/wrong.svc") };
                break;
            case "cut":
                server.Faults.Add(Fault.CutClean());
                break;
            case "folder":
                connector = connector with { Folder = @"\Opps" };
                break;
            case "folders-403":
                server.Faults.Add(Fault.Status(403).On("/Folders"));
                break;
        }

        await using FakeServer? tls = failure == "tls" ? await FakeServer.StartAsync(new FakeServerOptions { Https = true }) : null;
        connector = tls is null ? connector : Connector(tls, ConnectorProtocol.Atom);

        ConnectionTestResult result = await TestAsync(connector, credentials);

        ConnectionCheck failed = Assert.Single(result.Checks, c => c.Outcome == CheckOutcome.Failed);
        Assert.Equal((step, id), (failed.Name, result.Failure?.Id));
        Assert.False(result.Success);
        Assert.Equal(result.Failure!.Message, result.Message);
        Assert.Equal(result.Failure.Hint, failed.Hint);
        Assert.DoesNotContain(failed.Hint ?? "no hint", failed.Detail, StringComparison.Ordinal);
        Assert.All(result.Checks.SkipWhile(c => c != failed).Skip(1), c => Assert.Equal(CheckOutcome.Skipped, c.Outcome));
        Assert.All(result.Checks.TakeWhile(c => c != failed), c => Assert.Contains(c.Outcome, new[] { CheckOutcome.Passed, CheckOutcome.Skipped }));
        if (failure == "folder")
        {
            Assert.Contains(@"'\Ops'", failed.Hint, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_console_that_does_not_answer_is_a_warning(bool hangs)
    {
        await using FakeServer server = await StartAsync();
        await using RawServer silent = new((_, answer) => answer.ClientGoneAsync());
        Uri console = hangs ? silent.Url : new Uri($"http://127.0.0.1:{ClosedPort()}");

        ConnectionTestResult result = await TestAsync(
            Connector(server, ConnectorProtocol.Atom) with { WebConsoleUrl = console, Timeout = hangs ? TimeSpan.FromSeconds(1) : Remote.Patience });

        Assert.True(result.Success, result.Message);
        ConnectionCheck check = result.Checks[8];
        Assert.Equal((CheckOutcome.Warning, true), (check.Outcome, check.Hint is { Length: > 0 }));
    }

    [Fact]
    public async Task Cancellation_ends_a_test_with_an_exception()
    {
        await using FakeServer server = await StartAsync();
        using CancellationTokenSource cancel = new();
        server.Faults.Add(Fault.Hang().When(_ =>
        {
            cancel.Cancel();
            return true;
        }));

        Task<ConnectionTestResult> test = new ConnectionTest(Connector(server, ConnectorProtocol.Atom), Remote.CurrentUser, Remote.Options, SilentReporter.Instance).RunAsync(cancel.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => test.WaitAsync(Remote.Patience));
        await Remote.QuietAsync(server);
    }

    [Fact]
    public async Task A_test_tries_once()
    {
        await using FakeServer server = await StartAsync();
        server.Faults.Add(Fault.Status(503).On(@"\.svc/$"));

        ConnectionTestResult result = await TestAsync(Connector(server, ConnectorProtocol.Atom));

        Assert.Equal("ServerFailed", result.Failure?.Id);
        Assert.InRange(server.RequestCount, 1, 2);
    }

    private static async Task<ConnectionTestResult> TestAsync(Connector connector, ICredentialSource? credentials = null)
    {
        ExchangeOptions options = Remote.Options with { Timeout = connector.Timeout };
        ConnectionTestResult result = await new ConnectionTest(connector, credentials ?? Remote.CurrentUser, options, SilentReporter.Instance)
            .RunAsync(CancellationToken.None).WaitAsync(Remote.Patience);
        Assert.Equal(Steps, result.Checks.Select(c => c.Name));
        return result;
    }

    private static Connector Connector(FakeServer server, ConnectorProtocol protocol) =>
        new() { Name = "Main", ServiceUrl = Remote.UrlOf(server, protocol), Timeout = Remote.Patience };

    private static async Task<FakeServer> StartAsync()
    {
        SourceModel model = new();
        model.AddRunbook(@"\Ops\Sub", "One");
        return await FakeServer.StartAsync(new FakeServerOptions { Model = model });
    }

    private static int ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
