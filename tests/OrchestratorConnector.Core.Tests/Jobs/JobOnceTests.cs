using System;
using System.Collections.Generic;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>A start goes out once, whatever becomes of its answer, and what is known of it is told.</summary>
public sealed class JobOnceTests
{
    // Long enough for an answer that comes at all.
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    public static TheoryData<ConnectorProtocol> Protocols => JobLab.Protocols;

    /// <summary>What happens to the answer, how many jobs there are then, whether the answer's head tells which.</summary>
    public static TheoryData<ConnectorProtocol, string, int, bool> Losses
    {
        get
        {
            TheoryData<ConnectorProtocol, string, int, bool> data = [];
            foreach (ConnectorProtocol protocol in new[] { ConnectorProtocol.Atom, ConnectorProtocol.WebApi })
            {
                data.Add(protocol, "lost before the headers", 1, false);
                data.Add(protocol, "closed after the headers", 1, true);
                data.Add(protocol, "closed short of its length", 1, true);
                data.Add(protocol, "cut off", 1, true);
                data.Add(protocol, "cut to nothing", 1, true);
                data.Add(protocol, "malformed", 1, true);
                data.Add(protocol, "false gzip", 1, true);
                data.Add(protocol, "502 after the work", 1, false);
                data.Add(protocol, "504 after the work", 1, false);
                data.Add(protocol, "303 after the work", 1, false);
                data.Add(protocol, "502", 0, false);
                data.Add(protocol, "504", 0, false);
                data.Add(protocol, "reset before the work", 0, false);
                data.Add(protocol, "web page", 0, false);
                data.Add(protocol, "too late", 1, false);
                data.Add(protocol, "never", 0, false);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Losses))]
    public async Task A_lost_answer_is_no_reason_to_start_again(ConnectorProtocol protocol, string loss, int started, bool isTold)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        lab.Reopen(lab.Lab.Options with { Retries = 3, Timeout = loss is "too late" or "never" ? Short : Remote.Patience });
        lab.Quirks.LocationOfNewJobs = false;
        lab.Server.Faults.Add(FaultOf(loss).Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("JobOutcomeUnknown");

        Assert.Equal((ErrorKind.ConnectionFailed, @"\Jobs\Reset"), (error.Kind, error.Target));
        Assert.Equal((started, 1), (lab.Board.Started, lab.Posts.Count));
        Assert.Contains("Start it again only if none of them is yours.", error.Hint, StringComparison.Ordinal);
        if (started == 1)
        {
            Assert.Contains(lab.Board.All[0].Id.ToString(), error.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains("no job of it that was created since", error.Message, StringComparison.Ordinal);
        }

        JobRecord kept = lab.Kept;
        Assert.Equal((JobStatus.Unknown, null, error.Message, null, false), (kept.Status, kept.JobId, kept.Error, kept.FinishTime, kept.IsOver));

        if (loss is "too late" or "never")
        {
            return;
        }

        // The same where the head of the answer names the job.
        lab.Server.ClearRequests();
        lab.Board.Clear();
        lab.Quirks.LocationOfNewJobs = true;
        if (isTold)
        {
            JobRecord told = await lab.StartAsync();
            Assert.Equal((lab.Board.All[0].Id, JobStatus.Pending), (told.JobId, told.Status));
            Assert.Equal((told.JobId, null), (lab.Store.FindJobs(new JobQuery { Last = 1 })[0].JobId, told.Error));
        }
        else
        {
            await lab.RefusedAsync("JobOutcomeUnknown");
        }

        Assert.Equal((started, 1), (lab.Board.Started, lab.Posts.Count));
    }

    // A reset may overtake what was sent before it, so that the head of the answer is there or not.
    [Theory]
    [InlineData(ConnectorProtocol.Atom, false)]
    [InlineData(ConnectorProtocol.WebApi, false)]
    [InlineData(ConnectorProtocol.Atom, true)]
    [InlineData(ConnectorProtocol.WebApi, true)]
    public async Task An_answer_that_is_reset_is_lost_or_read_from_its_head(ConnectorProtocol protocol, bool inBody)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        lab.Server.Faults.Add((inBody ? Fault.ResetInBody() : Fault.LostAnswer(afterHeaders: true)).Method("POST"));

        Exception? end = await Record.ExceptionAsync(() => lab.StartAsync());

        Assert.Equal((1, 1), (lab.Board.Started, lab.Posts.Count));
        Guid id = lab.Board.All[0].Id;
        if (end is null)
        {
            Assert.Equal(id, lab.Kept.JobId);
        }
        else
        {
            OrchestratorException error = Assert.IsType<OrchestratorException>(end);
            Assert.Equal("JobOutcomeUnknown", error.Id);
            Assert.Contains(id.ToString(), error.Message, StringComparison.Ordinal);
            Assert.Equal((JobStatus.Unknown, error.Message), (lab.Kept.Status, lab.Kept.Error));
        }
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 400, "StartRejected")]
    [InlineData(ConnectorProtocol.WebApi, 400, "StartRejected")]
    [InlineData(ConnectorProtocol.Atom, 401, "AuthenticationFailed")]
    [InlineData(ConnectorProtocol.WebApi, 404, "ResourceNotFound")]
    [InlineData(ConnectorProtocol.Atom, 405, "RequestRejected")]
    [InlineData(ConnectorProtocol.WebApi, 408, "RequestTimedOut")]
    [InlineData(ConnectorProtocol.Atom, 429, "ServerBusy")]
    [InlineData(ConnectorProtocol.WebApi, 429, "ServerBusy")]
    [InlineData(ConnectorProtocol.Atom, 500, "ServerFailed")]
    [InlineData(ConnectorProtocol.WebApi, 500, "ServerFailed")]
    [InlineData(ConnectorProtocol.Atom, 503, "ServerFailed")]
    [InlineData(ConnectorProtocol.WebApi, 503, "ServerFailed")]
    [InlineData(ConnectorProtocol.Atom, 302, "RedirectRefused")]
    [InlineData(ConnectorProtocol.WebApi, 307, "RedirectRefused")]
    public async Task A_refusal_is_no_reason_to_start_again(ConnectorProtocol protocol, int status, string id)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        lab.Reopen(lab.Lab.Options with { Retries = 3 });
        lab.Server.Faults.Add((status is 302 or 307 ? Fault.RedirectLoop(status) : Fault.Status(status)).Method("POST"));

        OrchestratorException error = await lab.RefusedAsync(id);

        Assert.Equal((0, 1, 1), (lab.Board.Started, lab.Posts.Count, lab.Server.RequestCount));
        JobRecord kept = lab.Kept;
        Assert.Equal((JobStatus.Failed, null, error.Message, true), (kept.Status, kept.JobId, kept.Error, kept.IsOver));
        Assert.DoesNotContain("not the connector's own server", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_is_not_there_has_started_nothing(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Uri nobody = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/api");
        listener.Stop();
        using JobSession session = lab.NewSession(lab.NewClient(url: nobody));

        OrchestratorException error = await Remote.FailsAsync("ConnectionRefused", session.Starter.StartAsync(lab.Any(), CancellationToken.None));

        Assert.Equal((JobStatus.Failed, error.Message, true), (lab.Kept.Status, lab.Kept.Error, lab.Kept.IsOver));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_demand_to_sign_in_makes_one_job_of_two_requests(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(
            protocol, configure: o => o.Authentication = FakeAuthentication.Basic("user", "password"), credentials: new ChangingCredentials("user", "password"));

        JobRecord job = await lab.StartAsync();

        Assert.Equal([401, 201], lab.Posts.Select(p => p.Status));
        Assert.Equal((1, job.JobId), (lab.Board.Started, Assert.Single(lab.Board.All).Id));
        Assert.NotEqual("S-1-5-500", job.CreatedBy);
        Assert.Equal(lab.Board.All[0].CreatedBy, job.CreatedBy);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_answer_lost_after_signing_in_is_lost(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(
            protocol, configure: o => o.Authentication = FakeAuthentication.Basic("user", "password"), credentials: new ChangingCredentials("user", "password"));
        lab.Server.Faults.Add(Fault.LostAnswer().Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("JobOutcomeUnknown");

        Assert.Equal([401, 0], lab.Posts.Select(p => p.Status));
        Assert.Equal(1, lab.Board.Started);
        Assert.Contains(lab.Board.All[0].Id.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Whoever_ends_the_wait_while_the_start_is_on_its_way_still_learns_of_the_job(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        using CancellationTokenSource stop = new();
        // The request is there, and its answer comes within the moment that is left.
        lab.Server.Faults.Add(Fault.Delay(TimeSpan.Zero).Method("POST").When(_ => Cancel(stop)));

        JobRecord job = await lab.StartAsync(lab.Any(), stop.Token);

        Assert.True(stop.IsCancellationRequested);
        Assert.Equal((lab.Board.All[0].Id, 1, 1), (job.JobId, lab.Board.Started, lab.Posts.Count));
        Assert.Equal(job.JobId, lab.Kept.JobId);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_answer_that_does_not_come_within_that_moment_is_lost(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        using CancellationTokenSource stop = new();
        lab.Server.Faults.Add(Fault.LateAnswer(Timeout.InfiniteTimeSpan).Method("POST").When(_ => Cancel(stop)));

        OrchestratorException error = await Remote.FailsAsync("JobOutcomeUnknown", lab.Session.Starter.StartAsync(lab.Any(), stop.Token));

        Assert.Equal((1, 1), (lab.Board.Started, lab.Posts.Count));
        Assert.Equal((JobStatus.Unknown, error.Message), (lab.Kept.Status, lab.Kept.Error));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Candidates_are_the_jobs_of_the_runbook_since_then(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        SourceRunbook reset = lab.Model.FindRunbook(lab.Reset.Runbook.Id)!;
        SourceJob before = lab.Board.Add(reset, creationTime: lab.Clock.Utc.AddMinutes(-1));
        SourceJob of = lab.Board.Add(lab.Model.FindRunbook(lab.Plain.Runbook.Id)!);
        SourceJob other = lab.Board.Add(reset, createdBy: "S-1-5-21-77");
        lab.Server.Faults.Add(Fault.LostAnswer().Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("JobOutcomeUnknown");

        // Whom the server calls this account is not known yet: all that may be it are named.
        Assert.Contains("The server shows jobs of it that were created since: ", error.Message, StringComparison.Ordinal);
        Assert.Contains($"{lab.Board.All[^1].Id} (Running, created 2026-03-04 05:06:07Z by S-1-5-500)", error.Message, StringComparison.Ordinal);
        Assert.Contains(other.Id.ToString(), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(before.Id.ToString(), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(of.Id.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Equal(2, lab.Server.RequestCount);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Jobs_of_other_accounts_are_no_candidates_once_one_job_told_who_this_one_is(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        await lab.StartAsync();
        lab.Clock.Advance(TimeSpan.FromMinutes(1));
        SourceJob other = lab.Board.Add(lab.Model.FindRunbook(lab.Reset.Runbook.Id)!, createdBy: "S-1-5-21-77");
        lab.Server.Faults.Add(Fault.LostAnswer().Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("JobOutcomeUnknown");

        Assert.Contains($"The server shows jobs that this account created since: {lab.Board.All[^1].Id} ", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(other.Id.ToString(), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(lab.Board.All[0].Id.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Candidates_that_cannot_be_asked_for_are_not_made_up(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        lab.Server.Faults.Add(Fault.LostAnswer().Method("POST"));
        Fault down = lab.Server.Faults.Add(Fault.Status(500).Method("GET"));

        OrchestratorException error = await lab.RefusedAsync("JobOutcomeUnknown");

        Assert.NotEqual(0, down.Hits);
        Assert.Single(lab.Posts);
        Assert.Contains("Which jobs of it there are could not be asked.", error.Message, StringComparison.Ordinal);
        Assert.Equal(error.Message, lab.Kept.Error);
    }

    // The first answer of a server that this session hears is the list of its jobs: only then its clock is known.
    [Theory]
    [InlineData(-3600)]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3600)]
    public async Task Candidates_go_by_the_clock_of_the_server(int ahead)
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.WebApi);
        TimeSpan skew = TimeSpan.FromSeconds(ahead);
        DateTime there = lab.Clock.Utc + skew;
        ServerJob own = Job(there);
        ServerJob before = Job(there.AddSeconds(-30));
        bool hasAnswered = false;
        ScriptedClient client = new(lab.NewClient())
        {
            Clock = () => hasAnswered ? skew : TimeSpan.Zero,
            Start = (_, _) => Task.FromException<ServerJob>(Error.AnswerLost(lab.Server.WebApiUrl, new TimeoutException())),
            List = filter =>
            {
                hasAnswered = true;
                return new[] { own, before }.Where(j => filter.CreatedSince is not { } since || j.CreationTime >= since);
            },
        };
        using JobSession session = lab.NewSession(client);

        OrchestratorException error = await Remote.FailsAsync("JobOutcomeUnknown", session.Starter.StartAsync(lab.Any(), CancellationToken.None));

        Assert.Contains(own.Id.ToString(), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(before.Id.ToString(), error.Message, StringComparison.Ordinal);

        ServerJob Job(DateTime created) => new() { Id = Guid.NewGuid(), RunbookId = lab.Reset.Runbook.Id, Status = JobStatus.Running, CreationTime = created };
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Candidates_of_a_server_that_cannot_compare_times_are_chosen_here(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        SourceJob before = lab.Board.Add(lab.Model.FindRunbook(lab.Reset.Runbook.Id)!, creationTime: lab.Clock.Utc.AddDays(-3));
        lab.Server.Faults.Add(Fault.LostAnswer().Method("POST"));
        lab.Server.Faults.Add(Fault.Status(400).On("CreationTime"));

        OrchestratorException error = await lab.RefusedAsync("JobOutcomeUnknown");

        Assert.Contains(lab.Board.All[^1].Id.ToString(), error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(before.Id.ToString(), error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task What_was_ended_before_it_began_is_not_sent(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        using CancellationTokenSource stop = new();
        await stop.CancelAsync();

        // Often, because what decides is which of two threads comes first.
        for (int i = 0; i < 20; i++)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.StartAsync(lab.Any(), stop.Token));
        }

        Assert.Empty(lab.Posts);
        Assert.All(lab.Store.FindJobs(new JobQuery()), j => Assert.Equal((JobStatus.Canceled, null, true), (j.Status, j.JobId, j.IsOver)));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_that_runs_is_told_whatever_becomes_of_the_store(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        // A value that tells something, so that what it tells is to be written to a connector that is gone then.
        JobOrder order = JobLab.Order(lab.Echo, ("Text", "a & b"));
        lab.Server.Faults.Add(Fault.Delay(TimeSpan.Zero).Method("POST").When(_ => lab.Store.RemoveConnector(lab.Lab.Connector, keepRunbooks: false) >= 0));

        JobRecord job = await lab.StartAsync(order);

        Assert.Equal((lab.Board.All[0].Id, JobStatus.Pending, 1), (job.JobId, job.Status, lab.Board.Started));
        Assert.Equal((job.JobId, JobStatus.Pending, null), (lab.Kept.JobId, lab.Kept.Status, lab.Kept.Error));
        Assert.Equal(protocol == ConnectorProtocol.Atom ? 1 : 0, lab.Reporter.Warnings.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Many_starts_over_bad_lines_are_as_many_requests(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        lab.Reopen(lab.Lab.Options with { Retries = 3 });
        lab.Server.Faults.Add(Fault.LostAnswer().Method("POST").Every(3));
        lab.Server.Faults.Add(Fault.Reset().Method("POST").Every(5));

        Exception?[] ends = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => Record.ExceptionAsync(() => lab.StartAsync())));

        int lost = ends.Count(e => e is not null);
        Assert.All(ends.Where(e => e is not null), e => Assert.Equal("JobOutcomeUnknown", Assert.IsType<OrchestratorException>(e).Id));
        // Every third, every fifth, and two of them both.
        Assert.Equal((14, 30), (lost, lab.Posts.Count));
        IReadOnlyList<JobRecord> kept = lab.Store.FindJobs(new JobQuery());
        Assert.Equal((30, 14), (kept.Count, kept.Count(j => j.Status == JobStatus.Unknown)));
        Assert.All(kept.Where(j => j.JobId is not null), j => Assert.NotNull(lab.Board.Find(j.JobId!.Value)));
    }

    private static bool Cancel(CancellationTokenSource stop)
    {
        stop.Cancel();
        return true;
    }

    private static Fault FaultOf(string loss) => loss switch
    {
        "lost before the headers" => Fault.LostAnswer(),
        "closed after the headers" => Fault.CutDirty(0),
        "closed short of its length" => Fault.CutDirty(0.9),
        "cut off" => Fault.CutClean(),
        "cut to nothing" => Fault.Empty(),
        "malformed" => Fault.Malformed(),
        "false gzip" => Fault.FalseGzip(),
        "502 after the work" => Fault.Status(502).AfterWork(),
        "504 after the work" => Fault.Status(504).AfterWork(),
        "303 after the work" => Fault.Status(303).AfterWork(),
        "502" => Fault.Status(502),
        "504" => Fault.Status(504).WithoutBody(),
        "reset before the work" => Fault.Reset(),
        "web page" => Fault.HtmlPage(),
        "too late" => Fault.LateAnswer(Timeout.InfiniteTimeSpan),
        _ => Fault.Hang(),
    };
}
