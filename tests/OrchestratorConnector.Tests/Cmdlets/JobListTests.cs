using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Which jobs Get-SMRunbookJob gives for what is asked: the kept ones, looked at again, or the server's.</summary>
public sealed class JobListTests : JobTest
{
    private const string Get = Commands + "GetSMRunbookJobCommand";

    /// <summary>Kept: Plain failed, Reset pending, Echo running at Berlin; Plain at Hamburg, the other generation of the same server, over.</summary>
    private async Task FillAsync()
    {
        await PrepareAsync(ConnectorProtocol.Atom, source => source.AddRunbook(@"\Jobs\Sub", "Plain old"));
        Register("Hamburg", Server.BaseUrl, "-Protocol WebApi");
        AssertGood(Run("Sync-OrchestratorConnector Hamburg"));
        Board.Script = r => r.Name switch { "Reset" => new JobScript { PendingPolls = int.MaxValue }, "Echo" => JobScript.Never, _ => new JobScript { JobFails = true } };
        Job("Start-SMRunbook Plain -Connector Berlin");
        Job("Start-SMRunbook Reset -Connector Berlin -ComputerName c -User u");
        Job("Start-SMRunbook Echo -Connector Berlin -Text t");
        Board.Script = _ => JobScript.Succeeds;
        Job("Start-SMRunbook Plain -Connector Hamburg");
        AssertGood(Run("Get-SMRunbookJob -Refresh -Connector Hamburg"));
        AssertGood(Run("Get-SMRunbookJob -Refresh -Connector Berlin"));
        Server.ClearRequests();
    }

    private static string Text(SMRunbookJob job) => $"{job.Runbook}@{job.Connector[0]} {job.Status}";

    [Theory]
    [InlineData("", "Plain@H Completed,Echo@B Running,Reset@B Pending,Plain@B Failed")]
    [InlineData("Plain", "Plain@H Completed,Plain@B Failed")]
    [InlineData("pLAIN", "Plain@H Completed,Plain@B Failed")]
    [InlineData("*e*", "Echo@B Running,Reset@B Pending")]
    [InlineData("Echo,Reset", "Echo@B Running,Reset@B Pending")]
    [InlineData(@"\Jobs\Plain", "Plain@H Completed,Plain@B Failed")]
    [InlineData(@"\jobs\R*", "Reset@B Pending")]
    [InlineData(@"Echo,\Jobs\Plain", "Plain@H Completed,Echo@B Running,Plain@B Failed")]
    [InlineData(@"\Jobs\Echo,\Jobs\Reset", "Echo@B Running,Reset@B Pending")]
    [InlineData(@"\Nowhere*", "")]
    [InlineData(@"\Nowhere,Echo", "Echo@B Running")]
    [InlineData("Watch", "")]
    [InlineData("X*", "")]
    [InlineData("-Connector Hamburg", "Plain@H Completed")]
    [InlineData("-Connector b*", "Echo@B Running,Reset@B Pending,Plain@B Failed")]
    [InlineData("-Connector X*", "")]
    [InlineData("Plain -Connector Berlin", "Plain@B Failed")]
    [InlineData("-Status Running", "Echo@B Running")]
    [InlineData("-Status Pending,Failed", "Reset@B Pending,Plain@B Failed")]
    [InlineData("-Status Canceled", "")]
    [InlineData("-Last 1", "Plain@H Completed")]
    [InlineData("-Last 2 -Connector Berlin", "Echo@B Running,Reset@B Pending")]
    [InlineData("-Last 9", "Plain@H Completed,Echo@B Running,Reset@B Pending,Plain@B Failed")]
    [InlineData("-Id $second", "Reset@B Pending")]
    [InlineData("-Id $second,$first", "Reset@B Pending,Plain@B Failed")]
    [InlineData("-Since $third", "Plain@H Completed,Echo@B Running")]
    [InlineData("-Since $third -Status Running", "Echo@B Running")]
    [InlineData("-Since 2999-01-01", "")]
    [InlineData("-Since $third -Last 1 -Connector B*", "Echo@B Running")]
    public async Task Of_those_that_were_started_here(string asked, string found)
    {
        await FillAsync();
        JobRecord[] kept = [.. Kept().Reverse()];

        SMRunbookJob[] jobs = ManyJobs("Get-SMRunbookJob " + asked, ("first", kept[0].JobId), ("second", kept[1].JobId), ("third", kept[2].RequestTime.ToLocalTime()));

        Assert.Equal(found, string.Join(',', jobs.Select(Text)));
        Assert.Equal(0, Server.RequestCount);
    }

