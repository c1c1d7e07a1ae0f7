using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>A server with a client that follows no redirect and unpacks nothing, for one test.</summary>
internal sealed class StandIn : IAsyncDisposable
{
    internal static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    internal static readonly XNamespace Data = "http://schemas.microsoft.com/ado/2007/08/dataservices";
    internal static readonly XNamespace Meta = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";

    private StandIn(FakeServer server)
    {
        Server = server;
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            SslOptions = { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate?.GetCertHashString() == server.Certificate?.GetCertHashString() },
        });
    }

    internal FakeServer Server { get; }

    internal HttpClient Client { get; }

    internal static async Task<StandIn> StartAsync(SourceModel model, Action<FakeServerOptions>? configure = null)
    {
        var options = new FakeServerOptions { Model = model };
        configure?.Invoke(options);
        return new StandIn(await FakeServer.StartAsync(options));
    }

    internal static string Fixture(string name)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "tests", "Fixtures", name)))
        {
            folder = folder.Parent;
        }

        return File.ReadAllText(Path.Combine(folder?.FullName ?? throw new FileNotFoundException(name), "tests", "Fixtures", name)).ReplaceLineEndings("\n");
    }

    /// <summary>An address of the Atom service, or an absolute one as it is.</summary>
    internal Uri AtomAddress(string relative)
    {
        return new Uri(new Uri(Server.AtomUrl + "/"), relative);
    }

    internal Uri ApiAddress(string relative)
    {
        return new Uri(new Uri(Server.WebApiUrl + "/"), relative);
    }

    internal async Task<HttpResponseMessage> SendAsync(Uri address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        foreach ((string name, string value) in headers)
        {
            Assert.True(request.Headers.TryAddWithoutValidation(name, value));
        }

        return await Client.SendAsync(request);
    }

    internal async Task<string> AtomTextAsync(string relative)
    {
        return await Client.GetStringAsync(AtomAddress(relative));
    }

    internal async Task<XElement> AtomAsync(string relative)
    {
        return XDocument.Parse(await AtomTextAsync(relative), LoadOptions.PreserveWhitespace).Root!;
    }

    internal async Task<JsonElement> ApiAsync(string relative)
    {
        using JsonDocument document = JsonDocument.Parse(await Client.GetStringAsync(ApiAddress(relative)));
        return document.RootElement.Clone();
    }

    /// <summary>Status and message of a refusal by the Atom service.</summary>
    internal async Task<(int Status, string Message)> RefusalAsync(string relative)
    {
        using HttpResponseMessage response = await SendAsync(AtomAddress(relative));
        XElement error = XElement.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal(Meta + "error", error.Name);
        Assert.Equal("", error.Element(Meta + "code")!.Value);
        return ((int)response.StatusCode, error.Element(Meta + "message")!.Value);
    }

    internal static IReadOnlyList<XElement> Entries(XElement feed)
    {
        return [.. feed.Elements(Atom + "entry")];
    }

    internal static string? NextLink(XElement feed)
    {
        return feed.Elements(Atom + "link").SingleOrDefault(link => (string?)link.Attribute("rel") == "next")?.Attribute("href")?.Value;
    }

    internal static XElement? Property(XElement entry, string name)
    {
        return entry.Element(Atom + "content")!.Element(Meta + "properties")!.Element(Data + name);
    }

    internal static Guid IdOf(XElement entry)
    {
        return Guid.Parse(Property(entry, "Id")!.Value);
    }

    internal static IReadOnlyList<string> Names(XElement feed)
    {
        return [.. Entries(feed).Select(entry => Property(entry, "Name")!.Value)];
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
    }
}
