using System;
using System.Linq;
using System.Net.Http;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;
using static OrchestratorConnector.Core.Tests.StandIns.StandIn;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>How the Atom service takes a stop (facts A.10).</summary>
public sealed class JobStopTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_merge_of_the_status_stops_a_running_job(bool tunneled)
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        Guid job = await server.AnyAsync();
        XElement running = await server.JobAsync(job);
        string etag = running.Attribute(Meta + "etag")!.Value;
        using HttpResponseMessage response = await server.MergeAsync(job, etag, tunneled: tunneled);
        Assert.Equal((204, ""), ((int)response.StatusCode, await response.Content.ReadAsStringAsync()));
        XElement stopped = await server.JobAsync(job);
        Assert.Equal("Canceled", Property(stopped, "Status")!.Value);
        Assert.NotEqual(etag, stopped.Attribute(Meta + "etag")!.Value);
        Assert.Equal(stopped.Attribute(Meta + "etag")!.Value, response.Headers.GetValues("ETag").Single());
        XElement instance = Assert.Single(await server.InstancesAsync(job));
        Assert.Equal("failed", Property(instance, "Status")!.Value);
        Assert.NotEqual("", Property(instance, "CompletionTime")!.Value);
        Assert.DoesNotContain(server.Jobs.ActivityInstancesOf(IdOf(instance)), step => step.EndTime is null);
        Assert.Equal(tunneled ? "POST" : "MERGE", server.Server.Server.Requests.Single(request => request.Verb == "MERGE").Method);
    }

    [Fact]
    public async Task The_whole_entry_of_the_job_may_come_back_with_another_status()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        Guid job = await server.AnyAsync();
        XElement entry = await server.JobAsync(job);
        Property(entry, "Status")!.Value = "Canceled";
        entry.Elements(Atom + "link").Remove();
        using HttpResponseMessage response = await server.MergeAsync(job, entry.Attribute(Meta + "etag")!.Value, entry.ToString(SaveOptions.DisableFormatting));
        Assert.Equal(204, (int)response.StatusCode);
        Assert.Equal("Canceled", await server.StatusAsync(job));
    }

    [Fact]
    public async Task A_stale_etag_fails_and_a_star_or_verbose_JSON_does_not()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        XElement pending = await server.StartedAsync("PC1", "anna");
        Guid job = IdOf(pending);
        Assert.Equal("Running", await server.StatusAsync(job));
        using HttpResponseMessage stale = await server.MergeAsync(job, pending.Attribute(Meta + "etag")!.Value);
        Assert.Equal((412, "The etag value in the request header does not match with the current etag value of the object."), await JobStandIn.MessageAsync(stale));
        using HttpResponseMessage staleAndEmpty = await server.MergeAsync(job, pending.Attribute(Meta + "etag")!.Value, JobStandIn.EntryOf(""));
        Assert.Equal(412, (int)staleAndEmpty.StatusCode);
        using HttpResponseMessage empty = await server.MergeAsync(job, "*", JobStandIn.EntryOf(""));
        Assert.Equal(204, (int)empty.StatusCode);
        Assert.Equal("Running", await server.StatusAsync(job));
        using HttpResponseMessage star = await server.SendAsync(
            new HttpMethod("MERGE"), server.Server.AtomAddress($"Jobs(guid'{job}')"), "{\"Status\":\"Canceled\"}", "application/json", ("If-Match", "*"));
        Assert.Equal(204, (int)star.StatusCode);
        Assert.Equal("Canceled", await server.StatusAsync(job));
    }

    [Fact]
    public async Task Without_If_Match_nothing_is_changed()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        Guid job = await server.AnyAsync();
        using HttpResponseMessage response = await server.MergeAsync(job, null);
        Assert.Equal(
            (400, "Since entity type 'Microsoft.SystemCenter.Orchestrator.WebService.Job' has one or more etag properties, If-Match HTTP header must be specified for DELETE/PUT operations on this type."),
            await JobStandIn.MessageAsync(response));
        Assert.Equal("Running", await server.StatusAsync(job));
        using HttpResponseMessage unknown = await server.MergeAsync(Guid.NewGuid(), "*");
        Assert.Equal(404, (int)unknown.StatusCode);
    }

    [Theory]
    [InlineData("<d:Status>Cancelled</d:Status>", "Cannot change the job status to 'Cancelled'.")]
    [InlineData("<d:Status>Running</d:Status>", "Cannot change the job status to 'Running'.")]
    [InlineData("<d:Status m:null=\"true\" />", "Cannot change the job status to ''.")]
    [InlineData("<d:Status>Canceled</d:Status><d:RunbookServers>RBS01</d:RunbookServers>", "PropertyCannotBeUpdated")]
    [InlineData("<d:CreatedBy>me</d:CreatedBy>", "PropertyCannotBeUpdated")]
    [InlineData("<d:Status>Canceled</d:Status><d:CreationTime m:type=\"Edm.DateTime\">2001-01-01T00:00:00</d:CreationTime>", "PropertyCannotBeUpdated")]
    public async Task Nothing_but_the_status_and_that_to_Canceled_can_be_changed(string properties, string message)
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        Guid job = await server.AnyAsync();
        using HttpResponseMessage response = await server.MergeAsync(job, "*", JobStandIn.EntryOf(properties));
        Assert.Equal((400, message), await JobStandIn.MessageAsync(response));
        Assert.Equal("Running", await server.StatusAsync(job));
    }

    [Fact]
    public async Task What_has_ended_cannot_be_stopped()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Guid job = await server.AnyAsync();
        using HttpResponseMessage response = await server.MergeAsync(job, "*");
        Assert.Equal((400, "Cannot change the job status to 'Canceled'."), await JobStandIn.MessageAsync(response));
        server.Jobs.Script = _ => JobScript.Never;
        Guid stopped = await server.AnyAsync();
        Assert.True(server.Jobs.Cancel(stopped));
        using HttpResponseMessage again = await server.MergeAsync(stopped, "*");
        Assert.Equal(400, (int)again.StatusCode);
    }

    [Fact]
    public async Task Whether_a_pending_job_can_be_stopped_is_a_quirk_and_who_may_not_start_may_not_stop()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Quirks.PendingCanBeCanceled = false, new JobScript { PendingPolls = 9 });
        Guid job = await server.AnyAsync();
        using HttpResponseMessage refused = await server.MergeAsync(job, "*");
        Assert.Equal((400, "Cannot change the job status to 'Canceled'."), await JobStandIn.MessageAsync(refused));
        server.Quirks.PendingCanBeCanceled = true;
        server.Quirks.UnpublishableRunbooks = [server.Runbook.Id];
        using HttpResponseMessage forbidden = await server.MergeAsync(job, "*");
        Assert.Equal((400, "The requested operation requires Publish permissions on the Runbook"), await JobStandIn.MessageAsync(forbidden));
        server.Quirks.UnpublishableRunbooks = [];
        server.Quirks.CanceledInstanceStatus = "canceled";
        using HttpResponseMessage done = await server.MergeAsync(job, "*");
        Assert.Equal(204, (int)done.StatusCode);
        Assert.Equal("Canceled", await server.StatusAsync(job));
        Assert.Empty(await server.InstancesAsync(job));
    }
}
