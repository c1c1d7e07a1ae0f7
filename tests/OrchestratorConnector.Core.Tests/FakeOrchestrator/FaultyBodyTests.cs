using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>Faults of what the answers say.</summary>
public sealed class FaultyBodyTests
{
    [Theory]
    [InlineData("CutClean")]
    [InlineData("Malformed")]
    public async Task A_wrong_body_comes_under_a_whole_200(string kind)
    {
        await using StandIn server = await StartAsync();
        string whole = await server.AtomTextAsync("Runbooks");
        _ = server.Server.Faults.Add(kind == "CutClean" ? Fault.CutClean() : Fault.Malformed());
        string broken = await server.AtomTextAsync("Runbooks");
        Assert.Equal(kind == "CutClean", broken.Length < whole.Length);
        _ = Assert.Throws<XmlException>(() => XElement.Parse(broken));
        _ = await Assert.ThrowsAnyAsync<JsonException>(() => server.ApiAsync("Runbooks"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_endless_body_goes_on_with_new_entities(bool api)
    {
        await using StandIn server = await StartAsync();
        _ = server.Server.Faults.Add(Fault.EndlessBody());
        using HttpResponseMessage response = await server.Client.GetAsync(api ? server.ApiAddress("Runbooks") : server.AtomAddress("Runbooks?$expand=Parameters"), HttpCompletionOption.ResponseHeadersRead);
        await using Stream body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(body);
        char[] start = new char[2_000_000];
        Assert.Equal(start.Length, await reader.ReadBlockAsync(start));
        string mark = api ? "{\"Id\":\"" : "    <id>http://";
        string[] ids = [.. new string(start).Split(mark).Skip(1).SkipLast(1).Select(piece => api ? piece[..36] : piece[..piece.IndexOf('<', StringComparison.Ordinal)]).Where(id => api || id.Contains("/Runbooks(", StringComparison.Ordinal)).Where(id => !id.EndsWith("/Parameters", StringComparison.Ordinal))];
        Assert.True(ids.Length > 100);
        Assert.Equal(ids.Length, ids.Distinct().Count());
    }

    [Fact]
    public async Task An_endless_body_has_an_end_for_safety()
    {
        await using StandIn server = await StartAsync();
        _ = server.Server.Faults.Add(Fault.EndlessBody(limit: 100_000));
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.AtomTextAsync("Runbooks"));
    }

    [Fact]
    public async Task Next_links_are_made_wrong_in_every_format()
    {
        await using StandIn server = await StartAsync();
        _ = server.Server.Faults.Add(Fault.ForeignNextLink(new Uri("https://elsewhere.example/next?a=1&b=2")));
        Assert.Equal("https://elsewhere.example/next?a=1&b=2", StandIn.NextLink(await server.AtomAsync("Runbooks")));
        Assert.Equal("https://elsewhere.example/next?a=1&b=2", StandIn.NextLink(await server.AtomAsync("Runbooks?$skip=60")));
        Assert.Equal("https://elsewhere.example/next?a=1&b=2", (await server.ApiAsync("Runbooks")).GetProperty("@odata.nextLink").GetString());
        using HttpResponseMessage verbose = await server.SendAsync(server.AtomAddress("Runbooks"), ("Accept", "application/json"));
        using JsonDocument document = JsonDocument.Parse(await verbose.Content.ReadAsStringAsync());
        Assert.Equal("https://elsewhere.example/next?a=1&b=2", document.RootElement.GetProperty("d").GetProperty("__next").GetString());

        server.Server.Faults.Clear();
        _ = server.Server.Faults.Add(Fault.NoNextLink());
        Assert.Null(StandIn.NextLink(await server.AtomAsync("Runbooks")));
        Assert.Equal(50, StandIn.Entries(await server.AtomAsync("Runbooks")).Count);
    }

    [Fact]
    public async Task Next_links_repeat_or_never_end()
    {
        await using StandIn server = await StartAsync();
        Fault fault = server.Server.Faults.Add(Fault.RepeatingNextLink());
        string first = StandIn.NextLink(await server.AtomAsync("Runbooks?$skip=60"))!;
        Assert.Equal(first, StandIn.NextLink(await server.AtomAsync(first)));

        server.Server.Faults.Remove(fault);
        _ = server.Server.Faults.Add(Fault.EndlessNextLinks());
        var seen = new HashSet<string>();
        string next = "Runbooks";
        for (int i = 0; i < 5; i++)
        {
            next = StandIn.NextLink(await server.AtomAsync(next))!;
            Assert.True(seen.Add(next));
        }
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("deflate")]
    public async Task Compression_is_done_when_it_is_accepted(string encoding)
    {
        await using StandIn server = await StartAsync();
        string plain = await server.AtomTextAsync("Runbooks");
        _ = server.Server.Faults.Add(encoding == "gzip" ? Fault.Gzip() : Fault.Deflate());
        Assert.Equal(plain, await server.AtomTextAsync("Runbooks"));
        Assert.Equal(plain, await UnpackedAsync(server, encoding));

        server.Server.Faults.Clear();
        await using StandIn always = await StandIn.StartAsync(server.Server.Model, options => options.Compress = true);
        Assert.Contains("<feed", await UnpackedAsync(always, encoding), StringComparison.Ordinal);
        Assert.Contains("<feed", await always.AtomTextAsync("Runbooks"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_false_encoding_cannot_be_unpacked()
    {
        await using StandIn server = await StartAsync();
        _ = server.Server.Faults.Add(Fault.FalseGzip());
        _ = await Assert.ThrowsAsync<InvalidDataException>(() => UnpackedAsync(server, "gzip"));
    }

    [Fact]
    public async Task A_huge_text_is_huge()
    {
        await using StandIn server = await StartAsync();
        _ = server.Server.Faults.Add(Fault.HugeString(3));
        Assert.True(StandIn.Names(await server.AtomAsync("Runbooks"))[0].Length > 3 << 20);
        Assert.True((await server.ApiAsync("Runbooks")).GetProperty("value")[0].GetProperty("Name").GetString()!.Length > 3 << 20);
    }

    [Fact]
    public async Task A_DTD_carries_a_bomb_or_leads_elsewhere()
    {
        await using StandIn server = await StartAsync();
        Fault bomb = server.Server.Faults.Add(Fault.EntityBomb());
        var careful = new XmlReaderSettings { DtdProcessing = DtdProcessing.Parse, MaxCharactersFromEntities = 10_000, XmlResolver = null };
        XmlException tooMuch = Assert.Throws<XmlException>(() => Read(careful));
        Assert.Contains("MaxCharactersFromEntities", tooMuch.Message, StringComparison.Ordinal);

        server.Server.Faults.Remove(bomb);
        _ = server.Server.Faults.Add(Fault.ExternalEntity(new Uri("http://elsewhere.example/secret")));
        string text = await server.AtomTextAsync("Runbooks");
        Assert.Contains("<!DOCTYPE feed [<!ENTITY e SYSTEM \"http://elsewhere.example/secret\">]>", text, StringComparison.Ordinal);
        Assert.Contains("&e;</title>", text, StringComparison.Ordinal);

        void Read(XmlReaderSettings settings)
        {
            using var reader = XmlReader.Create(new StringReader(server.AtomTextAsync("Runbooks").Result), settings);
            while (reader.Read())
            {
            }
        }
    }

    private static Task<StandIn> StartAsync(Action<FakeServerOptions>? configure = null)
    {
        return StandIn.StartAsync(SourceModel.Generate(70), configure);
    }

    private static async Task<string> UnpackedAsync(StandIn server, string encoding)
    {
        using HttpResponseMessage response = await server.SendAsync(server.AtomAddress("Runbooks"), ("Accept-Encoding", $"{encoding}, br;q=0.5"));
        Assert.Equal(encoding, response.Content.Headers.ContentEncoding.Single());
        await using Stream body = await response.Content.ReadAsStreamAsync();
        await using Stream unpacked = encoding == "gzip" ? new GZipStream(body, CompressionMode.Decompress) : new DeflateStream(body, CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);
        return await reader.ReadToEndAsync();
    }
}
