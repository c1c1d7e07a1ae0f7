using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>Jobs by the Web API (facts B.3 to B.8).</summary>
public sealed class WebApiJobTests
{
    [Fact]
    public async Task A_start_is_answered_with_the_pending_job()
    {
        var clock = new ManualClock();
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Clock = clock);
        string body = JsonSerializer.Serialize(new
        {
            RunbookId = server.Runbook.Id,
            RunbookServers = new[] { "RBS02", "RBS01" },
            Parameters = new object[] { new { Name = "computer", Value = "a & <b>" }, new { Key = "x", Name = "User", Value = (string?)null, Extra = 1 } },
            CreatedBy = (string?)null,
            More = new[] { 1 },
        });
        using HttpResponseMessage response = await server.SendAsync(HttpMethod.Post, server.Server.ApiAddress("JOBS"), body, "application/json; charset=utf-8");
        string text = await response.Content.ReadAsStringAsync();
        using JsonDocument document = JsonDocument.Parse(text);
        SourceJob job = Assert.Single(server.Jobs.All);
        Assert.Equal(201, (int)response.StatusCode);
        Assert.Equal($"{server.Server.Server.WebApiUrl}/Jobs/{job.Id}", response.Headers.Location!.ToString());
        Assert.StartsWith($"{{\"@odata.context\":\"{server.Server.Server.WebApiUrl}/$metadata#Jobs/$entity\",\"Id\":\"{job.Id}\",\"RunbookId\":\"{server.Runbook.Id}\",\"Parameters\":null,\"RunbookServers\":\"RBS02,RBS01\"", text, StringComparison.Ordinal);
        Assert.Equal("Pending", document.RootElement.GetProperty("Status").GetString());
        Assert.Equal("2026-03-04T06:06:07.89+01:00", document.RootElement.GetProperty("CreationTime").GetString());
        Assert.Equal(new() { ["Computer"] = "a & <b>", ["User"] = "" }, await server.ValuesAsync(job.Id, "In"));
        Assert.Equal(1, server.Jobs.Started);
    }

    [Theory]
    [InlineData("\"Parameters\":null")]
    [InlineData("\"Parameters\":[]")]
    [InlineData("\"RunbookServers\":null")]
    [InlineData("\"RunbookServers\":[]")]
    [InlineData("\"parameters\":[{\"name\":\"USER\",\"value\":\"anna\"}]")]
    public async Task What_may_be_left_out_may_be(string member)
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Assert.Equal(201, (await server.ApiAsync(HttpMethod.Post, "Jobs", $"{{\"RunbookId\":\"{server.Runbook.Id}\",{member}}}")).Status);
        server.Quirks.WebApiDemandsAllParameters = true;
        (int status, JsonElement refused) = await server.ApiAsync(HttpMethod.Post, "Jobs", $"{{\"RunbookId\":\"{server.Runbook.Id}\",{member}}}");
        Assert.Equal((400, "Required number of parameters not received in the request."), (status, Message(refused)));
        Assert.Equal(1, server.Jobs.Started);
    }

    [Fact]
    public async Task What_cannot_be_started_is_refused()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        string id = server.Runbook.Id.ToString();
        string[] bodies =
        [
            "", "[]", "{", "{}", "{\"RunbookId\":\"x\"}", "{\"RunbookId\":7}", $"{{\"RunbookId\":\"{Guid.NewGuid()}\"}}",
            $"{{\"RunbookId\":\"{id}\",\"Parameters\":[{{\"Name\":\"Nix\",\"Value\":\"1\"}}]}}",
            $"{{\"RunbookId\":\"{id}\",\"Parameters\":[{{\"Name\":\"Result\",\"Value\":\"1\"}}]}}",
            $"{{\"RunbookId\":\"{id}\",\"Parameters\":[{{\"Name\":\"User\",\"Value\":\"1\"}},{{\"Name\":\"user\",\"Value\":\"1\"}}]}}",
            $"{{\"RunbookId\":\"{id}\",\"Parameters\":[{{\"Name\":\"User\",\"Value\":1}}]}}",
            $"{{\"RunbookId\":\"{id}\",\"Parameters\":[1]}}",
            $"{{\"RunbookId\":\"{id}\",\"Parameters\":{{}}}}",
            $"{{\"RunbookId\":\"{id}\",\"RunbookServers\":[\"\"]}}",
            $"{{\"RunbookId\":\"{id}\",\"RunbookServers\":[\"RBS99\"]}}",
        ];
        foreach (string body in bodies)
        {
            Assert.Equal(400, (await server.ApiAsync(HttpMethod.Post, "Jobs", body)).Status);
        }

        using HttpResponseMessage noJson = await server.SendAsync(HttpMethod.Post, server.Server.ApiAddress("Jobs"), $"{{\"RunbookId\":\"{id}\"}}", "text/plain");
        Assert.Equal(415, (int)noJson.StatusCode);
        server.Quirks.UnpublishableRunbooks = [server.Runbook.Id];
        Assert.Equal("The requested operation requires Publish permissions on the Runbook", Message((await server.ApiAsync(HttpMethod.Post, "Jobs", $"{{\"RunbookId\":\"{id}\"}}")).Body));
        server.Quirks.UnpublishableRunbooks = [];
        server.Server.Server.Model.Edit(server.Runbook.Id, runbook => runbook.CheckedOutBy = "S-1-5-500");
        server.Quirks.WebApiErrorShape = WebApiErrorShape.ProblemDetails;
        (int status, JsonElement problem) = await server.ApiAsync(HttpMethod.Post, "Jobs", $"{{\"RunbookId\":\"{id}\"}}");
        Assert.Equal((400, "The runbook 'Reset ' cannot be started because it is checked out."), (status, problem.GetProperty("title").GetString()));
        Assert.Equal(0, server.Jobs.Started);
    }

    [Theory]
    [InlineData("Jobs/{0}", "{}")]
    [InlineData("jobs/{0}", "{\"Id\":\"{0}\"}")]
    [InlineData("Jobs({0})", "{}")]
    public async Task A_patch_stops_a_job_and_tells_what_it_is_now(string address, string body)
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        Guid job = await StartAsync(server);
        (string where, string what) = (address.Replace("{0}", job.ToString(), StringComparison.Ordinal), body.Replace("{0}", job.ToString(), StringComparison.Ordinal));
        (int status, JsonElement stopped) = await server.ApiAsync(HttpMethod.Patch, where, what);
        Assert.Equal((200, job, "Canceled"), (status, stopped.GetProperty("Id").GetGuid(), stopped.GetProperty("Status").GetString()));
        (status, JsonElement late) = await server.ApiAsync(HttpMethod.Patch, where, what);
        Assert.Equal((400, "Cannot change the job status to 'Canceled'."), (status, Message(late)));
        server.Quirks.WebApiCancelRefusalStatus = 409;
        Assert.Equal(409, (await server.ApiAsync(HttpMethod.Patch, where, what)).Status);
        Assert.Equal(400, (await server.ApiAsync(HttpMethod.Patch, where, "")).Status);
        Assert.Equal(400, (await server.ApiAsync(HttpMethod.Patch, where, $"{{\"Id\":\"{Guid.NewGuid()}\"}}")).Status);
        Assert.Equal(404, (await server.ApiAsync(HttpMethod.Patch, $"Jobs/{Guid.NewGuid()}", "{}")).Status);
    }

    [Fact]
    public async Task Other_writes_are_not_allowed()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        Guid job = await StartAsync(server);
        (HttpMethod Method, string Address)[] cases = [(HttpMethod.Put, $"Jobs/{job}"), (HttpMethod.Delete, $"Jobs/{job}"), (HttpMethod.Patch, "Jobs"), (HttpMethod.Post, "Runbooks"), (HttpMethod.Post, "Nix")];
        foreach ((HttpMethod method, string address) in cases)
        {
            Assert.Equal(405, (await server.ApiAsync(method, address, "{}")).Status);
        }
    }

    [Fact]
    public async Task A_job_is_followed_to_its_outputs_and_its_failed_activity()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Fails("Run .Net Script", "Access denied") with { PendingPolls = 1, RunningPolls = 1, End = JobEnd.Warning });
        Guid job = await StartAsync(server);
        var seen = new List<string>();
        for (int i = 0; i < 3; i++)
        {
            JsonElement answer = await server.Server.ApiAsync($"jobs/{job}?$expand=runbookinstances");
            seen.Add($"{answer.GetProperty("Status").GetString()} {string.Join(',', answer.GetProperty("RunbookInstances").EnumerateArray().Select(row => row.GetProperty("Status").GetString()))}");
        }

        Assert.Equal(["Pending ", "Running InProgress", "Completed warning"], seen);
        JsonElement instance = Assert.Single(await ValuesAsync(server, $"RunbookInstances?$filter=JobID eq {job}"));
        Guid id = instance.GetProperty("Id").GetGuid();
        JsonElement expanded = await server.Server.ApiAsync($"RunbookInstances/{id}?$expand=RunBookInstanceParameters");
        Assert.Equal(
            ["Computer=PC1", "Result=PC1", "User=anna", "user=anna"],
            expanded.GetProperty("RunbookInstanceParameters").EnumerateArray().Select(row => $"{row.GetProperty("Name")}={row.GetProperty("Value")}").Order(StringComparer.Ordinal));
        JsonElement[] outputs = await ValuesAsync(server, $"RunbookInstanceParameters?$filter=RunbookInstanceId eq {id} and Direction eq 'Out'");
        Assert.Equal(["Result", "user"], outputs.Select(row => row.GetProperty("Name").GetString()!).Order(StringComparer.Ordinal));

        JsonElement[] steps = await ValuesAsync(server, $"activityInstances/LatestOf(RunbookInstanceId={id})");
        Assert.Equal(SourceActivity.Of(server.Runbook).Select(activity => activity.Id), steps.Select(step => step.GetProperty("ActivityId").GetGuid()));
        JsonElement bad = Assert.Single(steps, step => step.GetProperty("Status").GetString() == "warning");
        Assert.Equal(2, bad.GetProperty("SequenceNumber").GetInt32());
        JsonElement error = Assert.Single(await ValuesAsync(server, $"ActivityInstanceData?$filter=ActivityInstanceId eq {bad.GetProperty("Id")} and Name eq 'Error summary text'"));
        Assert.Equal("Access denied", error.GetProperty("Value").GetString());
        Assert.Equal("Run .Net Script", Assert.Single(await ValuesAsync(server, $"Activities?$filter=Id eq {bad.GetProperty("ActivityId")}")).GetProperty("Name").GetString());

        Assert.Equal(steps.Length, (await ValuesAsync(server, $"ActivityInstances?$filter=RunbookInstanceId eq {id}")).Length);
        server.Quirks.WebApiListsActivityInstances = false;
        using HttpResponseMessage hidden = await server.Server.SendAsync(server.Server.ApiAddress($"ActivityInstances?$filter=RunbookInstanceId eq {id}"));
        Assert.Equal(404, (int)hidden.StatusCode);
        Assert.Equal(steps.Length, (await ValuesAsync(server, $"ActivityInstances/latestOf(runbookInstanceId={id})")).Length);
        using HttpResponseMessage wrong = await server.Server.SendAsync(server.Server.ApiAddress("ActivityInstances/latestOf(runbookInstanceId=7)"));
        Assert.Equal(400, (int)wrong.StatusCode);
    }

    [Fact]
    public async Task Jobs_and_activities_are_filtered_counted_cut_and_chosen_from()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        for (int i = 0; i < 60; i++)
        {
            _ = server.Jobs.Add(server.Runbook, script: i < 7 ? JobScript.Never : null);
        }

        JsonElement page = await server.Server.ApiAsync("Jobs?$count=true&$top=50&$skip=20&$select=Id,Status");
        Assert.Equal((60, 40), (page.GetProperty("@odata.count").GetInt32(), page.GetProperty("value").GetArrayLength()));
        Assert.Equal(["Id", "Status"], page.GetProperty("value")[0].EnumerateObject().Select(member => member.Name));
        Assert.Equal(7, (await ValuesAsync(server, "Jobs?$filter=Status eq 'Pending' or Status eq 'Running'&$select=Id,RunbookId,Status")).Length);
        JsonElement activities = await server.Server.ApiAsync("Activities?$count=true&$top=50&$skip=1");
        int count = SourceActivity.Of(server.Runbook).Count;
        Assert.Equal((count, count - 1), (activities.GetProperty("@odata.count").GetInt32(), activities.GetProperty("value").GetArrayLength()));
        using HttpResponseMessage unknown = await server.Server.SendAsync(server.Server.ApiAddress("Jobs?$filter=Status in ('Pending','Running')"));
        Assert.Equal(400, (int)unknown.StatusCode);
    }

    [Theory]
    [InlineData(WebApiJobParameters.Null)]
    [InlineData(WebApiJobParameters.Text)]
    [InlineData(WebApiJobParameters.Absent)]
    public async Task What_is_said_of_the_input_is_a_quirk(WebApiJobParameters quirk)
    {
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Quirks.WebApiJobParameters = quirk);
        Guid job = await StartAsync(server);
        bool there = (await server.Server.ApiAsync($"Jobs/{job}")).TryGetProperty("Parameters", out JsonElement parameters);
        Assert.Equal(quirk != WebApiJobParameters.Absent, there);
        Assert.Equal(quirk == WebApiJobParameters.Text ? server.Jobs.Find(job)!.Parameters : null, there ? parameters.GetString() : null);
    }

    [Fact]
    public async Task Both_generations_tell_of_the_same_jobs_and_answers_are_never_kept()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: new JobScript { PendingPolls = 1, RunningPolls = 1 });
        Guid job = await StartAsync(server);
        Assert.Equal("Pending", (await server.Server.ApiAsync($"Jobs/{job}")).GetProperty("Status").GetString());
        Assert.Equal("Running", await server.StatusAsync(job));
        Assert.Equal("Completed", (await server.Server.ApiAsync($"Jobs/{job}")).GetProperty("Status").GetString());
        Assert.Single(await ValuesAsync(server, "Jobs"));
        _ = await StartAsync(server);
        Assert.Equal(2, (await ValuesAsync(server, "Jobs")).Length);
        Assert.Equal("2", await server.Server.Client.GetStringAsync(server.Server.ApiAddress("Jobs/$count")));
    }

    private static async Task<Guid> StartAsync(JobStandIn server)
    {
        string body = JsonSerializer.Serialize(new { RunbookId = server.Runbook.Id, Parameters = new[] { new { Name = "Computer", Value = "PC1" }, new { Name = "User", Value = "anna" } } });
        (int status, JsonElement job) = await server.ApiAsync(HttpMethod.Post, "Jobs", body);
        Assert.Equal(201, status);
        return job.GetProperty("Id").GetGuid();
    }

    private static async Task<JsonElement[]> ValuesAsync(JobStandIn server, string address)
    {
        return [.. (await server.Server.ApiAsync(address)).GetProperty("value").EnumerateArray()];
    }

    private static string? Message(JsonElement error)
    {
        return error.GetProperty("error").GetProperty("message").GetString();
    }
}
