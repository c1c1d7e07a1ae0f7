using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>Faults of starts and stops: whether something was done, and what the client learns of it.</summary>
public sealed class JobFaultTests
{
    [Theory]
    [InlineData("before headers", 1)]
    [InlineData("after headers", 1)]
    [InlineData("in the body", 1)]
    [InlineData("request", 0)]
    [InlineData("request of a stranger", 0)]
    public async Task A_lost_answer_leaves_a_job_behind_and_a_lost_request_does_not(string kind, int jobs)
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        _ = server.Server.Server.Faults.Add((kind switch
        {
            "before headers" => Fault.LostAnswer(),
            "after headers" => Fault.LostAnswer(afterHeaders: true),
            "in the body" => Fault.ResetInBody(),
            "request" => Fault.Reset(),
            _ => Fault.Reset().BeforeAuthentication(),
        }).Method("POST").On("Jobs$").Once());
        string entry = server.Entry(server.Data("PC1", "anna"));
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.PostAsync(entry));
        Assert.Equal(jobs, server.Jobs.Started);
        Assert.Equal(0, server.Server.Server.Requests[0].Status);
        using HttpResponseMessage again = await server.PostAsync(entry);
        Assert.Equal(201, (int)again.StatusCode);
        Assert.Equal(jobs + 1, server.Jobs.All.Count);
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_in_place_of_the_start_starts_nothing(int status)
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Fault fault = server.Server.Server.Faults.Add(Fault.Status(status).Method("POST").On("/Jobs"));
        Assert.Equal(status, (await server.RefusedAsync(server.Entry(server.Data("PC1", "anna")))).Status);
        Assert.Equal(status, (await server.ApiAsync(HttpMethod.Post, "Jobs", $"{{\"RunbookId\":\"{server.Runbook.Id}\"}}")).Status);
        _ = await server.Server.AtomAsync("Jobs");
        Assert.Equal((0, 2), (server.Jobs.Started, fault.Hits));
    }

    [Fact]
    public async Task A_proxy_may_lose_patience_when_the_job_is_started_already()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        _ = server.Server.Server.Faults.Add(Fault.Status(504).AfterWork().Method("POST").Once());
        using HttpResponseMessage response = await server.PostAsync(server.Entry(server.Data("PC1", "anna")));
        Assert.Equal((504, 1), ((int)response.StatusCode, server.Jobs.Started));
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task Every_third_look_at_a_job_may_fail()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Guid job = await server.AnyAsync();
        _ = server.Server.Server.Faults.Add(Fault.Status(500).Method("GET").On(@"Jobs\(").Every(3));
        var statuses = new List<int>();
        for (int i = 0; i < 7; i++)
        {
            using HttpResponseMessage response = await server.Server.SendAsync(server.Server.AtomAddress($"Jobs(guid'{job}')"));
            statuses.Add((int)response.StatusCode);
            _ = await server.Server.AtomAsync("Jobs");
        }

        Assert.Equal([200, 200, 500, 200, 200, 500, 200], statuses);
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => Fault.Empty().Every(0));
    }

    [Fact]
    public async Task A_look_that_fails_is_no_look()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: new JobScript { PendingPolls = 1 });
        Guid job = await server.AnyAsync();
        _ = server.Server.Server.Faults.Add(Fault.Status(500).Method("GET").Times(2));
        for (int i = 0; i < 2; i++)
        {
            using HttpResponseMessage failed = await server.Server.SendAsync(server.Server.AtomAddress($"Jobs(guid'{job}')"));
            Assert.Equal(500, (int)failed.StatusCode);
        }

        Assert.Equal(["Pending", "Completed"], [await server.StatusAsync(job), await server.StatusAsync(job)]);
    }

    [Fact]
    public async Task A_late_answer_has_started_the_job_and_a_delayed_request_has_not()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        using var leave = new CancellationTokenSource();
        using var content = new StringContent(server.Entry(server.Data("PC1", "anna")), null, "application/atom+xml");
        Fault late = server.Server.Server.Faults.Add(Fault.LateAnswer(Timeout.InfiniteTimeSpan).Method("POST"));
        Task<HttpResponseMessage> waiting = server.Server.Client.PostAsync(server.Server.AtomAddress("Jobs"), content, leave.Token);
        Assert.True(SpinWait.SpinUntil(() => server.Jobs.Started == 1, TimeSpan.FromSeconds(30)));
        Assert.False(waiting.IsCompleted);
        await leave.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        server.Server.Server.Faults.Remove(late);
        Fault delay = server.Server.Server.Faults.Add(Fault.Delay(TimeSpan.FromDays(1)).Method("POST"));
        using var leaveAgain = new CancellationTokenSource();
        using var second = new StringContent(server.Entry(server.Data("PC1", "anna")), null, "application/atom+xml");
        waiting = server.Server.Client.PostAsync(server.Server.AtomAddress("Jobs"), second, leaveAgain.Token);
        Assert.True(SpinWait.SpinUntil(() => delay.Hits == 1, TimeSpan.FromSeconds(30)));
        await leaveAgain.CancelAsync();
        _ = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        server.Server.Server.Faults.Clear();
        _ = await server.AnyAsync();
        Assert.Equal(2, server.Jobs.All.Count);
    }

    [Fact]
    public async Task A_fault_of_stops_strikes_a_merge_by_whatever_way_it_comes()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        Guid job = await server.AnyAsync();
        Fault fault = server.Server.Server.Faults.Add(Fault.Status(503).Method("MERGE"));
        foreach (bool tunneled in new[] { true, false })
        {
            using HttpResponseMessage response = await server.MergeAsync(job, "*", tunneled: tunneled);
            Assert.Equal(503, (int)response.StatusCode);
        }

        Fault patch = server.Server.Server.Faults.Add(Fault.LostAnswer().Method("PATCH"));
        Assert.Equal("Running", await server.StatusAsync(job));
        _ = await Assert.ThrowsAnyAsync<HttpRequestException>(() => server.ApiAsync(HttpMethod.Patch, $"Jobs/{job}", "{}"));
        Assert.Equal("Canceled", await server.StatusAsync(job));
        Assert.Equal((2, 1), (fault.Hits, patch.Hits));
    }

    [Fact]
    public async Task A_challenge_is_answered_with_the_same_start_and_makes_one_job()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Authentication = FakeAuthentication.Scripted(
            new AuthenticationStep(401, "NTLM"),
            new AuthenticationStep(401, "NTLM TlRMTVNTUAACAAAA")));
        string entry = server.Entry(server.Data("PC1", "anna"));
        var statuses = new List<int>();
        for (int i = 0; i < 3; i++)
        {
            using HttpResponseMessage response = await server.PostAsync(i < 2 ? "" : entry, headers: ("Authorization", "NTLM x"));
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal([401, 401, 201], statuses);
        Assert.Equal(["", "", entry], server.Server.Server.Requests.Select(request => request.Body));
        Assert.Single(server.Jobs.All);
    }

    [Fact]
    public async Task Faults_of_bodies_work_on_starts()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        _ = server.Server.Server.Faults.Add(Fault.Empty().Method("POST").Nth(1));
        _ = server.Server.Server.Faults.Add(Fault.CutClean().Method("POST").Nth(2));
        _ = server.Server.Server.Faults.Add(Fault.Malformed().Method("POST").Nth(3));
        _ = server.Server.Server.Faults.Add(Fault.HtmlPage().Method("POST").Nth(4));
        var answers = new List<(int Status, bool IsXml)>();
        for (int i = 0; i < 4; i++)
        {
            using HttpResponseMessage response = await server.PostAsync(server.Entry(server.Data("PC1", "anna")));
            string text = await response.Content.ReadAsStringAsync();
            answers.Add(((int)response.StatusCode, Record.Exception(() => System.Xml.Linq.XElement.Parse(text)) is null));
        }

        Assert.Equal([(201, false), (201, false), (201, false), (200, false)], answers);
        Assert.Equal(3, server.Jobs.Started);
    }
}
