using System;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.Reporting;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Orchestrator;

/// <summary>Every form of a URL leads to the generation that answers, or to a hint where it does.</summary>
public sealed class ConnectTests
{
    [Theory]
    [InlineData("/Orchestrator2012/Orchestrator.svc", "/Orchestrator2012/Orchestrator.svc", ConnectorProtocol.Atom)]
    [InlineData("/Orchestrator2012/Orchestrator.svc", "/Orchestrator2012/Orchestrator.svc/", ConnectorProtocol.Atom)]
    [InlineData("/Orchestrator2012/Orchestrator.svc", "/ORCHESTRATOR2012/orchestrator.svc", ConnectorProtocol.Atom)]
    [InlineData("/Orchestrator/Orchestrator.svc", "/Orchestrator/Orchestrator.svc", ConnectorProtocol.Atom)]
    [InlineData("/Orchestrator2012/Orchestrator.svc", "", ConnectorProtocol.WebApi)]
    [InlineData("/Orchestrator2012/Orchestrator.svc", "/", ConnectorProtocol.WebApi)]
    [InlineData("/Orchestrator2012/Orchestrator.svc", "/api", ConnectorProtocol.WebApi)]
    [InlineData("/Orchestrator2012/Orchestrator.svc", "/api/", ConnectorProtocol.WebApi)]
    [InlineData("/Orchestrator2012/Orchestrator.svc", "/API", ConnectorProtocol.WebApi)]
    [InlineData("/published/by/proxy", "/published/by/proxy", ConnectorProtocol.Atom)]
    public async Task Every_form_of_a_url(string atomPath, string path, ConnectorProtocol protocol)
    {
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Model = SourceModel.Generate(3), AtomPath = atomPath });
        Uri url = ServiceAddress.Parse(server.BaseUrl.GetLeftPart(UriPartial.Authority) + path);

        (IOrchestratorClient client, ServiceInfo info) = await ConnectAsync(url, ConnectorProtocol.Auto);
        using (client)
        {
            RunbookList read = new();
            await client.ReadRunbooksAsync(FolderPath.Root, read, CancellationToken.None).WaitAsync(Remote.Patience);

            Assert.Equal((protocol, protocol), (client.Protocol, info.Protocol));
            Assert.Equal(3, read.Items.Count);
            Assert.Equal(client.ServiceUrl, info.ServiceUrl);
            Assert.Equal(protocol == ConnectorProtocol.WebApi ? "10.19.350.0" : null, info.Version);
        }
    }

    [Theory]
    [InlineData(Generations.Atom, ConnectorProtocol.Atom)]
    [InlineData(Generations.WebApi, ConnectorProtocol.WebApi)]
    [InlineData(Generations.Both, ConnectorProtocol.Atom)]
    [InlineData(Generations.Both, ConnectorProtocol.WebApi)]
    public async Task A_known_generation_takes_one_request(Generations generations, ConnectorProtocol protocol)
    {
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Generations = generations });

        (IOrchestratorClient client, _) = await ConnectAsync(Remote.UrlOf(server, protocol), protocol);

        client.Dispose();
        Assert.Equal(1, server.RequestCount);
    }

    [Theory]
    [InlineData(Generations.Atom, "/Orchestrator2012/Orchestrator.svc", "/Orchestrator.svc", "/Orchestrator2012/Orchestrator.svc")]
    [InlineData(Generations.Atom, "/Orchestrator/Orchestrator.svc", "/Orchestrator2012/Orchestrator.svc", "/Orchestrator/Orchestrator.svc")]
    [InlineData(Generations.Atom, "/Orchestrator2012/Orchestrator.svc", "/api", "/Orchestrator2012/Orchestrator.svc")]
    [InlineData(Generations.Atom, "/Orchestrator2012/Orchestrator.svc", "", "/Orchestrator2012/Orchestrator.svc")]
    [InlineData(Generations.WebApi, "/x", "/Orchestrator2012/Orchestrator.svc", "/api")]
    [InlineData(Generations.WebApi, "/x", "/wrong", "/api")]
    public async Task A_wrong_path_on_the_right_server_is_told_the_right_one(Generations generations, string atomPath, string path, string right)
    {
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Generations = generations, AtomPath = atomPath });
        Uri url = ServiceAddress.Parse(server.BaseUrl.GetLeftPart(UriPartial.Authority) + path);

        OrchestratorException error = await Remote.FailsAsync("ServicePathWrong", ConnectAsync(url, ConnectorProtocol.Auto));

        Assert.Contains(new Uri(server.BaseUrl, right).AbsoluteUri, error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_protocol_that_is_told_wrong_is_told_where_the_service_is()
    {
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Generations = Generations.WebApi });

        OrchestratorException error = await Remote.FailsAsync("ServicePathWrong", ConnectAsync(new Uri(server.BaseUrl, "/Orchestrator2012/Orchestrator.svc"), ConnectorProtocol.Atom));

        Assert.Contains("/api", error.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(404, "text/plain", "nothing here", "NotOrchestrator")]
    [InlineData(200, "text/html", "<html><title>Welcome to IIS</title></html>", "ResponseIsHtml")]
    [InlineData(200, "application/xml", "<rss/>", "")]
    [InlineData(200, "application/json", "{\"hello\":\"world\"}", "")]
    public async Task Something_else_is_not_orchestrator(int status, string type, string body, string id)
    {
        await using RawServer server = RawServer.Always(status, type, body);

        foreach (string path in new[] { "/Orchestrator2012/Orchestrator.svc", "/api", "/wrong" })
        {
            OrchestratorException error = await Assert.ThrowsAsync<OrchestratorException>(() => ConnectAsync(new Uri(server.Url, path), ConnectorProtocol.Auto));

            Assert.Contains(error.Id, id.Length > 0 ? [id, "NotOrchestrator"] : new[] { "NotOrchestrator", "ResponseMalformed", "ResponseTruncated" });
        }

        Assert.InRange(server.Requests.Count, 3, 24);
    }

    [Theory]
    [InlineData(401, "AuthenticationFailed")]
    [InlineData(403, "AccessDenied")]
    [InlineData(503, "ServerFailed")]
    public async Task A_refusal_is_not_a_wrong_path(int status, string id)
    {
        await using RawServer server = RawServer.Always(status, null, "");

        await Remote.FailsAsync(id, ConnectAsync(new Uri(server.Url, "/api"), ConnectorProtocol.Auto, Remote.Options with { Retries = 0 }));

        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task A_factory_finds_out_once_and_remembers()
    {
        await using FakeServer server = await FakeServer.StartAsync();
        Connector connector = new() { Name = "Main", ServiceUrl = server.WebApiUrl };
        ConnectorProtocol? known = null;
        ConnectionFactory factory = new(_ => Remote.CurrentUser, (_, protocol) => known = protocol, SilentReporter.Instance);

        using (IOrchestratorClient first = await factory.OpenAsync(connector, CancellationToken.None))
        {
            Assert.Equal(ConnectorProtocol.WebApi, first.Protocol);
        }

        Assert.Equal(ConnectorProtocol.WebApi, known);
        server.ClearRequests();
        using IOrchestratorClient second = await factory.OpenAsync(connector with { Protocol = ConnectorProtocol.WebApi }, CancellationToken.None);
        Assert.Equal(0, server.RequestCount);
    }

    internal static Task<(IOrchestratorClient Client, ServiceInfo Info)> ConnectAsync(Uri url, ConnectorProtocol protocol, ExchangeOptions? options = null) =>
        OrchestratorClientFactory.ConnectAsync(url, protocol, Remote.CurrentUser, options ?? Remote.Options, SilentReporter.Instance, CancellationToken.None).WaitAsync(Remote.Patience);
}
