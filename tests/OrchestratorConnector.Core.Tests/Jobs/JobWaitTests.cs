using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>How jobs are followed to their end: how often, for how long, over which failures.</summary>
public sealed class JobWaitTests
{
    // Each half as long again as the one before, in whole milliseconds, and five seconds at most.
    private static readonly double[] Widening = [500, 750, 1125, 1687, 2531, 3796, 5000, 5000, 5000, 5000];

    public static TheoryData<ConnectorProtocol> Protocols => JobLab.Protocols;

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_is_looked_at_ever_less_often(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { PendingPolls = 4, RunningPolls = 5 });

        JobRecord job = await lab.RunAsync();

        Assert.Equal(JobStatus.Completed, job.Status);
        Assert.Equal(Widening, lab.Clock.Pauses.Select(p => p.TotalMilliseconds));
        Assert.Equal(10, Polls(lab, job));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "completed", JobStatus.Completed)]
    [InlineData(ConnectorProtocol.WebApi, "completed", JobStatus.Completed)]
    [InlineData(ConnectorProtocol.Atom, "failed", JobStatus.Failed)]
    [InlineData(ConnectorProtocol.WebApi, "failed", JobStatus.Failed)]
    [InlineData(ConnectorProtocol.Atom, "canceled", JobStatus.Canceled)]
    [InlineData(ConnectorProtocol.WebApi, "canceled", JobStatus.Canceled)]
    [InlineData(ConnectorProtocol.Atom, "canceled while pending", JobStatus.Canceled)]
    [InlineData(ConnectorProtocol.WebApi, "canceled while pending", JobStatus.Canceled)]
    public async Task Every_end_is_an_end(ConnectorProtocol protocol, string how, JobStatus end)
    {
        await using JobLab lab = await JobLab.StartAsync(
            protocol,
            how switch
            {
                "failed" => new JobScript { JobFails = true, RunningPolls = 2 },
                "canceled" => JobScript.Never,
                "canceled while pending" => new JobScript { PendingPolls = 100 },
                _ => new JobScript { RunningPolls = 2 },
            });
        int seen = 0;

        JobRecord job = await lab.WaitAsync(await lab.StartAsync(), new JobWaitOptions
        {
            Seen = (j, _, _) =>
            {
                if (++seen == 2 && how.StartsWith("canceled", StringComparison.Ordinal))
                {
                    lab.Board.Cancel(j.JobId!.Value);
                }
            },
        });

        Assert.Equal((end, true, 3), (job.Status, job.IsOver, seen));
        Assert.Equal(Samples.Text(job), Samples.Text(lab.Kept));
        Assert.Equal(how == "canceled while pending", job.StartTime is null);
        Assert.NotNull(job.FinishTime);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Every_look_is_told_and_every_change_is_kept(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { PendingPolls = 1, RunningPolls = 2 });
        List<string> looks = [];

        await lab.WaitAsync(await lab.StartAsync(), new JobWaitOptions
        {
            Seen = (job, waited, activity) =>
            {
                looks.Add(FormattableString.Invariant($"{job.Status} {job.InstanceStatus} {waited.TotalSeconds} {activity}"));
                // The end is kept before it is told.
                Assert.Equal(Samples.Text(job), Samples.Text(lab.Kept));
            },
        });

        Assert.Equal(["Pending Unknown 0.5 ", "Running InProgress 1.25 ", "Running InProgress 2.375 ", "Completed Success 4.062 "], looks);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "500")]
    [InlineData(ConnectorProtocol.WebApi, "500")]
    [InlineData(ConnectorProtocol.Atom, "503")]
    [InlineData(ConnectorProtocol.WebApi, "429")]
    [InlineData(ConnectorProtocol.Atom, "reset")]
    [InlineData(ConnectorProtocol.WebApi, "reset")]
    [InlineData(ConnectorProtocol.Atom, "reset in the body")]
    [InlineData(ConnectorProtocol.WebApi, "reset in the body")]
    [InlineData(ConnectorProtocol.Atom, "truncated")]
    [InlineData(ConnectorProtocol.WebApi, "truncated")]
    [InlineData(ConnectorProtocol.Atom, "empty")]
    [InlineData(ConnectorProtocol.WebApi, "empty")]
    [InlineData(ConnectorProtocol.Atom, "malformed")]
    [InlineData(ConnectorProtocol.WebApi, "malformed")]
    [InlineData(ConnectorProtocol.Atom, "web page")]
    [InlineData(ConnectorProtocol.WebApi, "web page")]
    public async Task What_passes_between_two_looks_is_survived(ConnectorProtocol protocol, string failure)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { RunningPolls = 3 });
        Fault fault = lab.Server.Faults.Add(FaultOf(failure).Method("GET").Every(3));

        JobRecord job = await lab.RunAsync();

        Assert.Equal((JobStatus.Completed, InstanceStatus.Success, "PC1"), (job.Status, job.InstanceStatus, JobLab.Output(job, "Result")));
        Assert.InRange(fault.Hits, 2, 4);
        Assert.Contains(lab.Reporter.VerboseLines, l => l.Contains("could not be asked for, and is asked for again", StringComparison.Ordinal));
        Assert.Single(lab.Posts);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Ten_minutes_of_nothing_but_failures_are_enough(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();
        DateTime asked = lab.Clock.Utc;
        lab.Server.Faults.Add(Fault.Status(500).Method("GET"));

        OrchestratorException error = await Remote.FailsAsync("JobWaitLost", lab.WaitAsync(started));

        TimeSpan waited = lab.Clock.Utc - asked;
        Assert.InRange(waited, JobWatcher.Patience + JobWatcher.FirstPause, JobWatcher.Patience + JobWatcher.FirstPause + JobWatcher.LongestPause);
        Assert.Contains("for 10 minutes the server gave nothing but errors", error.Message, StringComparison.Ordinal);
        Assert.Equal((started.JobId, ErrorKind.ConnectionFailed), ((Guid?)error.Target, error.Kind));
        Assert.Equal(JobStatus.Pending, lab.Kept.Status);
        Assert.False(lab.Kept.IsOver);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_result_that_cannot_be_read_for_good_ends_the_wait_too(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        JobRecord started = await lab.StartAsync();
        DateTime asked = lab.Clock.Utc;
        // The job itself is told all the time.
        lab.Server.Faults.Add(Fault.Status(500).On(@"/RunbookInstances|/Instances"));

        await Remote.FailsAsync("JobWaitLost", lab.WaitAsync(started));

        Assert.InRange(lab.Clock.Utc - asked, JobWatcher.Patience, JobWatcher.Patience + TimeSpan.FromSeconds(15));
        Assert.False(lab.Kept.IsOver);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task One_good_answer_in_ten_minutes_is_enough_to_go_on(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { RunningPolls = 5 });
        // 5 seconds each: 99 failures are less than ten minutes, all of them together are more.
        int looks = 0;
        lab.Server.Faults.Add(Fault.Status(500).On(@"Jobs(\(guid'[^']+'\)|/[0-9a-f-]{36})(\?|$)").When(_ => Interlocked.Increment(ref looks) % 100 != 0));

        JobRecord job = await lab.WaitAsync(await lab.StartAsync());

        Assert.Equal(JobStatus.Completed, job.Status);
        Assert.True(lab.Clock.Utc - job.RequestTime > TimeSpan.FromMinutes(30));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_refusal_ends_the_wait_at_once(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();
        lab.Server.Faults.Add(Fault.Status(401).Method("GET"));

        await Remote.FailsAsync("AuthenticationFailed", lab.WaitAsync(started));

        Assert.Equal(1, Polls(lab, started));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_that_the_server_forgot_ends_the_wait(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();
        lab.Board.Clear();

        OrchestratorException error = await Remote.FailsAsync("JobNotFound", lab.WaitAsync(started));

        Assert.Equal(started.JobId, (Guid?)error.Target);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_wait_has_an_end_and_the_job_goes_on(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();

        OrchestratorException error = await Remote.FailsAsync("JobWaitTimedOut", lab.WaitAsync(started, new JobWaitOptions { Timeout = TimeSpan.FromSeconds(3) }));

        // The last look is at the last moment.
        Assert.Equal([0.5, 0.75, 1.125, 0.625], lab.Clock.Pauses.Select(p => p.TotalSeconds));
        Assert.Contains("was not over within 3 seconds; it goes on.", error.Message, StringComparison.Ordinal);
        Assert.Equal((started.JobId, ErrorKind.TimedOut), ((Guid?)error.Target, error.Kind));
        Assert.Contains("Wait-SMRunbookJob", error.Hint, StringComparison.Ordinal);
        Assert.Equal(SourceJobStatus.Running, lab.Board.Find(started.JobId!.Value)!.Status);
        Assert.Equal(JobStatus.Running, lab.Kept.Status);
        Assert.DoesNotContain(lab.Server.Requests, r => r.Verb is "MERGE" or "PATCH");
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_that_ends_at_the_last_moment_is_over_in_time(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { RunningPolls = 3 });

        JobRecord job = await lab.WaitAsync(await lab.StartAsync(), new JobWaitOptions { Timeout = TimeSpan.FromSeconds(3) });

        Assert.Equal((JobStatus.Completed, 4), (job.Status, Polls(lab, job)));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task No_time_at_all_is_one_look(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);

        JobRecord job = await lab.WaitAsync(await lab.StartAsync(), new JobWaitOptions { Timeout = TimeSpan.Zero });

        Assert.Equal((JobStatus.Completed, 1), (job.Status, Polls(lab, job)));
        Assert.Empty(lab.Clock.Pauses);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_wait_ends_in_time_over_failures_too(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();
        lab.Server.Faults.Add(Fault.Status(500).Method("GET"));

        await Remote.FailsAsync("JobWaitTimedOut", lab.WaitAsync(started, new JobWaitOptions { Timeout = TimeSpan.FromSeconds(30) }));

        Assert.Equal(started.RequestTime.AddSeconds(30), lab.Clock.Utc);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, true)]
    [InlineData(ConnectorProtocol.WebApi, true)]
    [InlineData(ConnectorProtocol.Atom, false)]
    [InlineData(ConnectorProtocol.WebApi, false)]
    public async Task A_job_that_is_not_over_in_time_can_be_stopped(ConnectorProtocol protocol, bool isRunning)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, isRunning ? JobScript.Never : new JobScript { PendingPolls = 100 });
        JobRecord started = await lab.StartAsync();

        OrchestratorException error = await Remote.FailsAsync(
            "JobWaitTimedOut", lab.WaitAsync(started, new JobWaitOptions { Timeout = TimeSpan.FromSeconds(2), StopOnTimeout = true }));

        Assert.Contains("was not over within 2 seconds; it was stopped.", error.Message, StringComparison.Ordinal);
        Assert.Null(error.Hint);
        Assert.Equal(SourceJobStatus.Canceled, lab.Board.Find(started.JobId!.Value)!.Status);
        Assert.Single(lab.Server.Requests, r => r.Verb is "MERGE" or "PATCH");
        Assert.Equal((JobStatus.Canceled, true), (lab.Kept.Status, lab.Kept.IsOver));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Whoever_ends_the_wait_leaves_the_job(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();
        lab.Clock.Leaps = false;
        using CancellationTokenSource stop = new();
        Task<JobRecord> wait = lab.WaitAsync(started, new JobWaitOptions { StopOnTimeout = true }, stop.Token);
        await lab.Clock.Waiting.WaitAsync(Remote.Patience);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        Assert.Equal(1, lab.Server.RequestCount);
        Assert.Contains(lab.Board.Find(started.JobId!.Value)!.Status, new[] { SourceJobStatus.Pending, SourceJobStatus.Running });
        Assert.Equal((JobStatus.Pending, null), (lab.Kept.Status, lab.Kept.Error));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_look_under_way_ends_with_the_wait(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();
        using CancellationTokenSource stop = new();
        lab.Server.Faults.Add(Fault.Hang().Method("GET").When(_ =>
        {
            stop.Cancel();
            return true;
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.WaitAsync(started, cancellationToken: stop.Token));

        Assert.Equal((1, SourceJobStatus.Running), (Polls(lab, started), lab.Board.Find(started.JobId!.Value)!.Status));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 0)]
    [InlineData(ConnectorProtocol.Atom, 3)]
    [InlineData(ConnectorProtocol.WebApi, 0)]
    [InlineData(ConnectorProtocol.WebApi, 3)]
    public async Task A_success_costs_its_start_its_looks_and_two_requests(ConnectorProtocol protocol, int polls)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { RunningPolls = polls });

        JobRecord first = await lab.RunAsync();

        Assert.Equal("RBS01", first.RunbookServer);
        Assert.Equal(1 + (polls + 1) + 2, lab.Server.RequestCount);
        Assert.Single(lab.Server.Requests, r => r.Path.EndsWith("/RunbookServers", StringComparison.Ordinal));

        lab.Server.ClearRequests();
        JobRecord second = await lab.RunAsync();

        // The runbook servers are known now.
        Assert.Equal("RBS01", second.RunbookServer);
        Assert.Equal(1 + (polls + 1) + 1, lab.Server.RequestCount);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_runbook_without_parameters_costs_no_more(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);

        JobRecord job = await lab.RunAsync(JobLab.Order(lab.Plain, Array.Empty<GivenValue>()));

        Assert.Equal(InstanceStatus.Success, job.InstanceStatus);
        Assert.Equal(1 + 1 + 2, lab.Server.RequestCount);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_runbook_servers_that_are_kept_are_believed(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        await lab.RunAsync();
        lab.Reopen();
        lab.Server.ClearRequests();

        JobRecord job = await lab.RunAsync();

        Assert.Equal(("RBS01", 3), (job.RunbookServer, lab.Server.RequestCount));

        // Until one turns up that is not among them.
        lab.Model.AddServer("RBS03");
        lab.Server.ClearRequests();
        lab.Reopen();
        job = await lab.RunAsync(new JobOrder { Runbook = lab.Reset, Parameters = lab.Any().Parameters, RunbookServers = ["rbs03"] });

        Assert.Equal(("RBS03", 4), (job.RunbookServer, lab.Server.RequestCount));
    }

    // Whoever asked first may go; the others asked too.
    [Fact]
    public async Task One_who_ends_his_wait_does_not_end_that_of_others()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.WebApi);
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int times = 0;
        ScriptedClient client = new(lab.NewClient())
        {
            Servers = async token =>
            {
                if (Interlocked.Increment(ref times) == 1)
                {
                    asked.SetResult();
                    await Task.Delay(Timeout.Infinite, token);
                }

                return [new RunbookServer(lab.Model.Servers[0].Id, "RBS01")];
            },
        };
        using JobSession session = lab.NewSession(client);
        JobRecord one = await session.Starter.StartAsync(lab.Any(), CancellationToken.None);
        JobRecord other = await session.Starter.StartAsync(lab.Any(), CancellationToken.None);
        using CancellationTokenSource stop = new();
        Task<JobRecord> first = session.Watcher.WaitAsync(one, new JobWaitOptions(), stop.Token);
        await asked.Task.WaitAsync(Remote.Patience);
        Task<JobRecord> second = session.Watcher.WaitAsync(other, new JobWaitOptions(), CancellationToken.None);

        await stop.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first.WaitAsync(Remote.Patience));
        JobRecord job = await second.WaitAsync(Remote.Patience);
        Assert.Equal((JobStatus.Completed, "RBS01"), (job.Status, job.RunbookServer));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_that_ends_while_it_is_to_be_stopped_has_its_result(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();

        JobRecord job = await lab.WaitAsync(started, new JobWaitOptions
        {
            Timeout = TimeSpan.FromSeconds(1),
            StopOnTimeout = true,
            Seen = (j, waited, _) =>
            {
                if (!j.IsOver && waited >= TimeSpan.FromSeconds(1))
                {
                    lab.Board.Finish(j.JobId!.Value, JobScript.Succeeds);
                }
            },
        });

        Assert.Equal((JobStatus.Completed, InstanceStatus.Success, "PC1"), (job.Status, job.InstanceStatus, JobLab.Output(job, "Result")));
        Assert.Equal(Samples.Text(job), Samples.Text(lab.Kept));
        Assert.Equal(400, Assert.Single(lab.Server.Requests, r => r.Verb is "MERGE" or "PATCH").Status);
    }

    [Fact]
    public async Task A_web_api_that_expands_nothing_is_asked_to_once()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.WebApi, new JobScript { RunningPolls = 1 });
        Fault refused = lab.Server.Faults.Add(Fault.Status(400).On(@"\$expand"));

        for (int i = 0; i < 3; i++)
        {
            JobRecord job = await lab.RunAsync();
            Assert.Equal((InstanceStatus.Success, "PC1", "RBS01"), (job.InstanceStatus, JobLab.Output(job, "Result"), job.RunbookServer));
        }

        Assert.Equal(1, refused.Hits);
        // Start, two looks, the list of runs, the run, its parameters; once the refusal and the runbook servers.
        Assert.Equal((3 * 6) + 2, lab.Server.RequestCount);
    }

    [Fact]
    public async Task A_service_that_expands_nothing_is_asked_to_once()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom, new JobScript { RunningPolls = 1 });
        Fault refused = lab.Server.Faults.Add(Fault.Status(400).On(@"\$expand"));

        for (int i = 0; i < 3; i++)
        {
            JobRecord job = await lab.RunAsync();
            Assert.Equal((InstanceStatus.Success, "PC1", "RBS01"), (job.InstanceStatus, JobLab.Output(job, "Result"), job.RunbookServer));
        }

        Assert.Equal(1, refused.Hits);
        // Start, two looks, the run, its parameters; once the refusal and the runbook servers.
        Assert.Equal((3 * 5) + 2, lab.Server.RequestCount);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_step_that_runs_is_told_to_whoever_wonders(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { RunningPolls = 6, FailedActivity = "Copy" });
        lab.Model.Edit(lab.Reset.Runbook.Id, r => r.ActivityNames = ["Start", "Copy", "End"]);
        List<string?> steps = [];

        await lab.WaitAsync(await lab.StartAsync(), new JobWaitOptions { LooksUpActivity = true, Seen = (_, _, activity) => steps.Add(activity) });

        // After 0.5, 1.25, 2.375 seconds and so on: who does not wait for two seconds does not wonder.
        Assert.Equal([null, null, "Copy", "Copy", "Copy", "Copy", null], steps);
        Assert.InRange(lab.Server.Requests.Count(r => r.Path.Contains("/Activities", StringComparison.OrdinalIgnoreCase)), 0, 1);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Nobody_asks_for_steps_that_nobody_wants(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { RunningPolls = 6 });

        await lab.RunAsync();

        Assert.DoesNotContain(lab.Server.Requests, r => r.Target.Contains("Activit", StringComparison.OrdinalIgnoreCase));
    }

    private static int Polls(JobLab lab, JobRecord job) => lab.Server.Requests.Count(r =>
        r.Verb == "GET" && (r.Path.EndsWith($"/Jobs(guid'{job.JobId}')", StringComparison.Ordinal) || r.Path.EndsWith($"/Jobs/{job.JobId}", StringComparison.Ordinal)));

    private static Fault FaultOf(string failure) => failure switch
    {
        "reset" => Fault.Reset(),
        "reset in the body" => Fault.ResetInBody(),
        "truncated" => Fault.CutClean(),
        "empty" => Fault.Empty(),
        "malformed" => Fault.Malformed(),
        "web page" => Fault.HtmlPage(),
        _ => Fault.Status(int.Parse(failure, System.Globalization.CultureInfo.InvariantCulture)),
    };
}
