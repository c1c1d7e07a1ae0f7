using System;
using System.Collections;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Invoke-SMRunbook waits for how it ends, Start-SMRunbook does not; and what neither of them starts.</summary>
public sealed class RunTests : JobTest
{
    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_runbook_that_failed_is_an_error_behind_its_job(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol, source => source.Edit(source.Runbooks.Single(r => r.Name == "Reset").Id, r => r.ActivityNames = ["Start", "Query Database", "Return Data"]));
        Board.Script = _ => JobScript.Fails("Query Database", "Login failed for user 'x'.");

        ShellResult result = Run("Invoke-SMRunbook Reset -ComputerName c -User u");

        Assert.Null(result.TerminatingError);
        Assert.Equal([$@"RunbookFailed{Invoke}: The runbook '\Jobs\Reset' failed at its activity 'Query Database': Login failed for user 'x'."], ErrorsOf(result));
        SMRunbookJob job = JobOf(Assert.Single(result.Output));
        Assert.Equal(
            (JobStatus.Completed, InstanceStatus.Failed, "Query Database", "Login failed for user 'x'."),
            (job.Status, job.InstanceStatus, job.FailedActivity, job.Error));
        Assert.Equal([ShellStream.Output, ShellStream.Error], result.Records.Select(r => r.Stream).Where(s => s is ShellStream.Output or ShellStream.Error));
        SMRunbookJob kept = Job("Get-SMRunbookJob");
        Assert.Equal((job.Id, job.Status, job.InstanceStatus, job.FailedActivity, job.Error), (kept.Id, kept.Status, kept.InstanceStatus, kept.FailedActivity, kept.Error));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Each_of_several_runbooks_ends_as_it_ends(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol, source =>
        {
            source.AddRunbook(@"\Ends", "Fails");
            source.AddRunbook(@"\Ends", "Fails hard");
            source.AddRunbook(@"\Ends", "Succeeds");
            source.AddRunbook(@"\Ends", "Warns");
        });
        Board.Script = runbook => runbook.Name switch
        {
            "Fails" => new JobScript { End = JobEnd.Failure },
            "Fails hard" => new JobScript { JobFails = true },
            "Warns" => JobScript.Warns,
            _ => JobScript.Succeeds,
        };

        ShellResult result = Run(@"Get-SMRunbook -Folder \Ends | Invoke-SMRunbook");

