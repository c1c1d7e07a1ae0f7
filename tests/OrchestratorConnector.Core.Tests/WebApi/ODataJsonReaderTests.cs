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
using OrchestratorConnector.Orchestrator.WebApi;
using Xunit;

namespace OrchestratorConnector.Core.Tests.WebApi;

/// <summary>Collections and objects as the facts show them, as nobody has seen them, and what is none.</summary>
public sealed class ODataJsonReaderTests
{
    private const string Id = "00b67604-574a-468d-ae08-26913e757e0c";

    private static IReadOnlyList<string> Unreadable { get; } = ["ResponseMalformed", "ResponseTruncated"];

    [Fact]
    public async Task A_collection_of_runbooks()
    {
        IReadOnlyList<Runbook> runbooks = await Canned.RunbooksAsync(ConnectorProtocol.WebApi, Canned.Text("webapi/runbooks.json"));

        Assert.Equal(
            "00b67604-574a-468d-ae08-26913e757e0c | d81c0f1d-ed47-4ab6-9420-1bdbd2cb6d9d | SyncUsers | \\00-Test\\SyncUsers | Nightly & careful <run> | False | (null) | 2025-06-16T13:25:31.6400000Z | S-1-5-21-1111111111-2222222222-3333333333-1103 | 2025-06-16T14:50:26.0000000Z | (null) | (null) | ",
            Remote.Line(runbooks[0]));
        Assert.Equal((true, "", new DateTime(2025, 6, 17, 8, 0, 0, DateTimeKind.Utc)), (runbooks[1].IsMonitor, runbooks[1].Description, runbooks[1].CheckedOutTime));
        Assert.Equal(new DateTime(2025, 6, 16, 13, 25, 31, DateTimeKind.Utc).AddTicks(6412345), runbooks[1].CreationTime);
        Assert.Equal(("Größe 漢字", Guid.Empty, new DateTime(2025, 6, 16, 20, 55, 31, DateTimeKind.Utc)), (runbooks[2].Name, runbooks[2].FolderId, runbooks[2].CreationTime));
        Assert.Equal(new DateTime(2025, 6, 16, 14, 50, 26, DateTimeKind.Utc).AddTicks(1234567), runbooks[2].LastModifiedTime);
    }

    [Fact]
    public async Task Folders_servers_parameters_and_login()
    {
        List<Folder> folders = await Canned.EntitiesAsync<Folder>(ConnectorProtocol.WebApi, Canned.Text("webapi/folders.json"), (c, s) => c.ReadFoldersAsync(s, CancellationToken.None));
        List<RunbookServer> servers = await Canned.EntitiesAsync<RunbookServer>(ConnectorProtocol.WebApi, Canned.Text("webapi/servers.json"), (c, s) => c.ReadRunbookServersAsync(s, CancellationToken.None));
        ServiceInfo info = await Canned.ReadAsync(ConnectorProtocol.WebApi, Canned.Text("webapi/login.json"), c => c.GetServiceInfoAsync(CancellationToken.None));

        Assert.Equal((Guid.Empty, null, "", null), (folders[0].Id, folders[0].ParentId, folders[0].Name, folders[0].Path));
        Assert.Equal(folders[1].Id, folders[2].ParentId);
        Assert.Equal(["RBS01", "RBS02"], servers.Select(s => s.Name));
        Assert.Equal(("10.19.350.0", @"CONTOSO\svc-orchestrator"), (info.Version, info.UserName));
        Assert.Equal(3, All(Canned.Text("webapi/parameters.json")).Entities.Count);
    }

