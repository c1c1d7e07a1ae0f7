using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;
using static OrchestratorConnector.Core.Tests.StandIns.StandIn;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>Feeds and entries against the shape of a real feed.</summary>
public sealed class AtomFeedTests
{
    private const string FixtureId = "00b67604-574a-468d-ae08-26913e757e0c";
    private const string FixtureFolder = "d81c0f1d-ed47-4ab6-9420-1bdbd2cb6d9d";
    private const string FixtureRoot = "http://localhost:81/Orchestrator2012/Orchestrator.svc/";

    [Fact]
    public async Task A_feed_and_its_entry_are_those_of_the_fixture_to_the_letter()
    {
        var model = new SourceModel();
        SourceRunbook runbook = FixtureRunbook(model);
        await using StandIn server = await StartAsync(model);

        string text = (await server.AtomTextAsync("Runbooks")).ReplaceLineEndings("\n")
            .Replace(runbook.Id.ToString(), FixtureId, StringComparison.Ordinal)
            .Replace(runbook.FolderId.ToString(), FixtureFolder, StringComparison.Ordinal)
            .Replace(server.Server.AtomUrl + "/", FixtureRoot, StringComparison.Ordinal);

        Assert.Equal(WithoutTimeOfAnswer(FirstEntryOfFixture()), WithoutTimeOfAnswer(text));
    }

    [Fact]
    public async Task An_entry_stands_as_document_with_namespaces_and_base()
    {
        var model = new SourceModel();
        SourceRunbook runbook = FixtureRunbook(model);
        await using StandIn server = await StartAsync(model);

        using HttpResponseMessage response = await server.SendAsync(server.AtomAddress($"Runbooks(guid'{{{runbook.Id}}}')"));
        Assert.Equal("application/atom+xml;type=entry;charset=utf-8", response.Content.Headers.NonValidated["Content-Type"].ToString());
        XElement entry = XElement.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(Atom + "entry", entry.Name);
        Assert.Equal(server.Server.AtomUrl + "/", entry.Attribute(XNamespace.Xml + "base")!.Value);
        Assert.Equal("W/\"datetime'2020-11-17T09%3A02%3A50'\"", entry.Attribute(Meta + "etag")!.Value);
        Assert.Equal("W/\"datetime'2020-11-17T09%3A02%3A50'\"", response.Headers.GetValues("ETag").Single());
    }

    [Fact]
    public async Task Entries_come_in_the_order_of_SQL_Servers_uniqueidentifier()
    {
        Guid[] fixture = [.. Entries(XElement.Parse(Fixture("runbooks-feed-2020.xml"))).Select(IdOf)];
        Assert.Equal(fixture, fixture.Order(KeyOrder.Comparer));
        Assert.NotEqual(fixture, fixture.OrderBy(id => id.ToString(), StringComparer.Ordinal));

        await using StandIn server = await StartAsync(SourceModel.Generate(40));
        Guid[] served = [.. Entries(await server.AtomAsync("Runbooks")).Select(IdOf)];
        Assert.Equal(served.Order(KeyOrder.Comparer), served);
        Assert.Equal(server.Server.Model.Runbooks.Select(runbook => runbook.Id).ToHashSet(), served.ToHashSet());
    }