        Assert.Equal(
            ["Fails Completed Failed", "Fails hard Failed Failed", "Succeeds Completed Success", "Warns Completed Warning"],
            JobsOf(result).Select(j => $"{j.Runbook} {j.Status} {j.InstanceStatus}").Order(StringComparer.Ordinal));
        Assert.Equal(["RunbookFailed", "RunbookFailed"], ErrorIdsOf(result));
    }

    [Fact]
    public async Task A_job_that_somebody_stops_is_an_error_behind_its_job()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;
        Task<RecordedRequest> look = Asked(r => IsLook(r));

        RunningInvocation run = Begin("Invoke-SMRunbook Plain");
        await WhileAsync(run, look);
        Board.Cancel(Board.All[0].Id);
        ShellResult result = await EndOf(run);

        Assert.Equal([$@"JobCanceled{Invoke}: The job {Board.All[0].Id} of the runbook '\Jobs\Plain' was canceled."], ErrorsOf(result));
        Assert.Equal(JobStatus.Canceled, JobOf(Assert.Single(result.Output)).Status);
        Assert.Equal(JobStatus.Canceled, Assert.Single(Kept()).Status);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_wait_ends_in_time_and_the_job_goes_on(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Board.Script = _ => JobScript.Never;

        ShellResult result = Run("Get-SMRunbook Plain | Invoke-SMRunbook -TimeoutSeconds 1");

        Guid id = Assert.Single(Board.All).Id;
        Assert.Equal([$@"JobWaitTimedOut{Invoke}: The job {id} of the runbook '\Jobs\Plain' was not over within 1 seconds; it goes on. Wait-SMRunbookJob -Id {id} waits on."], ErrorsOf(result));
        Assert.Equal(ErrorCategory.OperationTimeout, result.Errors[0].CategoryInfo.Category);
        Assert.Equal((JobStatus.Running, InstanceStatus.InProgress), (JobOf(Assert.Single(result.Output)).Status, JobOf(result.Output[0]).InstanceStatus));
        Assert.Equal(SourceJobStatus.Running, Board.Find(id)!.Status);
        Assert.Equal(JobStatus.Running, Assert.Single(Kept()).Status);
        Assert.Single(Writes);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_wait_ends_in_time_and_the_job_with_it(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Board.Script = _ => JobScript.Never;

        ShellResult result = Run("Invoke-SMRunbook Plain -TimeoutSeconds 1 -StopOnTimeout");

        Guid id = Assert.Single(Board.All).Id;
        Assert.Equal([$@"JobWaitTimedOut{Invoke}: The job {id} of the runbook '\Jobs\Plain' was not over within 1 seconds; it was stopped."], ErrorsOf(result));
        Assert.Equal(JobStatus.Canceled, JobOf(Assert.Single(result.Output)).Status);
        Assert.Equal(SourceJobStatus.Canceled, Board.Find(id)!.Status);
        Assert.Equal(JobStatus.Canceled, Assert.Single(Kept()).Status);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_start_returns_at_once_with_what_is_known(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Board.Script = _ => JobScript.Never;

        SMRunbookJob job = Job("Start-SMRunbook Reset -ComputerName c -User u");

        Assert.Equal(Assert.Single(Board.All).Id, job.Id);
        Assert.Equal((JobStatus.Pending, InstanceStatus.Unknown), (job.Status, job.InstanceStatus));
        Assert.Equal(("Reset", @"\Jobs\Reset", "Berlin", Runbook("Reset").Id, StatePath), (job.Runbook, job.Path, job.Connector, job.RunbookId, job.StatePath));
        Assert.Equal(["Computer Name", "User"], job.Parameter.Keys.Cast<string>());
        Assert.Empty(job.Output);
        Assert.Null(job.FinishTime);
        Assert.Null(job.InputObject);
        Assert.DoesNotContain(Server.Requests, r => IsLook(r));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Monitors_are_started_once_and_not_waited_for(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);

        Assert.Contains(@"'\Jobs\Watch' is a monitor", RefusedToStart("RunbookIsMonitor" + Invoke, "Invoke-SMRunbook Watch"), StringComparison.Ordinal);
        RefusedToStart("RunbookIsMonitor" + Invoke, "Invoke-SMRunbook Watch -Force");

        SMRunbookJob first = Job("Start-SMRunbook Watch");
        ErrorRecord second = Refused("MonitorAlreadyRunning" + Start, "Start-SMRunbook Watch");
        Assert.Contains(first.Id.ToString()!, second.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, Board.Started);

        Job("Start-SMRunbook Watch -Force");
        Assert.Equal(2, Board.Started);

        foreach (SourceJob job in Board.All)
        {
            Board.Cancel(job.Id);
        }

        Job("Start-SMRunbook Watch");
        Assert.Equal(3, Board.Started);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_missing_runbook_is_started_by_force_alone(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Guid id = Runbook("Plain").Id;
        Source.RemoveRunbook(id);
        AssertGood(Run("Sync-OrchestratorConnector Berlin"));
        Server.ClearRequests();

        Assert.Contains(@"The runbook '\Jobs\Plain' is missing and is not started.", RefusedToStart("RunbookMissing" + Start, "Start-SMRunbook Plain"), StringComparison.Ordinal);
        RefusedToStart("RunbookMissing" + Invoke, "Invoke-SMRunbook Plain");
        RefusedToStart("RunbookMissing" + Start, "Get-SMRunbook Plain | Start-SMRunbook");

        ShellResult forced = Run("Start-SMRunbook Plain -Force");
        Assert.Equal("StartRejected" + Start, Assert.Single(forced.Errors).FullyQualifiedErrorId);
        Assert.Contains("Synchronize the connector", forced.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.ObjectNotFound, forced.Errors[0].CategoryInfo.Category);
        Assert.Single(Writes);
    }

    [Fact]
    public async Task One_whose_connector_was_removed_is_not_started_by_force_either()
    {
        await PrepareAsync();
        Good("Remove-OrchestratorConnector Berlin -KeepRunbook -Confirm:$false");

        Assert.Contains(@"The connector 'Berlin' of the runbook '\Jobs\Plain' was removed", RefusedToStart("RunbookRemoved" + Start, "Start-SMRunbook Plain -Force"), StringComparison.Ordinal);
        RefusedToStart("RunbookRemoved" + Invoke, "Get-SMRunbook Plain | Invoke-SMRunbook -Force");
    }

    [Fact]
    public async Task Nor_is_one_whose_contract_changed_under_an_activity()
    {
        await PrepareAsync();
        AddActivity();
        Source.AddParameter(Runbook("Reset").Id, "Domain");
        AssertGood(Run("Sync-OrchestratorConnector Berlin"));
        Server.ClearRequests();

        foreach (string line in new[] { "Start-SMRunbook Reset -Force -Parameter $p", "Start-SMRunbook Reset -ComputerName a -User b -Domain c", "Get-SMRunbook Reset | Start-SMRunbook -Parameter $p" })
        {
            string message = RefusedToStart("RunbookInvalid" + Start, line, ("p", new Hashtable { ["Computer Name"] = 1, ["User"] = 2, ["Domain"] = 3 }));
            Assert.Contains("the input 'Domain' is new", message, StringComparison.Ordinal);
            Assert.Contains("Accepted -> now: none -> In 'Domain'", message, StringComparison.Ordinal);
            Assert.Contains("Approve-SMRunbook", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Start-SMRunbook Plain", "Start runbook", @"\Jobs\Plain")]
    [InlineData("Invoke-SMRunbook Plain", "Run runbook", @"\Jobs\Plain")]
    [InlineData("Start-SMRunbook Watch", "Start runbook", @"\Jobs\Watch")]
    [InlineData("Start-SMRunbook Reset -ComputerName c -User u", "Start runbook", @"\Jobs\Reset (Computer Name=c, User=u)")]
    [InlineData("Get-SMRunbook Plain | Invoke-SMRunbook", "Run runbook", @"\Jobs\Plain")]
    public async Task WhatIf_says_what_would_be_sent_and_Confirm_asks(string line, string action, string target)
    {
        await PrepareAsync();

        ShellResult whatIf = Run(line + " -WhatIf");
        AssertGood(whatIf);
        Assert.Equal([$"What if: Performing the operation \"{action}\" on target \"{target}\"."], whatIf.WhatIf);
        Assert.Empty(whatIf.Output);

        Shell.Confirmation = _ => ShellAnswer.No;
        ShellResult no = Run(line + " -Confirm");
        AssertGood(no);
        Assert.Contains(target, Assert.Single(no.Prompts).Message, StringComparison.Ordinal);
        Assert.Empty(no.Output);

        Assert.Empty(Server.Requests);
        Assert.Empty(Kept());
    }

    [Fact]
    public async Task WhatIf_still_finds_what_is_wrong()
    {
        await PrepareAsync();

        RefusedToStart("RunbookNotFound" + Start, "Start-SMRunbook Nobody -WhatIf");
        RefusedToStart("RunbookIsMonitor" + Invoke, "Invoke-SMRunbook Watch -WhatIf");
        RefusedToStart("ParameterUnknown" + Start, "Start-SMRunbook Plain -Parameter $p -WhatIf", ("p", new Hashtable { ["x"] = 1 }));
    }

    [Fact]
    public async Task Each_of_several_is_asked_for_and_the_answer_counts()
    {
        await PrepareAsync(more: source => source.AddRunbook(@"\Jobs", "Plainer"));
        Shell.Confirmation = prompt => prompt.Message.Contains("Plainer", StringComparison.Ordinal) ? ShellAnswer.Yes : ShellAnswer.No;

        ShellResult result = Run("Get-SMRunbook Plain* | Start-SMRunbook -Confirm");

        AssertGood(result);
        Assert.Equal(2, result.Prompts.Count);
        Assert.Equal("Plainer", JobOf(Assert.Single(result.Output)).Runbook);
        Assert.Equal(1, Board.Started);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Runbook_servers_are_spelled_as_the_server_does(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);

        Job("Start-SMRunbook Plain -RunbookServer RBS02,rbs01");
        Assert.Equal("rbs02,RBS01", Board.All[0].RunbookServers?.Replace(" ", "", StringComparison.Ordinal));

        ShellResult unknown = Run("Start-SMRunbook Plain -RunbookServer rbs03");
        Assert.Equal("RunbookServerUnknown" + Start, Assert.Single(unknown.Errors).FullyQualifiedErrorId);
        Assert.Contains("There is no runbook server named 'rbs03'. Did you mean 'RBS01', 'rbs02'?", unknown.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(1, Board.Started);
        Assert.Single(Kept());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_start_whose_answer_is_lost_is_not_sent_again(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Server.Faults.Add(Fault.LostAnswer().Method("POST"));

        ShellResult result = Run("Start-SMRunbook Plain");

        Guid id = Assert.Single(Board.All).Id;
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("JobOutcomeUnknown" + Start, error.FullyQualifiedErrorId);
        Assert.Contains(id.ToString(), error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(result.Output);
        Assert.Single(Writes);
        SMRunbookJob kept = Job("Get-SMRunbookJob");
        Assert.Equal((null, JobStatus.Unknown), (kept.Id, kept.Status));
        Assert.Contains(id.ToString(), kept.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_debug_stream_has_the_requests_and_no_values_and_the_verbose_one_the_job()
    {
        await PrepareAsync();

        ShellResult result = Run("Start-SMRunbook Reset -ComputerName topmost -User u -Verbose -Debug");

        AssertGood(result);
        Assert.Contains(result.Debug, v => v.StartsWith("POST ", StringComparison.Ordinal) && v.Contains("/Jobs -> 201", StringComparison.Ordinal));
        Assert.Contains(@"'\Jobs\Reset' was started", Assert.Single(result.Verbose, v => v.StartsWith("The job ", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.DoesNotContain("topmost", string.Join('\n', result.Debug), StringComparison.Ordinal);
        ShellResult quiet = Run("Start-SMRunbook Plain");
        Assert.Empty(quiet.Verbose);
        Assert.Empty(quiet.Debug);
    }
}
