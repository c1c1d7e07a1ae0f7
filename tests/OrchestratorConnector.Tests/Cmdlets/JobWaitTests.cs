using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Waiting for jobs that run already, and stopping them.</summary>
public sealed class JobWaitTests : JobTest
{
    private const string Wait = Commands + "WaitSMRunbookJobCommand";
    private const string Stop = Commands + "StopSMRunbookJobCommand";

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Several_come_with_their_ends(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Board.Script = r => r.Name == "Echo" ? new JobScript { JobFails = true } : JobScript.Succeeds;
        SMRunbookJob[] started = [Job("Start-SMRunbook Plain"), Job("Start-SMRunbook Reset -ComputerName c -User u"), Job("Start-SMRunbook Echo -Text t")];

        ShellResult result = Run("$jobs | Wait-SMRunbookJob", ("jobs", started));

        Assert.Equal(["RunbookFailed"], ErrorIdsOf(result));
        Assert.Equal(
            ["Echo Failed", "Plain Completed", "Reset Completed"],
            JobsOf(result).Select(j => $"{j.Runbook} {j.Status}").Order(StringComparer.Ordinal));
        Assert.Equal(started.Select(j => j.Id).Order(), JobsOf(result).Select(j => j.Id).Order());
        Assert.Equal("c", Property(result.Output.Single(o => JobOf(o).Runbook == "Reset"), "Result"));

        // What is over by now comes at once, without a question to the server.
        Server.ClearRequests();
        ShellResult again = Run("Wait-SMRunbookJob $ids", ("ids", started.Select(j => j.Id!.Value).Append(started[0].Id!.Value).ToArray()));
        Assert.Equal(["Plain", "Reset", "Echo"], JobsOf(again).Select(j => j.Runbook));
        Assert.Equal(["RunbookFailed"], ErrorIdsOf(again));
        Assert.Equal(0, Server.RequestCount);
    }

    [Fact]
    public async Task A_start_can_be_piped_into_it()
    {
        await PrepareAsync();

        ShellResult result = Run("Get-SMRunbook Plain | Start-SMRunbook | Wait-SMRunbookJob");

        AssertGood(result);
        Assert.Equal(JobStatus.Completed, JobOf(Assert.Single(result.Output)).Status);
    }

    [Theory]
    [InlineData("$jobs | Wait-SMRunbookJob -Any")]
    [InlineData("Wait-SMRunbookJob -Id $ids -Any")]
    public async Task The_first_of_several_is_enough_and_the_others_go_on(string line)
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        SMRunbookJob[] started = [Job("Start-SMRunbook Plain"), Job("Start-SMRunbook Plain"), Job("Start-SMRunbook Plain")];
        Task<RecordedRequest> look = Asked(r => IsLook(r));

        RunningInvocation run = Begin(line, ("jobs", started), ("ids", started.Select(j => j.Id!.Value).ToArray()));
        await WhileAsync(run, look);
        Board.Finish(started[1].Id!.Value);
        ShellResult result = await EndOf(run);

        AssertGood(result);
        Assert.Equal((started[1].Id, JobStatus.Completed), (JobOf(Assert.Single(result.Output)).Id, JobOf(result.Output[0]).Status));
        Assert.Equal([SourceJobStatus.Running, SourceJobStatus.Completed, SourceJobStatus.Running], Board.All.Select(j => j.Status));
        Assert.DoesNotContain(Writes, r => !IsStart(r));
        // Nobody stopped anything: there is nothing to be told.
        Assert.Empty(Shell.HostWarnings);