    [Theory]
    [InlineData("{\"version\":\"1\"}", "1", null)]
    [InlineData("{\"Version\":\"1\",\"UserName\":\"u\"}", "1", "u")]
    [InlineData("{\"user\":\"CONTOSO\\\\u\",\"extra\":{\"a\":[1]},\"version\":\"1\"}", "1", @"CONTOSO\u")]
    [InlineData("{\"name\":\"u\",\"version\":10.5}", "10.5", "u")]
    public async Task A_login_object_in_any_form(string json, string version, string? user)
    {
        ServiceInfo info = await Canned.ReadAsync(ConnectorProtocol.WebApi, json, c => c.GetServiceInfoAsync(CancellationToken.None));

        Assert.Equal((version, user), (info.Version, info.UserName));
    }

    [Theory]
    [InlineData("{}", "NotOrchestrator")]
    [InlineData("{\"user\":\"u\"}", "NotOrchestrator")]
    [InlineData("[]", "NotOrchestrator")]
    [InlineData("\"in\"", "NotOrchestrator")]
    [InlineData("{\"version\":\"1\"", "ResponseTruncated")]
    public async Task A_login_that_is_none(string json, string id) =>
        await Remote.FailsAsync(id, Canned.ReadAsync(ConnectorProtocol.WebApi, json, c => c.GetServiceInfoAsync(CancellationToken.None)));

    [Theory]
    [InlineData("{\"@odata.context\":\"x\",\"@odata.count\":7,\"@odata.nextLink\":\"n\",\"value\":[{\"Id\":\"1\"}]}")]
    [InlineData("{\"value\":[{\"Id\":\"1\"}],\"@odata.nextLink\":\"n\",\"@odata.count\":7,\"@odata.context\":\"x\"}")]
    [InlineData("{\"@odata.count\":\"7\",\"value\":[{\"Id\":\"1\"}],\"@odata.nextLink\":\"n\"}")]
    [InlineData("{\"value\":[{\"Id\":\"1\"}],\"@count\":7,\"@nextLink\":\"n\"}")]
    [InlineData("{\"new\":{\"value\":[{\"Id\":\"9\"}]},\"@odata.count\":7,\"value\":[{\"Id\":\"1\"}],\"more\":[[{}],1],\"@odata.nextLink\":\"n\"}")]
    public void Annotations_before_and_behind(string json)
    {
        (List<string?> ids, long? count, string? next) = All(json);

        Assert.Equal(["1"], ids);
        Assert.Equal((7, "n"), (count, next));
    }

    [Fact]
    public void Nested_things_and_unknown_members_are_passed_over()
    {
        string json = """
            {"@odata.context":"../$metadata#Runbooks","value":[
              {"@odata.id":"x","@odata.etag":"y","Id":"1","Authorizations":[],"Folder":{"Id":"2","Name":"inner","Runbooks":[{"Id":"3"}]},"New":null,"Number":1.5,"Flag":true,"Name":"outer","Parameters@odata.count":3,"@odata.count":99},
              {"Name":"second","Id":"4","Deep":[[[{"a":[{}]}]]]}
            ]}
            """;
        using ODataJsonReader reader = Reader(json);
        EntityReader entity = new();

        Assert.True(reader.ReadEntity(entity));
        Assert.Equal(("1", "outer", null, "1.5", "true"), (entity["Id"], entity["Name"], entity["New"], entity["Number"], entity["Flag"]));
        Assert.True(reader.ReadEntity(entity));
        Assert.Equal(("4", "second", null), (entity["Id"], entity["Name"], entity["Number"]));
        Assert.False(reader.ReadEntity(entity));
        Assert.False(reader.ReadEntity(entity));
        Assert.Null(reader.Count);
    }

    [Theory]
    [InlineData("{\"value\":[]}")]
    [InlineData("{\"@odata.context\":\"\",\"value\":[]}")]
    [InlineData("{\"@odata.context\":null,\"value\":[]}")]
    [InlineData("{\"@odata.context\":\"http://elsewhere/$metadata#Cats\",\"value\":[]}")]
    [InlineData("\uFEFF \r\n\t{\"value\":[ ]} \r\n")]
    public void Context_and_blanks_mean_nothing(string json) => Assert.Empty(All(json).Entities);

