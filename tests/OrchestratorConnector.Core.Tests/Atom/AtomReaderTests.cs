using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Atom;
using Xunit;

namespace OrchestratorConnector.Core.Tests.AtomFeeds;

/// <summary>Feeds as the facts show them, feeds as nobody has seen them, and feeds that are none.</summary>
public sealed class AtomReaderTests
{
    private const string Namespaces = "xmlns=\"http://www.w3.org/2005/Atom\" xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\" xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"";
    private const string Id = "00b67604-574a-468d-ae08-26913e757e0c";

    [Fact]
    public async Task A_feed_of_runbooks()
    {
        IReadOnlyList<Runbook> runbooks = await Canned.RunbooksAsync(ConnectorProtocol.Atom, Canned.Text("atom/runbooks.xml"));

        Assert.Equal(3, runbooks.Count);
        Assert.Equal(
            "00b67604-574a-468d-ae08-26913e757e0c | d81c0f1d-ed47-4ab6-9420-1bdbd2cb6d9d | SyncUsers | \\00-Test\\SyncUsers | Nightly & careful <run> | False | S-1-5-500 | 2020-11-09T15:08:50.9070000Z | S-1-5-21-1111111111-2222222222-3333333333-1103 | 2020-11-17T09:02:50.0000000Z | (null) | (null) | ",
            Remote.Line(runbooks[0]));
        Assert.Equal((true, "", "S-1-5-21-1111111111-2222222222-3333333333-1103"), (runbooks[1].IsMonitor, runbooks[1].Description, runbooks[1].CheckedOutBy));
        Assert.Equal(new DateTime(2020, 11, 23, 9, 36, 34, DateTimeKind.Utc), runbooks[1].CheckedOutTime);
        Assert.Equal(DateTimeKind.Utc, runbooks[1].CheckedOutTime!.Value.Kind);
        Assert.Equal((Guid.Empty, "Größe 漢字", @"\Größe 漢字", null), (runbooks[2].FolderId, runbooks[2].Name, runbooks[2].Path, runbooks[2].Description));
        Assert.All(runbooks, r => Assert.Null(r.Parameters));
    }