        // One that is over already is the first.
        Server.ClearRequests();
        Assert.Equal(started[1].Id, Job("Wait-SMRunbookJob $ids -Any", ("ids", started.Select(j => j.Id!.Value).ToArray())).Id);
        Assert.DoesNotContain(Server.Requests, r => IsLook(r));
    }

    [Fact]
    public async Task A_job_of_which_nothing_is_known_cannot_be_waited_for_or_stopped()
    {
        await PrepareAsync();
        Server.Faults.Add(Fault.LostAnswer().Method("POST").Once());
        Run("Start-SMRunbook Plain");
        SMRunbookJob good = Job("Start-SMRunbook Plain");

        ShellResult result = Run("Get-SMRunbookJob | Wait-SMRunbookJob");
        Assert.Equal(["JobOutcomeUnknown"], ErrorIdsOf(result));
        Assert.Equal(good.Id, JobOf(Assert.Single(result.Output)).Id);

        Assert.Equal(["JobOutcomeUnknown"], ErrorIdsOf(Run("Get-SMRunbookJob -Status Unknown | Stop-SMRunbookJob")));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Jobs_that_were_started_elsewhere_need_their_connector(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        SourceJob job = Board.Add(Runbook("Reset"), new Dictionary<string, string> { ["Computer Name"] = "c", ["User"] = "u" });
        Guid stopped = Board.Add(Runbook("Plain"), script: JobScript.Never).Id;

        ShellResult without = Run("Wait-SMRunbookJob $id", ("id", job.Id));
        Assert.Equal([$"JobNotKept{Wait}: No job {job.Id} was started here. Get-SMRunbookJob -Remote -Connector … asks the server."], ErrorsOf(without));
        Assert.Equal(["ConnectorNotFound"], ErrorIdsOf(Run("Wait-SMRunbookJob $id -Connector Nobody", ("id", job.Id))));
        Assert.Equal(["JobNotKept"], ErrorIdsOf(Run("Stop-SMRunbookJob $id", ("id", stopped))));

        SMRunbookJob waited = Job("Wait-SMRunbookJob $id -Connector Berlin", ("id", job.Id));
        Assert.Equal((JobStatus.Completed, "c", "Berlin"), (waited.Status, waited.Output["Result"], waited.Connector));
        Assert.Equal(("Reset", @"\Jobs\Reset", Runbook("Reset").Id), (waited.Runbook, waited.Path, waited.RunbookId));

        SMRunbookJob canceled = Job("Stop-SMRunbookJob $id -Connector berlin -PassThru", ("id", stopped));
        Assert.Equal(JobStatus.Canceled, canceled.Status);
        Assert.Equal(("Plain", Runbook("Plain").Id), (canceled.Runbook, canceled.RunbookId));

        // A job of the server's list names its connector itself.
        Guid third = Board.Add(Runbook("Plain")).Id;
        ShellResult piped = Run("Get-SMRunbookJob -Remote -Id $id | Wait-SMRunbookJob", ("id", third));
        AssertGood(piped);
        Assert.Equal((third, "Plain", @"\Jobs\Plain"), (JobOf(Assert.Single(piped.Output)).Id, JobOf(piped.Output[0]).Runbook, JobOf(piped.Output[0]).Path));
        Assert.Empty(Kept());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task One_that_the_server_has_not_is_an_error_among_many(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Guid there = Board.Add(Runbook("Plain")).Id;

        ShellResult result = Run("Wait-SMRunbookJob $ids -Connector Berlin", ("ids", new[] { Guid.NewGuid(), there }));

        Assert.Equal(["JobNotFound"], ErrorIdsOf(result));
        Assert.Equal(there, JobOf(Assert.Single(result.Output)).Id);
    }

    [Fact]
    public async Task The_wait_ends_in_time_for_each()
    {
        await PrepareAsync();
        Board.Script = r => r.Name == "Plain" ? JobScript.Never : JobScript.Succeeds;
        SMRunbookJob[] started = [Job("Start-SMRunbook Plain"), Job("Start-SMRunbook Plain"), Job("Start-SMRunbook Echo -Text t")];

        ShellResult result = Run("$jobs | Wait-SMRunbookJob -TimeoutSeconds 1", ("jobs", started));

        Assert.Equal(["JobWaitTimedOut", "JobWaitTimedOut"], ErrorIdsOf(result));
        Assert.Equal(["Completed", "Running", "Running"], JobsOf(result).Select(j => j.Status.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(2, Board.All.Count(j => j.Status == SourceJobStatus.Running));

        ShellResult stopped = Run("$jobs | Wait-SMRunbookJob -TimeoutSeconds 1 -StopOnTimeout", ("jobs", started[..1]));
        Assert.Equal(["JobWaitTimedOut"], ErrorIdsOf(stopped));
        Assert.Equal(JobStatus.Canceled, JobOf(Assert.Single(stopped.Output)).Status);
        Assert.Equal(SourceJobStatus.Canceled, Board.Find(started[0].Id!.Value)!.Status);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Stopping(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Board.Script = _ => JobScript.Never;
        SMRunbookJob[] started = [Job("Start-SMRunbook Plain"), Job("Start-SMRunbook Plain"), Job("Start-SMRunbook Watch")];
        Server.ClearRequests();

        ShellResult whatIf = Run("$jobs | Stop-SMRunbookJob -WhatIf", ("jobs", started));
        AssertGood(whatIf);
        Assert.Equal(started.Select(j => $@"What if: Performing the operation ""Stop job"" on target ""{j.Path} {j.Id}""."), whatIf.WhatIf);
        Shell.Confirmation = _ => ShellAnswer.No;
        Assert.Empty(Good("Stop-SMRunbookJob $id -Confirm", ("id", started[0].Id)));
        Assert.Empty(Server.Requests);

        Assert.Empty(Good("Stop-SMRunbookJob $id", ("id", started[0].Id)));
        Assert.Equal(JobStatus.Canceled, Kept().Single(j => j.JobId == started[0].Id).Status);
        SMRunbookJob[] passed = ManyJobs("$jobs | Stop-SMRunbookJob -PassThru", ("jobs", started[1..]));
        Assert.Equal([JobStatus.Canceled, JobStatus.Canceled], passed.Select(j => j.Status));
        Assert.All(Board.All, j => Assert.Equal(SourceJobStatus.Canceled, j.Status));
        Assert.All(Kept(), j => Assert.Equal(JobStatus.Canceled, j.Status));
        Assert.Equal(3, Writes.Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task What_is_over_cannot_be_stopped(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Board.Script = r => r.Name == "Plain" ? JobScript.Succeeds : JobScript.Never;
        SMRunbookJob[] started = [Job("Start-SMRunbook Plain"), Job("Start-SMRunbook Echo -Text t")];

        ShellResult result = Run("$jobs | Stop-SMRunbookJob -PassThru", ("jobs", started));

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("StopRejected" + Stop, error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        Assert.Equal($@"The job {started[0].Id} of the runbook '\Jobs\Plain' is over (Completed) and cannot be stopped.", error.Exception.Message);
        Assert.Equal(JobStatus.Completed, Kept().Single(j => j.JobId == started[0].Id).Status);
        Assert.Equal(started[1].Id, JobOf(Assert.Single(result.Output)).Id);
        Assert.Equal(SourceJobStatus.Completed, Board.Find(started[0].Id!.Value)!.Status);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_server_that_does_not_stop_a_job_says_why(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Board.Script = _ => JobScript.Never;
        SMRunbookJob job = Job("Start-SMRunbook Plain");
        Server.Quirks.UnpublishableRunbooks = [Runbook("Plain").Id];

        ShellResult result = Run("$job | Stop-SMRunbookJob -PassThru", ("job", job));

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("StopRejected" + Stop, error.FullyQualifiedErrorId);
        Assert.Contains($@"The server did not stop the job {job.Id} of the runbook '\Jobs\Plain'.", error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains("Publish", error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Equal(SourceJobStatus.Running, Board.All[0].Status);
    }

    [Fact]
    public async Task Jobs_are_known_by_their_ids_as_a_file_has_them()
    {
        await PrepareAsync();
        Board.Script = r => r.Name == "Plain" ? JobScript.Succeeds : JobScript.Never;
        SMRunbookJob kept = Job("Start-SMRunbook Plain");
        Guid elsewhere = Board.Add(Runbook("Plain")).Id;
        Guid running = Board.Add(Runbook("Echo")).Id;
        PSObject Row(Guid id) => CustomObject.Of(("Id", id.ToString()), ("Connector", "berlin"), ("Runbook", "whatever"), ("Status", "Pending"));

        ShellResult waited = Run("$rows | Wait-SMRunbookJob", ("rows", new object[] { Row(elsewhere), Row(kept.Id!.Value), kept }));
        AssertGood(waited);
        Assert.Equal(new[] { elsewhere, kept.Id!.Value }.Order(), JobsOf(waited).Select(j => j.Id!.Value).Order());
        Assert.Equal(JobStatus.Canceled, Job("$rows | Stop-SMRunbookJob -PassThru", ("rows", Row(running))).Status);
        Assert.Equal(kept.Id, Job("$rows | Get-SMRunbookJob", ("rows", Row(kept.Id!.Value))).Id);
        Assert.Equal(["JobNotKept"], ErrorIdsOf(Run("$rows | Get-SMRunbookJob", ("rows", Row(elsewhere)))));
        Assert.Equal(elsewhere, Job("$rows | Get-SMRunbookJob -Remote", ("rows", Row(elsewhere))).Id);
        Assert.Equal(["JobNotKept"], ErrorIdsOf(Run("$row | Wait-SMRunbookJob", ("row", CustomObject.Of(("Id", elsewhere))))));
    }

    [Fact]
    public async Task A_kept_job_of_a_connector_that_was_renamed_is_found_and_of_one_that_is_gone_is_not()
    {
        await PrepareAsync();
        SMRunbookJob job = Job("Start-SMRunbook Plain");
        Good("Set-OrchestratorConnector Berlin -NewName Potsdam");

        Assert.Equal(job.Id, Job("Wait-SMRunbookJob $id", ("id", job.Id)).Id);
        Assert.Equal(job.Id, Job("$job | Wait-SMRunbookJob", ("job", job)).Id);
        Assert.Equal(job.Id, Job("Get-SMRunbookJob -Connector Potsdam").Id);
        Assert.Equal(job.Id, Job("$job | Get-SMRunbookJob", ("job", job)).Id);

        Good("Remove-OrchestratorConnector Potsdam -Confirm:$false");
        Assert.Equal(["ConnectorNotFound"], ErrorIdsOf(Run("Stop-SMRunbookJob $id", ("id", job.Id))));
        Assert.Equal(job.Id, Job("Get-SMRunbookJob").Id);
        Assert.Equal(job.Id, Job("Get-SMRunbookJob -Refresh").Id);
    }
}