    [Fact]
    public void A_single_entity_is_its_own_document()
    {
        using ODataJsonReader reader = Reader(Canned.Text("webapi/runbook.json"));
        EntityReader entity = new();

        Assert.True(reader.ReadEntity(entity));
        Assert.Equal((Id, "SyncUsers"), (entity["Id"], entity["Name"]));
        Assert.False(reader.ReadEntity(entity));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("[{\"Id\":\"1\"}]")]
    [InlineData("\"text\"")]
    [InlineData("7")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("{\"error\":{\"code\":\"\",\"message\":\"m\"}}")]
    [InlineData("{\"value\":\"text\"}")]
    [InlineData("{\"value\":null}")]
    [InlineData("no json at all")]
    public void Another_document_is_not_orchestrator(string json) => Assert.Equal("NotOrchestrator", Fails(json).Id);

    [Theory]
    [InlineData("{\"value\":[1]}")]
    [InlineData("{\"value\":[null]}")]
    [InlineData("{\"value\":[[]]}")]
    [InlineData("{\"value\":[{\"Id\":\"1\"},\"x\"]}")]
    [InlineData("{\"@odata.count\":\"many\",\"value\":[]}")]
    [InlineData("{\"@odata.count\":1.5,\"value\":[]}")]
    [InlineData("{\"value\":[{\"Id\" \"1\"}]}")]
    [InlineData("{\"value\":[{\"Id\":}]}")]
    [InlineData("{\"value\":[{\"Id\":\"\\u12\"}]}")]
    [InlineData("{\"value\":[{\"Id\":tru}]}")]
    [InlineData("{\"value\":[}")]
    [InlineData("{\"value\":[]]")]
    public void What_cannot_be_read_is_an_error(string json) => Assert.Contains(Fails(json).Id, Unreadable);

    [Theory]
    [InlineData("{\"value\":[]}")]
    [InlineData("garbage")]
    [InlineData("]")]
    [InlineData("}")]
    public void What_stands_behind_the_document_is_an_error(string tail)
    {
        Assert.Contains(Fails(Canned.Text("webapi/servers.json") + tail).Id, Unreadable);
        Assert.Contains(Fails(Canned.Text("webapi/runbook.json") + tail).Id, Unreadable);
    }

    [Theory]
    [InlineData("webapi/runbooks.json")]
    [InlineData("webapi/runbooks-count-next.json")]
    [InlineData("webapi/runbook.json")]
    public void A_document_that_is_cut_off_anywhere_is_never_a_success(string name)
    {
        byte[] whole = Canned.Fixture(name);
        for (int length = 1; length < whole.Length; length++)
        {
            OrchestratorException error = Assert.Throws<OrchestratorException>(() => Canned.Read(whole[..length], ReadAll));
            Assert.True(error.Id is "ResponseTruncated" or "ResponseMalformed", $"{length} bytes: {error.Id}");
        }
    }

    [Fact]
    public async Task A_cut_is_called_one()
    {
        await Remote.FailsAsync("ResponseTruncated", Canned.RunbooksAsync(ConnectorProtocol.WebApi, Canned.Text("webapi/runbooks-truncated.json")));
        string whole = Canned.Text("webapi/runbooks.json");
        await Remote.FailsAsync("ResponseTruncated", Canned.RunbooksAsync(ConnectorProtocol.WebApi, whole[..^1]));
        await Remote.FailsAsync("ResponseTruncated", Canned.RunbooksAsync(ConnectorProtocol.WebApi, whole[..^2]));
    }

    [Fact]
    public void Flipped_bytes_never_hang_and_fail_in_no_other_way()
    {
        byte[] whole = Canned.Fixture("webapi/runbooks.json");
        Random random = new(20250616);
        for (int i = 0; i < 6000; i++)
        {
            byte[] flipped = [.. whole];
            for (int flips = random.Next(1, 4); flips > 0; flips--)
            {
                flipped[random.Next(flipped.Length)] = (byte)random.Next(256);
            }

            Exception? error = Record.Exception(() => Canned.Read(flipped, answer =>
            {
                using ODataJsonReader reader = new(answer);
                EntityReader entity = new();
                while (reader.ReadEntity(entity))
                {
                    EntityFields.ToRunbook(entity, Canned.Url, null);
                }

                return 0;
            }));
            Assert.True(error is null or OrchestratorException, error + "\n" + Encoding.UTF8.GetString(flipped));
        }
    }