    [Fact]
    public async Task The_recorded_feed()
    {
        IReadOnlyList<Runbook> runbooks = await Canned.RunbooksAsync(ConnectorProtocol.Atom, Canned.Text("runbooks-feed-2020.xml"));

        Assert.Equal(["SyncUsers", "2", "Sync-PortalUsers"], runbooks.Take(3).Select(r => r.Name));
        Assert.All(runbooks, r => Assert.EndsWith("\\" + r.Name, r.Path, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_feed_with_expanded_parameters()
    {
        IReadOnlyList<Runbook> runbooks = await Canned.RunbooksAsync(ConnectorProtocol.Atom, Canned.Text("atom/runbooks-expanded.xml"));

        Assert.Equal(["Computer name", "Result →Out"], runbooks[0].Parameters!.Select(p => p.ToString()));
        Assert.Equal(("String", "What came of it", "5a1be3c4-8f0d-4d53-b0a4-3d5e8a0c2b02"), (runbooks[0].Parameters![1].Type, runbooks[0].Parameters![1].Description, runbooks[0].Parameters![1].Id.ToString()));
        // The second one's go on elsewhere, the third one has none.
        Assert.Null(runbooks[1].Parameters);
        Assert.Empty(runbooks[2].Parameters!);
    }

    [Fact]
    public void Count_and_next_link()
    {
        using AtomReader reader = Reader(Canned.Text("atom/runbooks-count-next.xml"));
        AtomEntry entry = new();

        Assert.True(reader.ReadEntry(entry));
        Assert.Equal(153, reader.Count);
        Assert.False(reader.ReadEntry(entry));
        Assert.Equal($"http://localhost:81/Orchestrator2012/Orchestrator.svc/Runbooks?$inlinecount=allpages&$skiptoken=guid'{Id}'", reader.Next);
        Assert.False(reader.ReadEntry(entry));
    }

    [Fact]
    public void A_single_entry_is_its_own_document()
    {
        using AtomReader reader = Reader(Canned.Text("atom/runbook-entry.xml"));
        AtomEntry entry = new();

        Assert.True(reader.ReadEntry(entry));
        Assert.Equal("SyncUsers", entry.Properties["Name"]);
        Assert.False(reader.ReadEntry(entry));
        Assert.Null(reader.Count);
        Assert.Null(reader.Next);
    }

    [Fact]
    public async Task Folders_parameters_and_servers()
    {
        List<Folder> folders = await Canned.EntitiesAsync<Folder>(ConnectorProtocol.Atom, Canned.Text("atom/folders.xml"), (c, s) => c.ReadFoldersAsync(s, CancellationToken.None));
        List<RunbookServer> servers = await Canned.EntitiesAsync<RunbookServer>(ConnectorProtocol.Atom, Canned.Text("atom/servers.xml"), (c, s) => c.ReadRunbookServersAsync(s, CancellationToken.None));

        Assert.Equal((Guid.Empty, null, "", @"\"), (folders[0].Id, folders[0].ParentId, folders[0].Name, folders[0].Path));
        Assert.Equal((folders[1].Id, "Schedules", @"\00-Test\Schedules"), (folders[2].ParentId, folders[2].Name, folders[2].Path));
        Assert.Equal(["RBS01", "RBS02"], servers.Select(s => s.Name));
        using AtomReader reader = Reader(Canned.Text("atom/parameters.xml"));
        AtomEntry entry = new();
        List<OwnedParameter> parameters = [];
        while (reader.ReadEntry(entry))
        {
            parameters.Add(EntityFields.ToParameter(entry.Properties, Canned.Url));
        }

        Assert.Equal(["Computer name", "Result →Out", "User"], parameters.Select(p => p.Parameter.ToString()));
        Assert.Equal(Guid.Parse(Id), parameters[1].RunbookId);
        Assert.Equal((null, ""), (parameters[0].Parameter.Description, parameters[2].Parameter.Description));
    }

    [Fact]
    public async Task The_service_document()
    {
        ServiceInfo info = await Canned.ReadAsync(ConnectorProtocol.Atom, Canned.Text("atom/service.xml"), c => c.GetServiceInfoAsync(CancellationToken.None));

        Assert.Equal(13, info.Collections.Count);
        Assert.Equal(["Folders", "Runbooks", "RunbookParameters"], info.Collections.Take(3));
    }

    [Fact]
    public async Task A_service_document_of_something_else_is_not_orchestrator()
    {
        string other = Canned.Text("atom/service.xml").Replace("\"RunbookParameters\"", "\"Products\"", StringComparison.Ordinal);

        OrchestratorException error = await Remote.FailsAsync("NotOrchestrator", Canned.ReadAsync(ConnectorProtocol.Atom, other, c => c.GetServiceInfoAsync(CancellationToken.None)));

        Assert.Contains("RunbookParameters", error.Message, StringComparison.Ordinal);
        await Remote.FailsAsync("NotOrchestrator", Canned.ReadAsync(ConnectorProtocol.Atom, "<rss/>", c => c.GetServiceInfoAsync(CancellationToken.None)));
    }

    [Theory]
    [InlineData("cut", "ResponseTruncated")]
    [InlineData("dtd", "ResponseHasDtd")]
    public async Task A_service_document_is_read_as_carefully_as_a_feed(string what, string id)
    {
        string text = Canned.Text("atom/service.xml");
        text = what == "cut" ? text[..^20] : text.Replace("<service", "<!DOCTYPE service><service", StringComparison.Ordinal);

        await Remote.FailsAsync(id, Canned.ReadAsync(ConnectorProtocol.Atom, text, c => c.GetServiceInfoAsync(CancellationToken.None)));
    }

    [Fact]
    public void Prefixes_mean_nothing()
    {
        string text = Canned.Text("atom/runbooks-expanded.xml");
        foreach ((string old, string other) in new[] { ("d", "zz"), ("m", "d") })
        {
            foreach (string start in new[] { "<", "</", " ", "xmlns:" })
            {
                text = text.Replace($"{start}{old}{(start == "xmlns:" ? "=" : ":")}", $"{start}{other}{(start == "xmlns:" ? "=" : ":")}", StringComparison.Ordinal);
            }
        }

        // 'd' is now the metadata's prefix, and 'zz' the data's.
        Assert.Equal(Everything(Canned.Text("atom/runbooks-expanded.xml")), Everything(text));
        string prefixed = Canned.Text("atom/servers.xml")
            .Replace("xmlns=\"http://www.w3.org/2005/Atom\"", "xmlns:a=\"http://www.w3.org/2005/Atom\"", StringComparison.Ordinal);
        foreach (string element in new[] { "feed", "title", "id", "updated", "link", "entry", "author", "name", "category", "content" })
        {
            prefixed = prefixed.Replace($"<{element}", $"<a:{element}", StringComparison.Ordinal).Replace($"</{element}>", $"</a:{element}>", StringComparison.Ordinal);
        }

        Assert.Equal(Everything(Canned.Text("atom/servers.xml")), Everything(prefixed));
    }

    [Fact]
    public void Names_of_other_namespaces_are_not_ours()
    {
        Assert.Empty(Everything($"<feed {Namespaces} xmlns:x=\"urn:x\"><x:entry><content><m:properties><d:Id>{Id}</d:Id></m:properties></content></x:entry></feed>"));
        Assert.Equal("", Assert.Single(Everything($"<feed {Namespaces} xmlns:x=\"urn:x\"><entry><content><x:properties><d:Id>{Id}</d:Id></x:properties></content></entry></feed>")));
        Assert.Equal("Id=" + Id, Assert.Single(Everything($"<feed {Namespaces} xmlns:x=\"urn:x\"><entry><content><m:properties><x:Id>1</x:Id><d:Id>{Id}</d:Id></m:properties></content></entry></feed>")));
    }

    [Fact]
    public void Order_means_nothing()
    {
        string text = $"""
            <feed {Namespaces}>
              <link href="http://localhost:81/next" rel="next" />
              <entry>
                <content><m:properties><d:Path>\A</d:Path><d:Name>A</d:Name><d:Id>{Id}</d:Id></m:properties></content>
                <title>ignored</title>
              </entry>
              <m:count>1</m:count>
            </feed>
            """;
        using AtomReader reader = Reader(text);
        AtomEntry entry = new();

        Assert.True(reader.ReadEntry(entry));
        Assert.Equal(("A", @"\A", Id), (entry.Properties["Name"], entry.Properties["Path"], entry.Properties["Id"]));
        Assert.False(reader.ReadEntry(entry));
        Assert.Equal((1, "http://localhost:81/next"), (reader.Count, reader.Next));
    }

    [Fact]
    public void Unknown_things_comments_and_mixed_text_are_passed_over()
    {
        string text = $"""
            <?xml version="1.0"?><!-- before --><?pi x?>
            <feed {Namespaces} xmlns:x="urn:x">text <!-- c --> <x:new><entry><deep/></entry></x:new> more
              <entry x:a="1">words<x:other>1</x:other><content type="application/xml"> blah
                <m:properties> in <!-- between -->
                  <d:Id><!-- a -->{Id[..8]}<!-- b -->{Id[8..]}</d:Id> and
                  <d:Name><![CDATA[A & <B>]]> &amp; C</d:Name>
                  <d:New m:type="Edm.Int64">7</d:New>
                  <m:other>1</m:other>
                </m:properties><m:more/></content>
                <m:properties />
              </entry>tail
            </feed>
            <!-- after -->
            """;

        Assert.Equal($"Id={Id};Name=A & <B> & C;New=7", Assert.Single(Everything(text)));
    }

    [Theory]
    [InlineData("<d:Description m:null=\"true\" />", null)]
    [InlineData("<d:Description m:null=\"true\"></d:Description>", null)]
    [InlineData("<d:Description m:type=\"Edm.String\" m:null=\"true\" />", null)]
    [InlineData("<d:Description m:null=\"1\" />", null)]
    [InlineData("<d:Description m:null=\"false\">x</d:Description>", "x")]
    [InlineData("<d:Description null=\"true\">x</d:Description>", "x")]
    [InlineData("<d:Description />", "")]
    [InlineData("<d:Description></d:Description>", "")]
    [InlineData("<d:Description xml:space=\"preserve\">  </d:Description>", "  ")]
    [InlineData("<d:Description>  a b </d:Description>", "  a b ")]
    [InlineData("<d:Description>one&#xD;\ntwo</d:Description>", "one\r\ntwo")]
    [InlineData("", null)]
    public async Task Null_is_not_empty(string element, string? value)
    {
        Runbook runbook = Assert.Single(await Canned.RunbooksAsync(ConnectorProtocol.Atom, Entry(element)));

        Assert.Equal(value, runbook.Description);
    }

    [Theory]
    [InlineData("{00B67604-574A-468D-AE08-26913E757E0C}")]
    [InlineData(" 00b67604-574a-468d-ae08-26913e757e0c ")]
    [InlineData("00b67604574a468dae0826913e757e0c")]
    public async Task Guids_are_read_in_every_form(string id)
    {
        Assert.Equal(Guid.Parse(Id), Assert.Single(await Canned.RunbooksAsync(ConnectorProtocol.Atom, Entry("", id))).Id);
    }

    [Fact]
    public async Task An_entry_about_a_file_has_its_properties_beside_the_content()
    {
        string text = $"<feed {Namespaces}><entry><content type=\"image/png\" src=\"x/$value\" /><m:properties><d:Id>{Id}</d:Id><d:Name>A</d:Name><d:Path>\\A</d:Path></m:properties></entry></feed>";

        Assert.Equal("A", Assert.Single(await Canned.RunbooksAsync(ConnectorProtocol.Atom, text)).Name);
    }

    [Theory]
    [InlineData("<d:Id>00b67604-574a-468d-ae08-26913e757e0c</d:Id><d:Name>A</d:Name>", "Path", Id)]
    [InlineData("<d:Id>00b67604-574a-468d-ae08-26913e757e0c</d:Id><d:Path>\\A</d:Path>", "Name", Id)]
    [InlineData("<d:Name>Alpha</d:Name><d:Path>\\A</d:Path>", "Id", "Alpha")]
    [InlineData("<d:Id m:null=\"true\" /><d:Name>Alpha</d:Name><d:Path>\\A</d:Path>", "Id", "Alpha")]
    [InlineData("<d:Id>no-guid</d:Id><d:Name>Alpha</d:Name><d:Path>\\A</d:Path>", "no-guid", "Alpha")]
    [InlineData("<d:Id>00b67604-574a-468d-ae08-26913e757e0c</d:Id><d:Name>Alpha</d:Name><d:Path>\\A</d:Path><d:CreationTime>yesterday</d:CreationTime>", "yesterday", "Alpha")]
    [InlineData("<d:Id>00b67604-574a-468d-ae08-26913e757e0c</d:Id><d:Name>Alpha</d:Name><d:Path>\\A</d:Path><d:IsMonitor>maybe</d:IsMonitor>", "maybe", "Alpha")]
    [InlineData("<d:Id>00b67604-574a-468d-ae08-26913e757e0c</d:Id><d:Name>Alpha</d:Name><d:Path>\\A</d:Path><d:FolderId>x</d:FolderId>", "FolderId", "Alpha")]
    public async Task What_is_needed_and_not_there_names_the_entry(string properties, string property, string entry)
    {
        string text = $"<feed {Namespaces}><entry><content><m:properties>{properties}</m:properties></content></entry></feed>";

        OrchestratorException error = await Remote.FailsAsync("EntryIncomplete", Canned.RunbooksAsync(ConnectorProtocol.Atom, text));

        Assert.Contains(property, error.Message, StringComparison.Ordinal);
        Assert.Contains(entry, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_without_anything_is_an_error()
    {
        await Remote.FailsAsync("EntryIncomplete", Canned.RunbooksAsync(ConnectorProtocol.Atom, $"<feed {Namespaces}><entry /></feed>"));
    }

    [Theory]
    [InlineData("<!DOCTYPE feed>")]
    [InlineData("<!DOCTYPE feed [<!ENTITY a \"b\">]>")]
    [InlineData("<!DOCTYPE feed SYSTEM \"http://orchestrator.invalid/x.dtd\">")]
    public void A_dtd_is_refused(string dtd)
    {
        string text = Canned.Text("atom/servers.xml");

        Assert.Equal("ResponseHasDtd", Fails(text.Insert(text.IndexOf("<feed", StringComparison.Ordinal), dtd)).Id);
    }

    [Theory]
    [InlineData("<error xmlns=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\"><code/><message>x</message></error>")]
    [InlineData("<feed><entry/></feed>")]
    [InlineData("<rss/>")]
    public void Another_document_is_not_orchestrator(string text) => Assert.Equal("NotOrchestrator", Fails(text).Id);

    [Theory]
    [InlineData("<feed/>")]
    [InlineData("garbage")]
    [InlineData("\0")]
    [InlineData("&amp;")]
    public void What_stands_behind_the_document_is_an_error(string tail)
    {
        Assert.Contains(Fails(Canned.Text("atom/servers.xml") + tail).Id, Unreadable);
        Assert.Contains(Fails(Canned.Text("atom/runbook-entry.xml") + tail).Id, Unreadable);
        Assert.Contains(Fails($"<feed {Namespaces} />" + tail).Id, Unreadable);
    }

    [Theory]
    [InlineData("many")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    [InlineData("<x/>")]
    public void A_count_that_is_none_is_an_error(string count) =>
        Assert.Contains(Fails($"<feed {Namespaces}><m:count>{count}</m:count></feed>").Id, Unreadable);

    [Fact]
    public void A_property_that_holds_elements_is_none_of_ours_and_passed_over()
    {
        (string Text, string? Value)[] cases =
        [
            ("<d:A>x</d:A>", "x"),
            ("<d:A></d:A>", ""),
            ("<d:A/>", ""),
            ("<d:A>x<![CDATA[<y>]]>z<!-- no -->&amp;</d:A>", "x<y>z&"),
            ("<d:A><d:A>x</d:A></d:A>", null),
            ("<d:A>x<b/>y</d:A>", null),
            ("<d:A><d:B>1</d:B><d:C/></d:A>", null),
        ];
        foreach ((string text, string? value) in cases)
        {
            byte[] body = Encoding.UTF8.GetBytes($"<feed {Namespaces}><entry><content><m:properties>{text}<d:Name>n</d:Name></m:properties></content></entry><entry/></feed>");
            AtomEntry entry = new();
            using AtomReader reader = new(new MemoryStream(body), Canned.Url);

            Assert.True(reader.ReadEntry(entry), text);

            Assert.Equal((value, "n"), (entry.Properties["A"], entry.Properties["Name"]));
            Assert.True(reader.ReadEntry(entry));
            Assert.False(reader.ReadEntry(entry));
        }
    }

    [Theory]
    [InlineData("atom/servers.xml")]
    [InlineData("atom/runbook-entry.xml")]
    [InlineData("atom/runbooks-count-next.xml")]
    public void A_document_that_is_cut_off_anywhere_is_never_a_success(string name)
    {
        byte[] whole = Canned.Fixture(name);
        int end = Array.LastIndexOf(whole, (byte)'>') + 1;
        for (int length = 1; length < end; length++)
        {
            OrchestratorException error = Assert.Throws<OrchestratorException>(() => Canned.Read(whole[..length], ReadAll));
            Assert.True(error.Id is "ResponseTruncated" or "ResponseMalformed", $"{length} bytes: {error.Id}");
        }
    }

    [Fact]
    public void A_cut_is_called_one()
    {
        byte[] whole = Canned.Fixture("atom/runbooks.xml");
        foreach (int length in new[] { whole.Length / 4, whole.Length / 2, whole.Length - 10 })
        {
            Assert.Equal("ResponseTruncated", Assert.Throws<OrchestratorException>(() => Canned.Read(whole[..length], ReadAll)).Id);
        }
    }

    [Fact]
    public void Flipped_bytes_never_hang_and_fail_in_no_other_way()
    {
        byte[] whole = Canned.Fixture("atom/runbooks-expanded.xml");
        Random random = new(20201109);
        for (int i = 0; i < 4000; i++)
        {
            byte[] flipped = [.. whole];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
            }

            Exception? error = Record.Exception(() => Map(flipped));
            Assert.True(error is null or OrchestratorException, error?.ToString());
        }
    }

    [Fact]
    public void A_body_in_another_encoding_is_read_by_its_mark()
    {
        string text = Canned.Text("atom/runbooks.xml");

        Assert.Equal(Everything(text), Everything(text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true)));
        Assert.Equal(Everything(text), Everything(text.Replace("utf-8", "utf-16", StringComparison.Ordinal), Encoding.Unicode));
    }

    private static IReadOnlyList<string> Unreadable { get; } = ["ResponseMalformed", "ResponseTruncated"];

    private static string Entry(string property, string id = Id) =>
        $"<?xml version=\"1.0\"?><feed {Namespaces}><entry><content type=\"application/xml\"><m:properties><d:Id m:type=\"Edm.Guid\">{id}</d:Id><d:Name>A</d:Name>{property}<d:Path>\\A</d:Path></m:properties></content></entry></feed>";

    private static AtomReader Reader(string text) => new(new MemoryStream(Encoding.UTF8.GetBytes(text)), Canned.Url);

    private static OrchestratorException Fails(string text) =>
        Assert.Throws<OrchestratorException>(() => Canned.Read(Encoding.UTF8.GetBytes(text), ReadAll));

    private static int ReadAll(OrchestratorConnector.Orchestrator.Http.HttpAnswer answer)
    {
        using AtomReader reader = new(answer);
        AtomEntry entry = new();
        int entries = 0;
        while (reader.ReadEntry(entry, (_, _) => { }))
        {
            entries++;
        }

        return entries;
    }

    /// <summary>Reads and maps, as the client does.</summary>
    private static void Map(byte[] body) => Canned.Read(body, answer =>
    {
        using AtomReader reader = new(answer);
        AtomEntry entry = new();
        while (reader.ReadEntry(entry, (_, nested) => EntityFields.ToParameter(nested.Properties, Canned.Url)))
        {
            EntityFields.ToRunbook(entry.Properties, Canned.Url, null);
        }

        return 0;
    });

    /// <summary>All entries, and those inside them, with the properties that the tests use.</summary>
    private static IReadOnlyList<string> Everything(string text, Encoding? encoding = null)
    {
        encoding ??= new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        using AtomReader reader = new(new MemoryStream([.. encoding.GetPreamble(), .. encoding.GetBytes(text)]), Canned.Url);
        AtomEntry entry = new();
        List<string> all = [];
        List<string> inside = [];
        while (reader.ReadEntry(entry, (navigation, nested) => inside.Add($"{navigation}({Properties(nested)})")))
        {
            all.Add(string.Join(';', new[] { Properties(entry) }.Concat(inside).Where(p => p.Length > 0)));
            inside.Clear();
        }

        return all;

        static string Properties(AtomEntry entry) => string.Join(';', new[] { "Id", "Name", "Path", "Description", "New", "RunbookId", "Direction" }
            .Where(p => entry.Properties[p] is not null).Select(p => $"{p}={entry.Properties[p]}"));
    }
}