    [Theory]
    [InlineData("Get-SMRunbook Plain | Get-SMRunbookJob", "Plain@H Completed,Plain@B Failed")]
    [InlineData("Get-SMRunbook Plain -Connector Berlin | Get-SMRunbookJob", "Plain@B Failed")]
    [InlineData("Get-SMRunbook Watch | Get-SMRunbookJob", "")]
    [InlineData("Get-SMRunbook Reset,Echo -Connector Berlin | Get-SMRunbookJob -Status Running", "Echo@B Running")]
    [InlineData("Get-SMRunbookJob -Status Running | Get-SMRunbookJob", "Echo@B Running")]
    [InlineData("$both | Get-SMRunbookJob", "Echo@B Running,Reset@B Pending")]
    [InlineData("$both | Get-SMRunbookJob -Remote", "Echo@B Running,Reset@B Pending")]
    public async Task Of_what_is_piped_in(string line, string found)
    {
        await FillAsync();
        object?[] both = [.. Good("Get-SMRunbookJob Echo"), .. Good("Get-SMRunbook Reset -Connector Berlin")];

        Assert.Equal(found.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), ManyJobs(line, ("both", both)).Select(Text).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_runbook_that_is_named_and_was_never_there_is_a_mistake()
    {
        await PrepareAsync();

        Assert.Equal(["RunbookNotFound"], ErrorIdsOf(Run("Get-SMRunbookJob Plan")));
        Assert.Equal(["RunbookNotFound"], ErrorIdsOf(Run(@"Get-SMRunbookJob \Jobs\Plan")));
        Assert.Empty(Good("Get-SMRunbookJob Plain"));
        Assert.Empty(Good("Get-SMRunbookJob Plan*"));
    }

    [Fact]
    public async Task An_id_that_is_not_kept_is_an_error_and_the_rest_comes()
    {
        await FillAsync();
        Guid known = Kept()[0].JobId!.Value;
        Guid elsewhere = Board.Add(Runbook("Plain")).Id;

        ShellResult result = Run("Get-SMRunbookJob -Id $ids", ("ids", new[] { elsewhere, known }));

        Assert.Equal([$"JobNotKept{Get}: No job {elsewhere} was started here. Get-SMRunbookJob -Remote -Connector … asks the server."], ErrorsOf(result));
        Assert.Equal(known, JobOf(Assert.Single(result.Output)).Id);
        // One that is kept, and does not fit the rest of what was asked, was started here all the same.
        Assert.DoesNotContain(Run("Get-SMRunbookJob -Id $id -Status Canceled", ("id", known)).Errors, e => e.Exception.Message.Contains("was started here", StringComparison.Ordinal));
        Assert.Empty(Run("Get-SMRunbookJob -Id $id -Status Canceled", ("id", known)).Output);
    }

    [Fact]
    public async Task A_connector_that_does_not_exist_is_an_error()
    {
        await FillAsync();

        Assert.Equal(["ConnectorNotFound"], ErrorIdsOf(Run("Get-SMRunbookJob -Connector Nobody")));
        Assert.Equal(["ConnectorNotFound"], ErrorIdsOf(Run("Get-SMRunbookJob -Remote -Connector Nobody")));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Those_that_were_not_over_are_looked_at_again(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Board.Script = _ => JobScript.Never;
        foreach (string line in new[] { "Start-SMRunbook Plain", "Start-SMRunbook Plain", "Start-SMRunbook Echo -Text t", "Start-SMRunbook Watch" })
        {
            Job(line);
        }

        Guid[] ids = [.. Board.All.Select(j => j.Id)];
        Board.Finish(ids[0]);
        Board.Cancel(ids[1]);
        Board.Finish(ids[2]);
        Assert.Equal("Pending,Pending,Pending,Pending", string.Join(',', ManyJobs("Get-SMRunbookJob").Select(j => j.Status)));
        Server.ClearRequests();

        Assert.Equal("Running,Completed,Canceled,Completed", string.Join(',', ManyJobs("Get-SMRunbookJob -Refresh").Select(j => j.Status)));
        Assert.Equal("t", Job("Get-SMRunbookJob Echo").Output["Text"]);
        Assert.Equal("Running,Completed,Canceled,Completed", string.Join(',', ManyJobs("Get-SMRunbookJob").Select(j => j.Status)));
        Assert.Equal(ids.Order(), Server.Requests.Select(Looked).OfType<Guid>().Distinct().Order());

        // What is over is not asked for again.
        Server.ClearRequests();
        Assert.Equal(ids[3], Job("Get-SMRunbookJob -Refresh -Status Running,Pending").Id);
        Assert.DoesNotContain(Server.Requests, r => IsLook(r, ids[0]) || IsLook(r, ids[1]) || IsLook(r, ids[2]));
    }

    [Fact]
    public async Task The_state_that_is_asked_for_is_the_one_after_the_look()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        Job("Start-SMRunbook Plain");
        Job("Start-SMRunbook Plain");
        Job("Start-SMRunbook Plain");
        Board.Finish(Board.All[0].Id);
        Board.Finish(Board.All[1].Id);

        Assert.Empty(Good("Get-SMRunbookJob -Status Completed"));
        Assert.Equal(Board.All[1].Id, Job("Get-SMRunbookJob -Refresh -Status Completed -Last 1").Id);
        Assert.Equal(2, Good("Get-SMRunbookJob -Refresh -Status Completed").Count);
    }

    [Fact]
    public async Task One_that_cannot_be_looked_at_is_an_error_and_comes_as_it_was()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        Job("Start-SMRunbook Plain");
        Guid gone = Board.All[0].Id;
        Board.Clear();
        Job("Start-SMRunbook Plain");
        Board.Finish(Board.All[0].Id);

        ShellResult result = Run("Get-SMRunbookJob -Refresh");

        Assert.Equal(["JobNotFound"], ErrorIdsOf(result));
        Assert.Contains(gone.ToString(), result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal([JobStatus.Completed, JobStatus.Pending], JobsOf(result).Select(j => j.Status));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_server_has_those_that_were_started_elsewhere(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        DateTime hour = DateTime.UtcNow.AddHours(-1);
        SourceJob old = Board.Add(Runbook("Reset"), new Dictionary<string, string> { ["Computer Name"] = "c", ["User"] = "u" }, "S-1-5-77", hour.AddHours(-48));
        SourceJob failed = Board.Add(Runbook("Plain"), creationTime: hour, script: new JobScript { JobFails = true });
        SourceJob running = Board.Add(Runbook("Echo"), creationTime: hour.AddMinutes(1), script: JobScript.Never);
        SMRunbookJob own = Job("Start-SMRunbook Plain");

        Assert.Equal([own.Id, running.Id, failed.Id, old.Id], ManyJobs("Get-SMRunbookJob -Remote").Select(j => j.Id));
        Assert.Equal([own.Id], ManyJobs("Get-SMRunbookJob").Select(j => j.Id));
        Assert.Equal([own.Id, running.Id], ManyJobs("Get-SMRunbookJob -Remote -Last 2").Select(j => j.Id));
        Assert.Equal([own.Id, running.Id, failed.Id], ManyJobs("Get-SMRunbookJob -Remote -Since $since", ("since", hour.ToLocalTime().AddSeconds(-1))).Select(j => j.Id));
        Assert.Equal([running.Id], ManyJobs("Get-SMRunbookJob -Remote -Status Running").Select(j => j.Id));
        Assert.Equal([failed.Id], ManyJobs("Get-SMRunbookJob -Remote -Status Failed").Select(j => j.Id));
        Assert.Equal([own.Id, failed.Id], ManyJobs("Get-SMRunbookJob -Remote Plain").Select(j => j.Id));
        Assert.Equal([own.Id, running.Id, failed.Id], ManyJobs(@"Get-SMRunbookJob -Remote \Jobs\Echo,P*").Select(j => j.Id));
        Assert.Equal([running.Id], ManyJobs("Get-SMRunbook Echo | Get-SMRunbookJob -Remote").Select(j => j.Id));
        Assert.Empty(Good("Get-SMRunbookJob -Remote Watch"));
        Assert.Empty(Good(@"Get-SMRunbookJob -Remote \Nowhere"));

        SMRunbookJob listed = ManyJobs("Get-SMRunbookJob -Remote")[3];
        Assert.Equal(("Reset", @"\Jobs\Reset", "Berlin", "S-1-5-77", JobStatus.Completed), (listed.Runbook, listed.Path, listed.Connector, listed.CreatedBy, listed.Status));
        Assert.Equal(old.CreationTime.ToLocalTime(), listed.CreationTime);
        Assert.Null(listed.StartedBy);
        // What was started here says so.
        Assert.Equal(Environment.UserName, ManyJobs("Get-SMRunbookJob -Remote")[0].StartedBy);

        // By its id it comes with its end, and is not kept for that.
        SMRunbookJob whole = Job("Get-SMRunbookJob -Remote -Id $id", ("id", old.Id));
        Assert.Equal("c", whole.Output["Result"]);
        Assert.Equal((InstanceStatus.Success, "RBS01"), (whole.InstanceStatus, whole.RunbookServer));
        Assert.NotNull(whole.FinishTime);
        Assert.Equal([own.Id], ManyJobs("Get-SMRunbookJob").Select(j => j.Id));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_id_that_no_server_knows_is_an_error(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Guid id = Board.Add(Runbook("Plain")).Id;
        Guid nobody = Guid.NewGuid();

        ShellResult result = Run("Get-SMRunbookJob -Remote -Id $ids", ("ids", new[] { nobody, id }));

        Assert.Equal(["JobNotFound"], ErrorIdsOf(result));
        Assert.Contains(nobody.ToString(), result.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(id, JobOf(Assert.Single(result.Output)).Id);
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_an_error_and_the_others_do()
    {
        await FillAsync();
        Register("Bremen", new Uri("http://127.0.0.1:1"), "-Protocol WebApi -TimeoutSeconds 5");

        ShellResult result = Run("Get-SMRunbookJob -Remote -Last 1");

        Assert.Single(ErrorsOf(result));
        Assert.Single(result.Output);
    }

    [Fact]
    public async Task What_the_server_says_of_a_kept_job_is_of_one_piece()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        Job("Start-SMRunbook Echo -Text t");
        AssertGood(Run("Get-SMRunbookJob -Refresh"));
        Board.Finish(Board.All[0].Id);

        SMRunbookJob job = Job("Get-SMRunbookJob -Remote");

        Assert.Equal(JobStatus.Completed, job.Status);
        Assert.NotEqual(InstanceStatus.InProgress, job.InstanceStatus);
        Assert.Equal(JobStatus.Running, Assert.Single(Kept()).Status);
    }

    [Fact]
    public async Task The_view_shows_how_they_ended()
    {
        await FillAsync();

        string text = Shell.Formatter.Format(Good("Get-SMRunbookJob"));

        Assert.Matches("Runbook +Status +Instance +Duration +Output", text);
        Assert.Matches("Plain +Completed +Success", text);
        Assert.Matches("Reset +Pending", text);
    }

    [Fact]
    public async Task Times_are_local()
    {
        await PrepareAsync();

        SMRunbookJob job = Job("Invoke-SMRunbook Plain");

        Assert.Equal(Board.All[0].CreationTime.ToLocalTime(), job.CreationTime);
        Assert.Equal(DateTimeKind.Local, job.CreationTime.Kind);
        Assert.Equal(DateTimeKind.Local, job.StartTime!.Value.Kind);
        Assert.Equal(DateTimeKind.Local, job.FinishTime!.Value.Kind);
        Assert.True(job.Duration >= TimeSpan.Zero);
        Assert.Equal(job.FinishTime - job.StartTime, job.Duration);
        SMRunbookJob kept = Job("Get-SMRunbookJob");
        Assert.Equal(
            (job.CreationTime, job.StartTime, job.FinishTime, DateTimeKind.Local),
            (kept.CreationTime, kept.StartTime, kept.FinishTime, kept.FinishTime!.Value.Kind));
    }
}