    [Theory]
    [InlineData("{\"deep\":", "[", "]")]
    [InlineData("{\"value\":[{\"deep\":", "{\"a\":", "}")]
    [InlineData("{\"value\":[{\"deep\":", "[", "]")]
    public void Depth_is_bounded(string start, string open, string close)
    {
        string json = start + string.Concat(Enumerable.Repeat(open, 200_000)) + "1" + string.Concat(Enumerable.Repeat(close, 200_000)) + "}]}";

        Assert.Equal("ResponseMalformed", Fails(json).Id);
    }

    [Fact]
    public async Task What_is_needed_and_not_there_names_the_entity()
    {
        OrchestratorException error = await Remote.FailsAsync(
            "EntryIncomplete", Canned.RunbooksAsync(ConnectorProtocol.WebApi, $"{{\"value\":[{{\"Id\":\"{Id}\",\"Name\":\"Alpha\"}}]}}"));

        Assert.Contains("'Alpha' (" + Id, error.Message, StringComparison.Ordinal);
        Assert.Contains("Path", error.Message, StringComparison.Ordinal);
        await Remote.FailsAsync("EntryIncomplete", Canned.RunbooksAsync(ConnectorProtocol.WebApi, "{\"value\":[{}]}"));
        await Remote.FailsAsync("EntryIncomplete", Canned.RunbooksAsync(ConnectorProtocol.WebApi, "{\"value\":[{\"Id\":7,\"Name\":\"A\",\"Path\":\"A\"}]}"));
    }

    [Fact]
    public void Text_with_escapes_comes_as_it_is()
    {
        using ODataJsonReader reader = Reader("{\"value\":[{\"Id\":\"\\u0047\\u00f6\\ud83d\\ude80 \\\"q\\\" \\\\ \\/ \\n\"}]}");
        EntityReader entity = new();

        Assert.True(reader.ReadEntity(entity));
        Assert.Equal("Gö🚀 \"q\" \\ / \n", entity["Id"]);
    }

    [Fact]
    public void A_text_that_looks_like_a_time_stays_a_text()
    {
        using ODataJsonReader reader = Reader("{\"value\":[{\"Id\":\"1\",\"Name\":\"/Date(1234)/\",\"Description\":\"2020-01-01T00:00:00Z\"}]}");
        EntityReader entity = new();

        Assert.True(reader.ReadEntity(entity));
        Assert.Equal(("/Date(1234)/", "2020-01-01T00:00:00Z"), (entity["Name"], entity["Description"]));
    }

    private static ODataJsonReader Reader(string json) => new(new MemoryStream(Encoding.UTF8.GetBytes(json)), Canned.Url);

    private static OrchestratorException Fails(string json) =>
        Assert.Throws<OrchestratorException>(() => Canned.Read(Encoding.UTF8.GetBytes(json), ReadAll));

    private static int ReadAll(OrchestratorConnector.Orchestrator.Http.HttpAnswer answer)
    {
        using ODataJsonReader reader = new(answer);
        EntityReader entity = new();
        int entities = 0;
        while (reader.ReadEntity(entity))
        {
            entities++;
        }

        return entities;
    }

    private static (List<string?> Entities, long? Count, string? Next) All(string json)
    {
        using ODataJsonReader reader = Reader(json);
        EntityReader entity = new();
        List<string?> ids = [];
        while (reader.ReadEntity(entity))
        {
            ids.Add(entity["Id"]);
        }

        return (ids, reader.Count, reader.Next);
    }
}
