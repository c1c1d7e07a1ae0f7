using System;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>The Web API.</summary>
public sealed class WebApiTests
{
    [Fact]
    public async Task A_runbook_has_the_properties_of_the_real_dump_in_their_order()
    {
        var model = new SourceModel();
        SourceRunbook runbook = model.AddRunbook("\\TestRunBooks", "TestRunbook", ("p", "In"));
        model.Edit(runbook.Id, edited =>
        {
            edited.CreatedBy = null;
            edited.CreationTime = new DateTime(2025, 6, 16, 13, 25, 31, 640, DateTimeKind.Utc);
            edited.LastModifiedTime = new DateTime(2025, 6, 16, 14, 50, 26, DateTimeKind.Utc);
        });
        await using StandIn server = await StandIn.StartAsync(model, options => options.ServerTimeOffset = TimeSpan.FromHours(2));

        JsonElement answer = await server.ApiAsync("Runbooks");
        Assert.Equal($"{server.Server.WebApiUrl}/$metadata#Runbooks", answer.GetProperty("@odata.context").GetString());
        JsonElement value = answer.GetProperty("value")[0];
        Assert.Equal(
            "Id,FolderId,Name,Description,CreationTime,CreatedBy,LastModifiedTime,LastModifiedBy,IsMonitor,Path,CheckedOutBy,CheckedOutTime,Authorizations",
            string.Join(',', value.EnumerateObject().Select(property => property.Name)));
        Assert.Equal("2025-06-16T15:25:31.64+02:00", value.GetProperty("CreationTime").GetString());
        Assert.Equal("2025-06-16T16:50:26+02:00", value.GetProperty("LastModifiedTime").GetString());
        Assert.Equal(JsonValueKind.Null, value.GetProperty("CreatedBy").ValueKind);
        Assert.Equal("\\TestRunBooks\\TestRunbook", value.GetProperty("Path").GetString());
        Assert.Equal(0, value.GetProperty("Authorizations").GetArrayLength());
    }

