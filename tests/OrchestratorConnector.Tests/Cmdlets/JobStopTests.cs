using System;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Ctrl+C ends the wait and not the job, and whoever pressed it is told what goes on.</summary>
public sealed class JobStopTests : JobTest
{
    private static string GoesOn(Guid job) => $@"The job {job} of the runbook '\Jobs\Plain' goes on at the server; Wait-SMRunbookJob -Id {job} waits on.";

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task While_a_job_is_waited_for(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Board.Script = _ => JobScript.Never;
        // The second look comes when the first one is kept.
        int looks = 0;
        Task<RecordedRequest> look = Asked(r => IsLook(r) && Interlocked.Increment(ref looks) == 2);

        RunningInvocation run = Begin("Invoke-SMRunbook Plain");
        await WhileAsync(run, look);
        run.Stop();
        ShellResult result = await EndOf(run);

        Assert.True(result.Stopped);
        Assert.Empty(result.Output);
        Assert.Empty(result.Errors);
        Guid id = Assert.Single(Board.All).Id;
        Assert.Equal([GoesOn(id)], Shell.HostWarnings);
        Assert.Equal(SourceJobStatus.Running, Board.Find(id)!.Status);
        Assert.Equal((id, JobStatus.Running), (Assert.Single(Kept()).JobId!.Value, Kept()[0].Status));

        Board.Finish(id);
        Assert.Equal(JobStatus.Completed, Job("Wait-SMRunbookJob -Id $id", ("id", id)).Status);
    }

    [Fact]
    public async Task While_several_are_waited_for_and_more_were_to_come()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        Task<bool> both = LookedAt(2);

        RunningInvocation run = Begin("1,2,3,4 | Invoke-SMRunbook Plain -ThrottleLimit 2");
        await WhileAsync(run, both);
        run.Stop();
        ShellResult result = await EndOf(run);