    [Fact]
    public async Task Times_have_at_most_three_digits_and_the_stamps_are_cut_and_not_converted()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(50), options => options.ServerTimeOffset = TimeSpan.FromMinutes(-210));
        foreach (XElement entry in Entries(await server.AtomAsync("Runbooks")))
        {
            string created = Property(entry, "CreationTime")!.Value;
            Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{0,2}[1-9])?$", created);
            Assert.Equal(created.Split('.')[0] + "-03:30", entry.Element(Atom + "published")!.Value);
        }
    }

    [Fact]
    public async Task Expanded_parameters_stand_inline_in_their_link()
    {
        await using StandIn server = await StartAsync(SourceModel.Generate(5));
        XElement entry = Entries(await server.AtomAsync("Runbooks?$expand=Parameters"))[0];
        XElement link = entry.Elements(Atom + "link").Single(link => (string?)link.Attribute("title") == "Parameters");
        XElement feed = link.Element(Meta + "inline")!.Element(Atom + "feed")!;

        Assert.Equal(["title", "id", "updated", "link", "entry", "entry", "entry", "entry"], feed.Elements().Select(element => element.Name.LocalName));
        Assert.Equal($"Runbooks(guid'{IdOf(entry)}')/Parameters", feed.Element(Atom + "link")!.Attribute("href")!.Value);
        Assert.All(Entries(feed), parameter => Assert.Equal(IdOf(entry), Guid.Parse(Property(parameter, "RunbookId")!.Value)));
        Assert.Equal(["Id", "RunbookId", "Name", "Type", "Description", "Direction"], Entries(feed)[0].Descendants(Meta + "properties").Elements().Select(element => element.Name.LocalName));
        Assert.Equal(server.Server.Model.FindRunbook(IdOf(entry))!.Parameters.Select(parameter => parameter.Name).Order(), Names(feed).Order());
    }

    [Fact]
    public async Task Folders_expand_to_runbooks_and_runbooks_to_their_folder()
    {
        var model = new SourceModel();
        _ = model.AddRunbook("\\A", "one");
        _ = model.AddRunbook("\\", "at the top");
        await using StandIn server = await StartAsync(model);

        XElement folder = Entries(await server.AtomAsync("Folders?$expand=Runbooks&$filter=Name eq 'A'")).Single();
        Assert.Equal(["one"], Names(Inline(folder, "Runbooks").Element(Atom + "feed")!));

        XElement root = Entries(await server.AtomAsync($"Folders?$expand=Parent&$filter=Id eq guid'{Guid.Empty}'")).Single();
        Assert.Equal("", Property(root, "Name")!.Value);
        Assert.Equal("\\", Property(root, "Path")!.Value);
        Assert.Equal("true", Property(root, "ParentId")!.Attribute(Meta + "null")!.Value);
        Assert.False(Inline(root, "Parent").HasElements);

        XElement runbook = Entries(await server.AtomAsync("Runbooks?$expand=Folder&$filter=Name eq 'one'")).Single();
        Assert.Equal("A", Property(Inline(runbook, "Folder").Element(Atom + "entry")!, "Name")!.Value);
    }

    [Fact]
    public async Task Navigation_leads_where_the_links_say()
    {
        var model = new SourceModel();
        SourceRunbook runbook = model.AddRunbook("\\A\\B", "one", ("p", "In"));
        await using StandIn server = await StartAsync(model);
        Guid top = model.FindFolder("\\A")!.Id;

        XElement parameters = await server.AtomAsync($"Runbooks(guid'{runbook.Id}')/Parameters");
        Assert.Equal("Parameters", parameters.Element(Atom + "title")!.Value);
        Assert.Equal(["p"], Names(parameters));
        Assert.Equal("B", Property(await server.AtomAsync($"Runbooks(guid'{runbook.Id}')/Folder"), "Name")!.Value);
        Assert.Equal(["B"], Names(await server.AtomAsync($"Folders(guid'{top}')/Subfolders")));
        Assert.Empty(Names(await server.AtomAsync($"Folders(guid'{top}')/Runbooks")));
        Assert.Equal(Guid.Empty, IdOf(await server.AtomAsync($"Folders(guid'{top}')/Parent")));
        Assert.Empty(Names(await server.AtomAsync($"Runbooks(guid'{runbook.Id}')/Jobs")));
        Assert.Equal("1", await server.AtomTextAsync($"Runbooks(guid'{runbook.Id}')/Parameters/$count"));
    }

    [Theory]
    [InlineData("tab\tquote\"amp&lt<gt>é監")]
    [InlineData("line\r\nfeed")]
    [InlineData("")]
    [InlineData(" padded ")]
    public async Task Any_text_comes_through(string description)
    {
        var model = new SourceModel();
        SourceRunbook runbook = model.AddRunbook("\\R&D", "A \"quoted\" <one> & só", ("größe & more", "In"));
        model.Edit(runbook.Id, edited => edited.Description = description);
        await using StandIn server = await StartAsync(model);

        XElement entry = Entries(await server.AtomAsync("Runbooks")).Single();
        Assert.Equal(description, Property(entry, "Description")!.Value);
        Assert.Equal("\\R&D\\A \"quoted\" <one> & só", Property(entry, "Path")!.Value);
        Assert.Equal("A \"quoted\" <one> & só", entry.Element(Atom + "title")!.Value);
    }

    [Fact]
    public async Task A_character_that_XML_forbids_is_sent_as_entity_as_WCF_sends_it()
    {
        var model = new SourceModel();
        _ = model.AddRunbook("\\", "bell\u0007");
        await using StandIn server = await StartAsync(model);
        Assert.Contains("<d:Name>bell&#x7;</d:Name>", await server.AtomTextAsync("Runbooks"), StringComparison.Ordinal);
    }

    private static XElement Inline(XElement entry, string navigation)
    {
        return entry.Elements(Atom + "link").Single(link => (string?)link.Attribute("title") == navigation).Element(Meta + "inline")!;
    }

    private static SourceRunbook FixtureRunbook(SourceModel model)
    {
        SourceRunbook runbook = model.AddRunbook("\\00-Test\\SyncUsers", "SyncUsers");
        model.Edit(runbook.Id, edited =>
        {
            edited.CreatedBy = "S-1-5-500";
            edited.CreationTime = DateTime.Parse("2020-11-09T15:08:50.907", CultureInfo.InvariantCulture);
            edited.LastModifiedBy = "S-1-5-21-1111111111-2222222222-3333333333-1103";
            edited.LastModifiedTime = DateTime.Parse("2020-11-17T09:02:50", CultureInfo.InvariantCulture);
        });
        return model.FindRunbook(runbook.Id)!;
    }

    private static string FirstEntryOfFixture()
    {
        string fixture = Fixture("runbooks-feed-2020.xml");
        string withoutComment = Regex.Replace(fixture, "<!--.*?-->\n", "");
        int end = withoutComment.IndexOf("  </entry>\n", StringComparison.Ordinal) + "  </entry>\n".Length;
        return withoutComment[..end] + "</feed>";
    }

    private static string WithoutTimeOfAnswer(string feed)
    {
        return Regex.Replace(feed, "<updated>[^<]*Z</updated>", "<updated/>");
    }
}
