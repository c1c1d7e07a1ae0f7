using System;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;
using static OrchestratorConnector.Core.Tests.StandIns.StandIn;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>Query options, documents and errors of the Atom service.</summary>
public sealed class AtomQueryTests
{
    private static readonly SourceModel Model = Three();

    [Theory]
    [InlineData("Name eq 'ALPHA'", "Alpha")]
    [InlineData("Name ne 'alpha'", "Beta O'Neil,Gamma")]
    [InlineData("Name eq 'Beta O''Neil'", "Beta O'Neil")]
    [InlineData("Path eq '\\One\\Alpha'", "Alpha")]
    [InlineData("IsMonitor eq true and startswith(Path,'\\One\\')", "Beta O'Neil")]
    [InlineData("(Name eq 'Alpha' or Name eq 'Gamma') and not (Name eq 'Gamma')", "Alpha")]
    [InlineData("not startswith(Name,'A')", "Beta O'Neil,Gamma")]
    [InlineData("startswith(Name,'A') eq true", "Alpha")]
    [InlineData("substringof('MM',Name)", "Gamma")]
    [InlineData("endswith(Name,'a')", "Alpha,Gamma")]
    [InlineData("tolower(Name) eq 'gamma'", "Gamma")]
    [InlineData("length(Name) gt 5", "Beta O'Neil")]
    [InlineData("CreationTime gt datetime'2020-06-01'", "Beta O'Neil,Gamma")]
    [InlineData("CreationTime ge datetime'2021-01-01T00:00:00' and CreationTime lt datetime'2022-01-01'", "Beta O'Neil")]
    [InlineData("CreationTime le datetime'2020-01-01T00:00:00Z'", "Alpha")]
    [InlineData("Description eq null", "Beta O'Neil,Gamma")]
    [InlineData("Description ne null", "Alpha")]
    [InlineData("Description ne 'x'", "Alpha")]
    [InlineData("not (Description eq 'x')", "Alpha")]
    public async Task A_filter_selects(string filter, string expected)
    {
        await using StandIn server = await StartAsync(Model);
        Assert.Equal(expected.Split(','), Names(await server.AtomAsync("Runbooks()?$filter=" + Uri.EscapeDataString(filter))).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_filter_by_guid_may_have_braces_and_counts_what_it_selects()
    {
        await using StandIn server = await StartAsync(Model);
        Guid id = Model.Runbooks[0].Id;
        Assert.Equal(["Alpha"], Names(await server.AtomAsync($"Runbooks?$filter=Id eq guid'{id:B}'")));
        Assert.Equal(["in"], Names(await server.AtomAsync($"RunbookParameters?$filter=RunbookId eq guid'{id}' and Direction eq 'In'")));
        Assert.Equal("2", await server.AtomTextAsync($"RunbookParameters/$count?$filter=RunbookId eq guid'{id}'"));
        Assert.Equal("2", await server.AtomTextAsync($"Runbooks(guid'{id}')/Parameters/$count"));
    }

    [Theory]
    [InlineData("Nothing", 404, "Resource not found for the segment 'Nothing'.")]
    [InlineData("runbooks", 404, "Resource not found for the segment 'runbooks'.")]
    [InlineData("Runbooks(guid'00000000-0000-0000-0000-000000000001')", 404, "Resource not found for the segment 'Runbooks'.")]
    [InlineData("Runbooks(5)", 400, "Bad Request - Error in query syntax.")]
    [InlineData("Runbooks?$filter=Nix eq 1", 400, "No property 'Nix' exists in type 'Microsoft.SystemCenter.Orchestrator.WebService.Runbook' at position 0.")]
    [InlineData("Runbooks?$filter=Id eq 'x'", 400, "Operator 'eq' incompatible with operand types 'System.Guid' and 'System.String' at position 3.")]
    [InlineData("Runbooks?$filter=Name eq", 400, "Syntax error at position 7.")]
    [InlineData("Runbooks?$filter=contains(Name,'x')", 400, "Unknown function 'contains' at position 0.")]
    [InlineData("Runbooks?$top=x", 400, "Incorrect format for $top argument 'x'.")]
    [InlineData("Runbooks?$format=json", 400, "The query parameter '$format' begins with a system-reserved '$' character but is not recognized.")]
    [InlineData("Runbooks?$expand=Nix", 400, "Could not find a property named 'Nix' on type 'Microsoft.SystemCenter.Orchestrator.WebService.Runbook'.")]
    [InlineData("Runbooks?$expand=Parameters/Runbook", 400, "The request includes an $expand path that is too deep. The maximum depth supported is 1.")]
    [InlineData("Runbooks?$select=Nix", 400, "Could not find a property named 'Nix' on type 'Microsoft.SystemCenter.Orchestrator.WebService.Runbook'.")]
    public async Task A_wrong_request_is_refused_in_WCFs_words(string address, int status, string message)
    {
        await using StandIn server = await StartAsync(Model);
        Assert.Equal((status, message), await server.RefusalAsync(address));
    }

    [Fact]
    public async Task What_a_quirk_takes_away_is_refused()
    {
        await using StandIn server = await StartAsync(Model, options => options.Quirks = new Quirks
        {
            SupportsExpandParameters = false,
            SupportsInlineCount = false,
            SupportsSkip = false,
            SupportsSelect = false,
            SupportsFilterFunctions = false,
        });
        string[] refused = ["$expand=Parameters", "$inlinecount=allpages", "$skip=1", "$select=Id", "$filter=startswith(Name,'A')"];
        foreach (string option in refused)
        {
            Assert.Equal(400, (await server.RefusalAsync("Runbooks?" + option)).Status);
        }

        Assert.Equal(3, Entries(await server.AtomAsync("Folders?$expand=Runbooks")).Count);
    }

    [Fact]
    public async Task Select_leaves_what_was_asked_for()
    {
        await using StandIn server = await StartAsync(Model);
        XElement entry = Entries(await server.AtomAsync("Runbooks?$select=Id,Name"))[0];
        Assert.Equal(["Id", "Name"], entry.Descendants(Meta + "properties").Elements().Select(element => element.Name.LocalName));
        Assert.Equal(["edit"], entry.Elements(Atom + "link").Select(link => (string?)link.Attribute("rel")));
        Assert.Null(entry.Element(Atom + "published"));

        XElement expanded = Entries(await server.AtomAsync("Runbooks?$select=Id,Parameters/Name&$expand=Parameters&$filter=Name eq 'Alpha'"))[0];
        Assert.Equal(["Name", "Name"], expanded.Descendants(Atom + "feed").Descendants(Meta + "properties").Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public async Task The_service_document_lists_the_thirteen_sets_and_each_answers()
    {
        await using StandIn server = await StartAsync(Model);
        XNamespace app = "http://www.w3.org/2007/app";
        XElement service = await server.AtomAsync("");
        string[] sets = [.. service.Descendants(app + "collection").Select(collection => collection.Attribute("href")!.Value)];
        Assert.Equal(
            "Folders,Runbooks,RunbookParameters,Activities,Jobs,RunbookInstances,RunbookInstanceParameters,ActivityInstances,ActivityInstanceData,RunbookServers,RunbookDiagrams,Statistics,Events",
            string.Join(',', sets));
        Assert.Equal("Default", service.Descendants(Atom + "title").First().Value);
        foreach (string set in sets)
        {
            Assert.Equal(set, (await server.AtomAsync(set)).Element(Atom + "title")!.Value);
        }

        Assert.Equal(["title", "id", "updated", "author", "link"], (await server.AtomAsync("Jobs")).Elements().Select(element => element.Name.LocalName));
    }

    [Fact]
    public async Task The_metadata_hold_together()
    {
        await using StandIn server = await StartAsync(Model);
        XElement metadata = await server.AtomAsync("$metadata");
        XNamespace edm = "http://schemas.microsoft.com/ado/2008/09/edm";
        string[] associations = [.. metadata.Descendants(edm + "Association").Select(association => association.Attribute("Name")!.Value)];
        Assert.Equal("EntityContainer", metadata.Descendants(edm + "Schema").Single().Elements().First().Name.LocalName);
        Assert.Equal(13, metadata.Descendants(edm + "EntityType").Count());
        Assert.All(
            metadata.Descendants(edm + "NavigationProperty"),
            navigation => Assert.Contains(navigation.Attribute("Relationship")!.Value.Split('.')[^1], associations));
        Assert.Equal(
            "true",
            metadata.Descendants(edm + "Property").First(property => (string?)property.Attribute(Meta + "FC_TargetPath") == "SyndicationPublished").Attribute(Meta + "FC_KeepInContext")!.Value);
    }

    [Fact]
    public async Task The_path_before_the_sets_is_matched_without_regard_to_case_and_a_slash_does_no_harm()
    {
        await using StandIn server = await StartAsync(Model);
        using HttpResponseMessage response = await server.SendAsync(new Uri(server.Server.BaseUrl, "/ORCHESTRATOR2012/orchestrator.SVC/Runbooks/"));
        Assert.Equal(200, (int)response.StatusCode);
        using HttpResponseMessage elsewhere = await server.SendAsync(new Uri(server.Server.BaseUrl, "/elsewhere"));
        Assert.Equal(404, (int)elsewhere.StatusCode);
        Assert.Equal("text/html", elsewhere.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task A_query_that_is_too_long_for_IIS_is_not_found()
    {
        await using StandIn server = await StartAsync(Model);
        string filter = "Runbooks?$filter=Name eq '" + new string('x', 2000) + "'";
        using HttpResponseMessage longest = await server.SendAsync(server.AtomAddress(filter));
        Assert.Equal(200, (int)longest.StatusCode);
        using HttpResponseMessage tooLong = await server.SendAsync(server.AtomAddress(filter + "&" + new string('y', 48)));
        Assert.Equal((404, "text/html"), ((int)tooLong.StatusCode, tooLong.Content.Headers.ContentType!.MediaType));
        server.Server.Quirks.MaxQueryLength = null;
        using HttpResponseMessage free = await server.SendAsync(server.AtomAddress(filter + "&" + new string('y', 48)));
        Assert.Equal(200, (int)free.StatusCode);
    }

    [Theory]
    [InlineData("application/json", "application/json")]
    [InlineData("application/json;odata.metadata=none", "application/json")]
    [InlineData("application/atom+xml,application/xml", "application/atom+xml")]
    [InlineData("*/*", "application/atom+xml")]
    public async Task Accept_chooses_the_format(string accept, string expected)
    {
        await using StandIn server = await StartAsync(Model);
        using HttpResponseMessage response = await server.SendAsync(server.AtomAddress("Runbooks"), ("Accept", accept));
        Assert.Equal(expected, response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Verbose_JSON_has_results_count_next_and_metadata()
    {
        await using StandIn server = await StartAsync(Model, options => options.PageSize = 2);
        using HttpResponseMessage response = await server.SendAsync(server.AtomAddress("Runbooks?$inlinecount=allpages&$expand=Parameters"), ("Accept", "application/json"));
        string text = await response.Content.ReadAsStringAsync();
        using JsonDocument document = JsonDocument.Parse(text);
        JsonElement d = document.RootElement.GetProperty("d");
        JsonElement first = d.GetProperty("results")[0];

        Assert.Equal("3", d.GetProperty("__count").GetString());
        Assert.Contains("$skiptoken=guid'", d.GetProperty("__next").GetString(), StringComparison.Ordinal);
        Assert.Equal("Microsoft.SystemCenter.Orchestrator.WebService.Runbook", first.GetProperty("__metadata").GetProperty("type").GetString());
        Assert.EndsWith("/Folder", first.GetProperty("Folder").GetProperty("__deferred").GetProperty("uri").GetString(), StringComparison.Ordinal);
        Assert.Equal(JsonValueKind.Array, first.GetProperty("Parameters").GetProperty("results").ValueKind);
        Assert.Matches("\"CreationTime\":\"\\\\/Date\\(\\d+\\)\\\\/\"", text);
    }

    [Fact]
    public async Task An_error_follows_Accept_and_the_servers_language()
    {
        await using StandIn server = await StartAsync(Model, options => options.Quirks.ErrorLanguage = "ru-RU");
        using HttpResponseMessage json = await server.SendAsync(server.AtomAddress("Nix"), ("Accept", "application/json"));
        Assert.Equal("{\"error\":{\"code\":\"\",\"message\":{\"lang\":\"ru-RU\",\"value\":\"Resource not found for the segment \\u0027Nix\\u0027.\"}}}", await json.Content.ReadAsStringAsync());
        using HttpResponseMessage xml = await server.SendAsync(server.AtomAddress("Nix"));
        Assert.Contains("<code></code>", await xml.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage other = await server.SendAsync(server.AtomAddress("Runbooks"), ("Accept", "text/html"));
        Assert.Equal(415, (int)other.StatusCode);
    }

    [Fact]
    public async Task Other_methods_are_not_allowed_and_are_recorded_with_their_body()
    {
        await using StandIn server = await StartAsync(Model);
        using var content = new StringContent("<entry/>");
        using HttpResponseMessage response = await server.Client.PostAsync(server.AtomAddress("Runbooks"), content);
        Assert.Equal(405, (int)response.StatusCode);
        Assert.Equal(["GET"], response.Content.Headers.Allow);
        Assert.Equal("<entry/>", server.Server.Requests.Single().Body);
    }

    private static SourceModel Three()
    {
        var model = new SourceModel();
        string[] names = ["Alpha", "Beta O'Neil", "Gamma"];
        for (int i = 0; i < names.Length; i++)
        {
            SourceRunbook runbook = model.AddRunbook(i < 2 ? "\\One" : "\\Two", names[i], ("in", "In"), ("out", "Out"));
            model.Edit(runbook.Id, edited =>
            {
                edited.IsMonitor = i == 1;
                edited.Description = i == 0 ? "first" : null;
                edited.CreationTime = new DateTime(2020 + i, 1, 1, 0, 0, 0, DateTimeKind.Utc);
                edited.LastModifiedTime = DateTime.Parse("2023-01-01", CultureInfo.InvariantCulture);
            });
        }

        return model;
    }
}