    [Fact]
    public async Task One_runbook_is_a_plain_object_and_routes_do_not_mind_case()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(5));
        SourceRunbook runbook = server.Server.Model.Runbooks[3];
        foreach (string address in new[] { $"Runbooks/{runbook.Id}", $"runbooks/{runbook.Id}", $"RUNBOOKS({runbook.Id})" })
        {
            JsonElement answer = await server.ApiAsync(address);
            Assert.Equal(runbook.Name, answer.GetProperty("Name").GetString());
            Assert.EndsWith("$metadata#Runbooks/$entity", answer.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await server.ApiAsync("runbookservers")).GetProperty("value").GetArrayLength());
        Assert.Equal(20, (await server.ApiAsync("RUNBOOKPARAMETERS")).GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task Nothing_is_paged_unless_a_page_size_is_set()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(130));
        JsonElement answer = await server.ApiAsync("Runbooks?$count=true");
        Assert.Equal(130, answer.GetProperty("value").GetArrayLength());
        Assert.Equal(130, answer.GetProperty("@odata.count").GetInt32());
        Assert.False(answer.TryGetProperty("@odata.nextLink", out _));
    }

    [Theory]
    [InlineData(WebApiNextLink.Skip, "$skip=50")]
    [InlineData(WebApiNextLink.SkipToken, "$skiptoken=Id-")]
    public async Task Next_links_lead_through_everything_once(WebApiNextLink form, string mark)
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(130), options =>
        {
            options.WebApiPageSize = 50;
            options.Quirks.WebApiNextLink = form;
        });
        JsonElement page = await server.ApiAsync("Runbooks?$filter=isMonitor eq false&$top=110");
        var ids = page.GetProperty("value").EnumerateArray().Select(Id).ToList();
        Assert.Contains(mark, page.GetProperty("@odata.nextLink").GetString(), StringComparison.Ordinal);
        while (page.TryGetProperty("@odata.nextLink", out JsonElement next))
        {
            page = await server.ApiAsync(next.GetString()!);
            ids.AddRange(page.GetProperty("value").EnumerateArray().Select(Id));
        }

        Assert.Equal(110, ids.Count);
        Assert.Equal(110, ids.Distinct().Count());
    }

    [Theory]
    [InlineData("name eq 'alpha'", 1)]
    [InlineData("ISMONITOR eq false and contains(Path,'two')", 1)]
    [InlineData("startswith(Name,'A') or Name eq 'Beta'", 2)]
    [InlineData("CreationTime gt 2000-01-01T00:00:00Z", 2)]
    [InlineData("CreationTime lt 2000-01-01", 0)]
    [InlineData("Name ne null and not endswith(Name,'a')", 0)]
    public async Task A_filter_selects(string filter, int expected)
    {
        var model = new SourceModel();
        _ = model.AddRunbook("\\One", "Alpha");
        _ = model.AddRunbook("\\Two", "Beta");
        await using StandIn server = await StandIn.StartAsync(model);
        Assert.Equal(expected, (await server.ApiAsync("Runbooks?$filter=" + filter)).GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task A_guid_in_a_filter_is_bare()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(30));
        Guid id = server.Server.Model.Runbooks[7].Id;
        Assert.Equal(4, (await server.ApiAsync($"RunbookParameters?$filter=RunbookID eq {id}")).GetProperty("value").GetArrayLength());
        Assert.Equal(1, (await server.ApiAsync($"Runbooks?$filter=Id eq {id}")).GetProperty("value").GetArrayLength());
        Assert.Equal(400, (await RefusalAsync(server, $"Runbooks?$filter=Id eq '{id}'")).Status);
        Assert.Equal(400, (await RefusalAsync(server, $"Runbooks?$filter=Id eq guid'{id}'")).Status);
    }

    [Fact]
    public async Task Select_top_skip_and_orderby_are_heard()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(30));
        JsonElement answer = await server.ApiAsync("Runbooks?$select=id,name&$top=2&$skip=3&$orderby=name");
        Assert.EndsWith("#Runbooks(Id,Name)", answer.GetProperty("@odata.context").GetString(), StringComparison.Ordinal);
        Assert.Equal(
            server.Server.Model.Runbooks.Select(runbook => runbook.Name).Order(StringComparer.OrdinalIgnoreCase).Skip(3).Take(2),
            answer.GetProperty("value").EnumerateArray().Select(value => value.GetProperty("Name").GetString()));
        Assert.All(answer.GetProperty("value").EnumerateArray(), value => Assert.Equal(2, value.EnumerateObject().Count()));
        Assert.Equal("30", await server.Client.GetStringAsync(server.ApiAddress("Runbooks/$count")));
    }

    [Fact]
    public async Task Expanding_parameters_is_refused_unless_the_navigation_has_a_name()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(3));
        Assert.Equal(400, (await RefusalAsync(server, "Runbooks?$expand=RunbookParameters")).Status);

        server.Server.Quirks.WebApiParametersNavigation = "RunbookParameters";
        JsonElement answer = await server.ApiAsync("Runbooks?$expand=runbookparameters");
        Assert.All(answer.GetProperty("value").EnumerateArray(), value => Assert.Equal(4, value.GetProperty("RunbookParameters").GetArrayLength()));
    }

    [Fact]
    public async Task The_root_folder_has_the_zero_guid_and_no_name()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(3));
        JsonElement root = (await server.ApiAsync($"Folders/{Guid.Empty}"));
        Assert.Equal("", root.GetProperty("Name").GetString());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("ParentId").ValueKind);
    }

    [Fact]
    public async Task Login_says_version_and_user()
    {
        await using StandIn server = await StandIn.StartAsync(new SourceModel(), options =>
        {
            options.Authentication = FakeAuthentication.Basic("jürgen", "pä:ss");
            options.Quirks.WebApiLoginUserProperty = "user";
        });
        using HttpResponseMessage response = await server.SendAsync(server.ApiAddress("login"), ("Authorization", AuthenticationTests.Basic("jürgen", "pä:ss")));
        using JsonDocument login = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        Assert.Equal("10.19.350.0", login.RootElement.GetProperty("version").GetString());
        Assert.Equal("jürgen", login.RootElement.GetProperty("user").GetString());
    }

    [Fact]
    public async Task Metadata_none_leaves_the_context_out()
    {
        await using StandIn server = await StandIn.StartAsync(SourceModel.Generate(1));
        using HttpResponseMessage response = await server.SendAsync(server.ApiAddress("Runbooks"), ("Accept", "application/json;odata.metadata=none"));
        Assert.StartsWith("{\"value\":[", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Contains("odata.metadata=none", response.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(WebApiErrorShape.OData, "{\"error\":{\"code\":\"\",\"message\":")]
    [InlineData(WebApiErrorShape.ProblemDetails, "{\"type\":")]
    [InlineData(WebApiErrorShape.PlainText, "The query specified")]
    [InlineData(WebApiErrorShape.Empty, "")]
    public async Task An_error_has_the_shape_that_is_chosen(WebApiErrorShape shape, string start)
    {
        await using StandIn server = await StandIn.StartAsync(new SourceModel(), options => options.Quirks.WebApiErrorShape = shape);
        (int status, string body) = await RefusalAsync(server, "Runbooks?$filter=Nix eq 1");
        Assert.Equal(400, status);
        Assert.StartsWith(start, body, StringComparison.Ordinal);
        Assert.Equal(shape == WebApiErrorShape.Empty, body.Length == 0);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        await using StandIn server = await StandIn.StartAsync(new SourceModel());
        Assert.Equal((404, ""), await RefusalAsync(server, "Nix"));
        Assert.Equal(404, (await RefusalAsync(server, $"Runbooks/{Guid.NewGuid()}")).Status);
        Assert.Equal(404, (await RefusalAsync(server, "Runbooks/Nix")).Status);
        Assert.Equal(0, (await server.ApiAsync("Jobs")).GetProperty("value").GetArrayLength());
    }

    [Fact]
    public async Task Documents_of_the_standard_are_there()
    {
        await using StandIn server = await StandIn.StartAsync(new SourceModel(), options => options.Quirks.WebApiPublicUrl = new Uri("http://localhost:81"));
        Assert.Equal("http://localhost:81/api/$metadata", (await server.ApiAsync("/api")).GetProperty("@odata.context").GetString());
        Assert.Equal("http://localhost:81/api/$metadata#Runbooks", (await server.ApiAsync("Runbooks")).GetProperty("@odata.context").GetString());
        XElement metadata = XElement.Parse(await server.Client.GetStringAsync(server.ApiAddress("$metadata")));
        Assert.Equal("4.0", metadata.Attribute("Version")!.Value);
    }

    [Theory]
    [InlineData(Generations.Atom, 200, 404)]
    [InlineData(Generations.WebApi, 404, 200)]
    [InlineData(Generations.Both, 200, 200)]
    public async Task A_server_may_be_of_one_generation(Generations generations, int atom, int api)
    {
        await using StandIn server = await StandIn.StartAsync(new SourceModel(), options => options.Generations = generations);
        using HttpResponseMessage old = await server.SendAsync(server.AtomAddress(""));
        using HttpResponseMessage young = await server.SendAsync(server.ApiAddress("Login"));
        Assert.Equal((atom, api), ((int)old.StatusCode, (int)young.StatusCode));
    }

    private static async Task<(int Status, string Body)> RefusalAsync(StandIn server, string relative)
    {
        using HttpResponseMessage response = await server.SendAsync(server.ApiAddress(relative));
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static Guid Id(JsonElement value)
    {
        return value.GetProperty("Id").GetGuid();
    }
}
