using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>How a job ended: the state of its run, what came out, which step failed and why.</summary>
public sealed class JobResultTests
{
    public static TheoryData<ConnectorProtocol> Protocols => JobLab.Protocols;

    /// <summary>Both generations, with and without what hangs on an entity in its own answer.</summary>
    public static TheoryData<ConnectorProtocol, bool> Expansions => new()
    {
        { ConnectorProtocol.Atom, true },
        { ConnectorProtocol.Atom, false },
        { ConnectorProtocol.WebApi, true },
        { ConnectorProtocol.WebApi, false },
    };

    [Theory]
    [InlineData(ConnectorProtocol.Atom, JobEnd.Success, false, InstanceStatus.Success)]
    [InlineData(ConnectorProtocol.WebApi, JobEnd.Success, false, InstanceStatus.Success)]
    [InlineData(ConnectorProtocol.Atom, JobEnd.Success, true, InstanceStatus.Success)]
    [InlineData(ConnectorProtocol.WebApi, JobEnd.Success, true, InstanceStatus.Success)]
    [InlineData(ConnectorProtocol.Atom, JobEnd.Warning, false, InstanceStatus.Warning)]
    [InlineData(ConnectorProtocol.WebApi, JobEnd.Warning, true, InstanceStatus.Warning)]
    [InlineData(ConnectorProtocol.Atom, JobEnd.Failure, true, InstanceStatus.Failed)]
    [InlineData(ConnectorProtocol.WebApi, JobEnd.Failure, false, InstanceStatus.Failed)]
    public async Task The_run_says_how_it_went_in_any_case(ConnectorProtocol protocol, JobEnd end, bool isCapital, InstanceStatus status)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { End = end, RunningPolls = 1 });
        lab.Quirks.CapitalInstanceStatus = isCapital;

        JobRecord job = await lab.RunAsync();

        Assert.Equal((JobStatus.Completed, status), (job.Status, job.InstanceStatus));
        Assert.Equal(Samples.Text(job), Samples.Text(lab.Kept));
        Assert.Equal(end == JobEnd.Failure, job.FailedActivity is not null);
    }

    [Theory]
    [MemberData(nameof(Expansions))]
    public async Task A_success_has_outputs_times_and_a_machine(ConnectorProtocol protocol, bool expands)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript
        {
            RunningPolls = 2,
            Outputs = (_, inputs) => new Dictionary<string, string> { ["Result"] = $"{inputs["User"]}@{inputs["Computer"]}" },
        });
        lab.Model.AddParameter(lab.Reset.Runbook.Id, "Empty", "Out");
        Refuse(lab, expands);
        JobOrder order = new() { Runbook = lab.Reset, Parameters = lab.Any().Parameters, RunbookServers = ["RBS02"] };

        JobRecord job = await lab.RunAsync(order);

        SourceInstance run = Assert.Single(lab.Board.InstancesOf(job.JobId!.Value));
        Assert.Equal((JobStatus.Completed, InstanceStatus.Success), (job.Status, job.InstanceStatus));
        Assert.Equal([Samples.Pair("Empty", ""), Samples.Pair("Result", "anna@PC1")], job.Outputs.OrderBy(o => o.Key, StringComparer.Ordinal));
        Assert.Equal((run.CreationTime, run.CompletionTime), (job.StartTime, job.FinishTime));
        Assert.True(job.StartTime < job.FinishTime);
        Assert.Equal(("rbs02", null, null), (job.RunbookServer, job.FailedActivity, job.Error));
        Assert.Equal(Samples.Text(job), Samples.Text(lab.Kept));
    }

    [Theory]
    [MemberData(nameof(Expansions))]
    public async Task A_runbook_that_failed_under_a_completed_job_tells_its_step_and_why(ConnectorProtocol protocol, bool expands)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Fails("Copy", " The disk is full: <C:> & more.\r\nLine two "));
        lab.Model.Edit(lab.Reset.Runbook.Id, r => r.ActivityNames = ["Start", "Check", "Copy", "End"]);
        Refuse(lab, expands);

        JobRecord job = await lab.RunAsync();

        Assert.Equal((JobStatus.Completed, InstanceStatus.Failed), (job.Status, job.InstanceStatus));
        Assert.Equal("Copy", job.FailedActivity);
        Assert.Equal("The disk is full: <C:> & more.\r\nLine two", job.Error!.ReplaceLineEndings("\r\n"));
        Assert.Empty(job.Outputs);
        Assert.Equal(Samples.Text(job), Samples.Text(lab.Kept));
    }

    [Theory]
    [MemberData(nameof(Expansions))]
    public async Task A_job_that_failed_itself_tells_its_step_too(ConnectorProtocol protocol, bool expands)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { JobFails = true, End = JobEnd.Failure, FailedActivity = "Copy", ErrorText = "No." });
        lab.Model.Edit(lab.Reset.Runbook.Id, r => r.ActivityNames = ["Copy", "End"]);
        lab.Quirks.OutputsOfFailedInstances = true;
        Refuse(lab, expands);

        JobRecord job = await lab.RunAsync();

        Assert.Equal((JobStatus.Failed, "Copy", "No.", "PC1"), (job.Status, job.FailedActivity, job.Error, JobLab.Output(job, "Result")));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "Error summary text", "No.")]
    [InlineData(ConnectorProtocol.WebApi, "Error summary text", "No.")]
    [InlineData(ConnectorProtocol.Atom, "ERROR_DETAILS", "No.")]
    [InlineData(ConnectorProtocol.WebApi, "ERROR_DETAILS", "No.")]
    [InlineData(ConnectorProtocol.Atom, "Something else", null)]
    [InlineData(ConnectorProtocol.WebApi, "Something else", null)]
    public async Task Every_name_of_an_error_is_taken(ConnectorProtocol protocol, string name, string? error)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { End = JobEnd.Failure, ErrorText = "No." });
        lab.Quirks.ErrorDataName = name;

        JobRecord job = await lab.RunAsync();

        Assert.NotNull(job.FailedActivity);
        Assert.Equal(error, job.Error);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_warning_is_no_failure(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Warns);

        JobRecord job = await lab.RunAsync();

        Assert.Equal((InstanceStatus.Warning, null, null, "PC1"), (job.InstanceStatus, job.FailedActivity, job.Error, JobLab.Output(job, "Result")));
        Assert.DoesNotContain(lab.Server.Requests, r => r.Target.Contains("Activit", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Expansions))]
    public async Task The_last_of_several_runs_counts(ConnectorProtocol protocol, bool expands)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        lab.Model.AddParameter(lab.Watch.Runbook.Id, "Event", "Out");
        await lab.Lab.SyncedAsync();
        Refuse(lab, expands);
        int run = 0;
        lab.Board.Script = _ => new JobScript { Outputs = (_, _) => new Dictionary<string, string> { ["Event"] = $"event {++run}" } };
        JobRecord started = await lab.StartAsync(JobLab.Order(lab.Watch, Array.Empty<GivenValue>()));
        for (int i = 0; i < 60; i++)
        {
            lab.Clock.Advance(TimeSpan.FromSeconds(1));
            lab.Board.NextInstance(started.JobId!.Value);
        }

        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        lab.Board.Finish(started.JobId!.Value, JobScript.Warns with { Outputs = (_, _) => new Dictionary<string, string> { ["Event"] = "the last" } });

        JobRecord job = await lab.Session.Watcher.RefreshAsync(started, CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.Equal(61, lab.Board.InstancesOf(started.JobId!.Value).Count);
        Assert.Equal((JobStatus.Completed, InstanceStatus.Warning, "the last"), (job.Status, job.InstanceStatus, JobLab.Output(job, "Event")));
        Assert.Equal(lab.Board.InstancesOf(started.JobId!.Value)[^1].CreationTime, job.StartTime);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, true)]
    [InlineData(ConnectorProtocol.Atom, false)]
    [InlineData(ConnectorProtocol.WebApi, true)]
    [InlineData(ConnectorProtocol.WebApi, false)]
    public async Task A_job_that_was_canceled_tells_no_error(ConnectorProtocol protocol, bool isRunning)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, isRunning ? JobScript.Never : new JobScript { PendingPolls = 9 });
        JobRecord started = await lab.StartAsync();
        await lab.Session.Watcher.RefreshAsync(started, CancellationToken.None);
        lab.Board.Cancel(started.JobId!.Value);

        JobRecord job = await lab.WaitAsync(started);

        Assert.Equal((JobStatus.Canceled, null, null, true), (job.Status, job.FailedActivity, job.Error, job.IsOver));
        Assert.NotNull(job.FinishTime);
        Assert.Empty(job.Outputs);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_machine_that_is_not_listed_has_no_name(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        lab.Model.Clear();
        SourceRunbook gone = lab.Model.AddRunbook(@"\Jobs", "Alone");
        await lab.Lab.SyncedAsync(force: true);

        JobRecord job = await lab.RunAsync(JobLab.Order(lab.Find("Alone"), Array.Empty<GivenValue>()));

        Assert.Equal((gone.Id, JobStatus.Completed, null), (job.RunbookId, job.Status, job.RunbookServer));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_result_does_not_fail_for_the_name_of_a_machine(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        lab.Server.Faults.Add(Fault.Status(500).On("RunbookServers"));

        JobRecord job = await lab.RunAsync();

        Assert.Equal((JobStatus.Completed, null, "PC1"), (job.Status, job.RunbookServer, JobLab.Output(job, "Result")));
        Assert.Contains(lab.Reporter.VerboseLines, l => l.Contains("The runbook servers could not be read", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Many_parameters_come_out_all(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, configure: o => o.WebApiPageSize = 7);
        (string, string)[] names = [.. Enumerable.Range(0, 60).SelectMany(i => new[] { ($"P{i:00}", "In"), ($"P{i:00}", "Out") })];
        lab.Model.AddRunbook(@"\Jobs", "Wide", names);
        await lab.Lab.SyncedAsync();
        Refuse(lab, protocol == ConnectorProtocol.WebApi);
        JobOrder order = JobLab.Order(lab.Find("Wide"), [.. Enumerable.Range(0, 60).Select(i => ($"p{i:00}", $"value {i}"))]);

        JobRecord job = await lab.RunAsync(order);

        Assert.Equal(Enumerable.Range(0, 60).Select(i => Samples.Pair($"P{i:00}", $"value {i}")), job.Outputs.OrderBy(o => o.Key, StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_that_nobody_followed_is_looked_at_later(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { RunningPolls = 1 });
        await lab.StartAsync();
        // The process that started it is gone.
        lab.Reopen();
        JobRecord left = Assert.Single(lab.Store.FindJobs(new JobQuery { Statuses = [JobStatus.Pending, JobStatus.Running] }));

        JobRecord running = await lab.Session.Watcher.RefreshAsync(left, CancellationToken.None).WaitAsync(Remote.Patience);
        Assert.Equal((JobStatus.Running, InstanceStatus.InProgress), (running.Status, running.InstanceStatus));
        Assert.Equal(Samples.Text(running), Samples.Text(lab.Kept));

        JobRecord ended = await lab.Session.Watcher.RefreshAsync(running, CancellationToken.None).WaitAsync(Remote.Patience);
        Assert.Equal((JobStatus.Completed, InstanceStatus.Success, "PC1", "RBS01"), (ended.Status, ended.InstanceStatus, JobLab.Output(ended, "Result"), ended.RunbookServer));
        Assert.Equal(Samples.Text(ended), Samples.Text(lab.Kept));
        Assert.Empty(lab.Clock.Pauses);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_job_that_was_started_elsewhere_is_described_and_not_kept(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        SourceJob other = lab.Board.Add(
            lab.Model.FindRunbook(lab.Reset.Runbook.Id)!, new Dictionary<string, string> { ["Computer"] = "PC9" }, createdBy: "S-1-5-21-9");
        JobRecord empty = Samples.Job() with { ConnectorId = lab.Lab.Connector.Id, JobId = other.Id };
        ServerJob seen = await lab.Session.Client.Jobs.GetJobAsync(other.Id, CancellationToken.None);
        while (!seen.IsOver)
        {
            seen = await lab.Session.Client.Jobs.GetJobAsync(other.Id, CancellationToken.None);
        }

        JobRecord job = await lab.Session.Watcher.DescribeAsync(empty, seen, CancellationToken.None);

        Assert.Equal((JobStatus.Completed, "PC9", "S-1-5-21-9"), (job.Status, JobLab.Output(job, "Result"), job.CreatedBy));
        Assert.Empty(lab.Store.FindJobs(new JobQuery()));
    }

    [Fact]
    public void What_a_list_tells_of_a_job_is_its_state()
    {
        DateTime time = new(2026, 3, 4, 5, 6, 7, DateTimeKind.Utc);
        JobRecord pending = Samples.Job() with { JobId = Samples.Id(7), CreatedBy = "old" };
        ServerJob seen = new() { Id = Samples.Id(7), RunbookId = Samples.Id(1), Status = JobStatus.Running, CreationTime = time, LastModifiedTime = time.AddSeconds(1) };

        JobRecord running = JobWatcher.Combine(pending, seen);
        Assert.Equal(
            (JobStatus.Running, InstanceStatus.InProgress, "old", time, null),
            (running.Status, running.InstanceStatus, running.CreatedBy, running.CreationTime, running.FinishTime));

        JobRecord completed = JobWatcher.Combine(running, seen with { Status = JobStatus.Completed });
        Assert.Equal((JobStatus.Completed, InstanceStatus.Unknown, time.AddSeconds(1)), (completed.Status, completed.InstanceStatus, completed.FinishTime));

        // What is over is known better here.
        Assert.Same(completed, JobWatcher.Combine(completed, seen));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Jobs_are_listed_by_what_is_wanted(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never, configure: o => o.PageSize = 3);
        SourceRunbook reset = lab.Model.FindRunbook(lab.Reset.Runbook.Id)!;
        SourceRunbook plain = lab.Model.FindRunbook(lab.Plain.Runbook.Id)!;
        DateTime now = lab.Clock.Utc;
        SourceJob[] jobs = [.. Enumerable.Range(0, 20).Select(i => lab.Board.Add(
            i % 2 == 0 ? reset : plain,
            new Dictionary<string, string> { ["Computer"] = $"<{i}>" },
            creationTime: now.AddMinutes(i),
            script: i % 4 < 2 ? JobScript.Succeeds : JobScript.Never))];
        jobs = [.. jobs.Select(j => lab.Board.Find(j.Id)!)];
        lab.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal(Ids(jobs), await ListAsync(new JobFilter()));
        Assert.Equal(Ids(jobs.Where(j => j.RunbookId == plain.Id)), await ListAsync(new JobFilter { RunbookId = plain.Id }));
        Assert.Equal(Ids(jobs.Skip(7)), await ListAsync(new JobFilter { CreatedSince = now.AddMinutes(7) }));
        Assert.Equal(Ids(lab.Board.All.Where(j => j.Status is SourceJobStatus.Running or SourceJobStatus.Pending)), await ListAsync(new JobFilter { IsActive = true }));
        Assert.Equal(
            Ids(lab.Board.All.Where(j => j.RunbookId == reset.Id && j.Status == SourceJobStatus.Running && j.CreationTime >= now.AddMinutes(5))),
            await ListAsync(new JobFilter { RunbookId = reset.Id, IsActive = true, CreatedSince = now.AddMinutes(5) }));

        static IEnumerable<Guid> Ids(IEnumerable<SourceJob> jobs) => jobs.Select(j => j.Id).Order();

        async Task<IEnumerable<Guid>> ListAsync(JobFilter filter)
        {
            ListSink<ServerJob> sink = new();
            await lab.Session.Client.Jobs.ReadJobsAsync(filter, sink, CancellationToken.None).WaitAsync(Remote.Patience);
            return sink.Items.Select(j => j.Id).Order();
        }
    }

    private static void Refuse(JobLab lab, bool expands)
    {
        if (!expands)
        {
            lab.Server.Faults.Add(Fault.Status(400).On(@"\$expand"));
        }
    }
}