        Assert.True(result.Stopped);
        Assert.Equal(2, Board.All.Count);
        Assert.All(Board.All, j => Assert.Equal(SourceJobStatus.Running, j.Status));
        Assert.Equal(Board.All.Select(j => GoesOn(j.Id)).Order(StringComparer.Ordinal), Shell.HostWarnings.Order(StringComparer.Ordinal));
        Assert.Equal(2, Kept().Count);
    }

    [Theory]
    [InlineData("Wait-SMRunbookJob $id")]
    [InlineData("Wait-SMRunbookJob $id -Any")]
    [InlineData("$job | Wait-SMRunbookJob")]
    public async Task While_a_job_of_before_is_waited_for(string line)
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        SMRunbookJob job = Job("Start-SMRunbook Plain");
        Task<RecordedRequest> look = Asked(r => IsLook(r));

        RunningInvocation run = Begin(line, ("id", job.Id), ("job", job));
        await WhileAsync(run, look);
        run.Stop();
        ShellResult result = await EndOf(run);

        Assert.True(result.Stopped);
        Assert.Equal([GoesOn(job.Id!.Value)], Shell.HostWarnings);
    }

    [Fact]
    public async Task While_an_activity_waits()
    {
        await PrepareAsync();
        AddActivity();
        Board.Script = _ => JobScript.Never;
        Task<RecordedRequest> look = Asked(r => IsLook(r));

        RunningInvocation run = Begin("$o | Invoke-SMRunbookActivity 'Clean up'", ("o", CustomObject.Of(("Server", "s"), ("Owner", "o"))));
        await WhileAsync(run, look);
        run.Stop();
        ShellResult result = await EndOf(run);

        Assert.True(result.Stopped);
        Assert.Empty(result.Output);
        Assert.Contains(Assert.Single(Board.All).Id.ToString(), Assert.Single(Shell.HostWarnings), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task While_a_start_is_on_its_way_and_its_answer_comes_at_the_last_moment(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        using ManualResetEventSlim stopped = new();
        TaskCompletionSource<bool> sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Faults.Add(Fault.Delay(TimeSpan.Zero).Method("POST").When(_ =>
        {
            sent.SetResult(true);
            Assert.True(stopped.Wait(TimeSpan.FromMinutes(1)));
            return false;
        }));

        RunningInvocation run = Begin("Start-SMRunbook Plain");
        await WhileAsync(run, sent.Task);
        run.Stop();
        stopped.Set();
        ShellResult result = await EndOf(run);

        Assert.True(result.Stopped);
        Assert.Empty(result.Output);
        Guid id = Assert.Single(Board.All).Id;
        Assert.Equal([$@"The job {id} of the runbook '\Jobs\Plain' was started; Get-SMRunbookJob -Id {id} -Refresh shows how it goes."], Shell.HostWarnings);
        Assert.Equal((id, JobStatus.Pending), (Assert.Single(Kept()).JobId!.Value, Kept()[0].Status));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "Start-SMRunbook Plain")]
    [InlineData(ConnectorProtocol.WebApi, "Start-SMRunbook Plain")]
    [InlineData(ConnectorProtocol.Atom, "Invoke-SMRunbook Plain")]
    public async Task While_a_start_is_on_its_way_and_its_answer_never_comes(ConnectorProtocol protocol, string line)
    {
        await PrepareAsync(protocol);
        Server.Faults.Add(Fault.LateAnswer(Timeout.InfiniteTimeSpan).Method("POST"));
        Task<RecordedRequest> sent = Asked(IsStart);

        RunningInvocation run = Begin(line);
        await WhileAsync(run, sent);
        run.Stop();
        ShellResult result = await EndOf(run);

        Assert.True(result.Stopped);
        Assert.Empty(result.Errors);
        string said = Assert.Single(Shell.HostWarnings);
        Assert.Contains(@"The start of the runbook '\Jobs\Plain' was sent to", said, StringComparison.Ordinal);
        Assert.Contains("nobody knows here whether a job was started", said, StringComparison.Ordinal);
        Assert.Single(Writes);
        Assert.Equal((null, JobStatus.Unknown), (Assert.Single(Kept()).JobId, Kept()[0].Status));
        Assert.Equal(said, Kept()[0].Error);
    }

    [Fact]
    public async Task While_a_job_is_being_stopped_it_is_stopped_all_the_same()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        SMRunbookJob job = Job("Start-SMRunbook Plain");
        using ManualResetEventSlim stopped = new();
        TaskCompletionSource<bool> sent = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.Faults.Add(Fault.Delay(TimeSpan.Zero).When(r => r.Method != "GET").When(_ =>
        {
            sent.SetResult(true);
            Assert.True(stopped.Wait(TimeSpan.FromMinutes(1)));
            return false;
        }));

        RunningInvocation run = Begin("$job | Stop-SMRunbookJob -PassThru", ("job", job));
        await WhileAsync(run, sent.Task);
        run.Stop();
        stopped.Set();
        ShellResult result = await EndOf(run);

        Assert.True(result.Stopped);
        Assert.Empty(result.Output);
        Assert.Equal(SourceJobStatus.Canceled, Board.Find(job.Id!.Value)!.Status);
        Assert.Equal(JobStatus.Canceled, Job("Get-SMRunbookJob -Refresh").Status);
    }

    [Fact]
    public async Task Before_anything_is_sent_nothing_is_started_or_told()
    {
        await PrepareAsync();
        Fault hang = Server.Faults.Add(Fault.Hang().On("RunbookServers"));
        Task<RecordedRequest> asked = Asked(r => hang.Hits > 0);

        RunningInvocation run = Begin("Start-SMRunbook Plain -RunbookServer rbs02");
        await WhileAsync(run, asked);
        run.Stop();
        ShellResult result = await EndOf(run);

        Assert.True(result.Stopped);
        Assert.Empty(Shell.HostWarnings);
        Assert.Empty(Writes);
        Assert.Equal(0, Board.Started);
        Assert.All(Kept(), j => Assert.Equal(JobStatus.Canceled, j.Status));
    }

    [Theory]
    [InlineData("Start-SMRunbook Plain")]
    [InlineData("Invoke-SMRunbook Plain")]
    [InlineData("Get-SMRunbookJob -Remote")]
    public async Task Somebody_downstream_who_has_enough_ends_it(string line)
    {
        await PrepareAsync();
        Board.Add(Runbook("Plain"));
        Board.Add(Runbook("Plain"));

        RunningInvocation run = Begin(line.Contains("Get-", StringComparison.Ordinal) ? line + " | Select-Object -First 1" : "1,2,3,4,5,6 | " + line + " -ThrottleLimit 2 | Select-Object -First 1");
        ShellResult result = await EndOf(run);

        AssertGood(result);
        SMRunbookJob job = JobOf(Assert.Single(result.Output));
        Assert.NotNull(Board.Find(job.Id!.Value));
        // What else was started is kept, and the rest was not begun.
        Assert.Equal(Board.Started, Kept().Count(j => j.JobId is not null));
        Assert.True(Board.Started < 6);
    }

    [Fact]
    public async Task Somebody_downstream_who_has_enough_is_told_of_the_jobs_that_go_on()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        Job("Start-SMRunbook Plain");
        Board.Finish(Board.All[0].Id);
        Job("Start-SMRunbook Plain");
        Guid never = Board.All[1].Id;

        ShellResult result = Run("Wait-SMRunbookJob $ids | Select-Object -First 1", ("ids", Board.All.Select(j => j.Id).ToArray()));

        AssertGood(result);
        Assert.Equal(Board.All[0].Id, JobOf(Assert.Single(result.Output)).Id);
        Assert.Equal([GoesOn(never)], Shell.HostWarnings);
    }

    [Fact]
    public async Task While_the_list_of_the_servers_jobs_comes()
    {
        await PrepareAsync();
        Fault hang = Server.Faults.Add(Fault.Hang().On("/Jobs"));
        Task<RecordedRequest> asked = Asked(_ => hang.Hits > 0);

        RunningInvocation run = Begin("Get-SMRunbookJob -Remote");
        await WhileAsync(run, asked);
        run.Stop();
        ShellResult result = await EndOf(run);

        Assert.True(result.Stopped);
        Assert.Empty(result.Output);
        Assert.Empty(Shell.HostWarnings);
    }
}
