using System;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>A job is stopped by one request.</summary>
public sealed class JobStopTests
{
    public static TheoryData<ConnectorProtocol> Protocols => JobLab.Protocols;

    [Fact]
    public async Task The_atom_service_merges_a_status()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom, JobScript.Never);
        Guid job = (await lab.StartAsync()).JobId!.Value;
        lab.Server.ClearRequests();

        await StopAsync(lab, job);

        RecordedRequest stop = Assert.Single(lab.Server.Requests);
        Assert.Equal(("POST", "MERGE", $"/Orchestrator2012/Orchestrator.svc/Jobs(guid'{job}')", 204), (stop.Method, stop.Headers["X-HTTP-Method"], stop.Target, stop.Status));
        Assert.Equal(("*", "application/atom+xml"), (stop.Headers["If-Match"], stop.Headers["Content-Type"]));
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><entry xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\""
                + " xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" xmlns=\"http://www.w3.org/2005/Atom\"><content type=\"application/xml\"><m:properties>"
                + $"<d:Id m:type=\"Edm.Guid\">{job}</d:Id><d:Status>Canceled</d:Status></m:properties></content></entry>",
            stop.Body);
        Assert.Equal(SourceJobStatus.Canceled, lab.Board.Find(job)!.Status);
    }

    [Fact]
    public async Task The_web_api_patches_with_the_id_alone()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.WebApi, JobScript.Never);
        Guid job = (await lab.StartAsync()).JobId!.Value;
        lab.Server.ClearRequests();

        await StopAsync(lab, job);

        RecordedRequest stop = Assert.Single(lab.Server.Requests);
        Assert.Equal(("PATCH", $"/api/Jobs/{job}", 200), (stop.Method, stop.Target, stop.Status));
        Assert.Equal("application/json", stop.Headers["Content-Type"].Split(';')[0]);
        Assert.Equal($$"""{"Id":"{{job}}"}""", stop.Body);
        Assert.Equal(SourceJobStatus.Canceled, lab.Board.Find(job)!.Status);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_pending_job_is_stopped_too(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { PendingPolls = 100 });
        Guid job = (await lab.StartAsync()).JobId!.Value;

        await StopAsync(lab, job);

        Assert.Equal(SourceJobStatus.Canceled, lab.Board.Find(job)!.Status);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_that_is_over_cannot_be_stopped(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        JobRecord job = await lab.RunAsync();

        OrchestratorException error = await Remote.FailsAsync("RequestRejected", StopAsync(lab, job.JobId!.Value));

        Assert.Equal(400, error.HttpStatus);
        Assert.Contains("Cannot change the job status to 'Canceled'.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_that_is_not_there_cannot_be_stopped(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        Guid nobody = Guid.NewGuid();

        OrchestratorException error = await Remote.FailsAsync("JobNotFound", StopAsync(lab, nobody));

        Assert.Equal((nobody, ErrorKind.NotFound), (error.Target, error.Kind));
        await Remote.FailsAsync("JobNotFound", lab.Session.Client.Jobs.GetJobAsync(nobody, CancellationToken.None));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 500, "ServerFailed")]
    [InlineData(ConnectorProtocol.WebApi, 500, "ServerFailed")]
    [InlineData(ConnectorProtocol.Atom, 503, "ServerFailed")]
    [InlineData(ConnectorProtocol.WebApi, 504, "AnswerLost")]
    [InlineData(ConnectorProtocol.Atom, 0, "AnswerLost")]
    [InlineData(ConnectorProtocol.WebApi, 0, "AnswerLost")]
    public async Task A_stop_is_sent_once(ConnectorProtocol protocol, int status, string id)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        lab.Reopen(Remote.Options);
        Guid job = (await lab.StartAsync()).JobId!.Value;
        lab.Server.ClearRequests();
        lab.Server.Faults.Add((status == 0 ? Fault.LostAnswer() : Fault.Status(status)).When(r => r.Verb is "MERGE" or "PATCH"));

        await Remote.FailsAsync(id, StopAsync(lab, job));

        Assert.Single(lab.Server.Requests);
        Assert.Equal(status == 0, lab.Board.Find(job)!.Status == SourceJobStatus.Canceled);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_that_was_stopped_is_kept_so(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();

        JobRecord job = await lab.Session.Watcher.StopAsync(started, CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.Equal((JobStatus.Canceled, true, null), (job.Status, job.IsOver, job.Error));
        Assert.Equal(Samples.Text(job), Samples.Text(lab.Kept));
        Assert.Equal(SourceJobStatus.Canceled, lab.Board.Find(started.JobId!.Value)!.Status);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_stop_that_comes_too_late_tells_how_the_job_ended(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();
        lab.Board.Finish(started.JobId!.Value, JobScript.Succeeds);

        OrchestratorException error = await Remote.FailsAsync("StopRejected", lab.Session.Watcher.StopAsync(started, CancellationToken.None));

        Assert.Contains("is over (Completed) and cannot be stopped.", error.Message, StringComparison.Ordinal);
        Assert.Equal((JobStatus.Completed, "PC1"), (lab.Kept.Status, JobLab.Output(lab.Kept, "Result")));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 400)]
    [InlineData(ConnectorProtocol.Atom, 403)]
    [InlineData(ConnectorProtocol.WebApi, 400)]
    [InlineData(ConnectorProtocol.WebApi, 403)]
    public async Task A_stop_without_the_right_to_it_is_refused(ConnectorProtocol protocol, int status)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();
        (lab.Quirks.UnpublishableRunbooks, lab.Quirks.PublishRefusalStatus) = ([started.RunbookId], status);

        OrchestratorException error = await Remote.FailsAsync("StopRejected", lab.Session.Watcher.StopAsync(started, CancellationToken.None));

        Assert.Contains("requires Publish permissions on the Runbook", error.Message, StringComparison.Ordinal);
        Assert.Equal((JobStatus.Running, SourceJobStatus.Running), (lab.Kept.Status, lab.Board.Find(started.JobId!.Value)!.Status));
    }

    private static Task StopAsync(JobLab lab, Guid job) => lab.Session.Client.Jobs.StopAsync(job, CancellationToken.None).WaitAsync(Remote.Patience);
}
