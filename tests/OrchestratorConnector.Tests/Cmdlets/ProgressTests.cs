using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>
/// Every cmdlet that waits shows that it does, and takes it away however it ends. A server that answers only when the progress
/// has been seen shows it whatever the speed of the machine.
/// </summary>
public sealed class ProgressTests : JobTest
{
    [Theory]
    [InlineData("Sync-OrchestratorConnector Berlin", "Synchronizing 'Berlin'", "Runbooks")]
    [InlineData("Sync-OrchestratorConnector Berlin -WhatIf", "Synchronizing 'Berlin'", "Runbooks")]
    [InlineData("Test-OrchestratorConnector Berlin", "Testing 'Berlin'", "svc/?$")]
    [InlineData("Test-OrchestratorConnector -ServiceUrl {0}", "Testing '{0}'", "Folders")]
    [InlineData("New-OrchestratorConnector New {0} -Folder \\Jobs", "Testing 'New'", "Folders", 1)]
    [InlineData("Set-OrchestratorConnector Berlin -Folder \\Jobs", "Testing 'Berlin'", "Folders", 2)]
    [InlineData("Get-OrchestratorFolder Berlin", "Reading the folders of 'Berlin'", "Folders")]
    [InlineData("Get-OrchestratorFolder -ServiceUrl {0}", "Reading the folders of '{0}'", "Folders")]
    [InlineData("Start-SMRunbook Plain", "Runbook jobs", "Jobs")]
    [InlineData("Invoke-SMRunbook Plain", "Runbook jobs", "Jobs")]
    [InlineData("Get-SMRunbookJob -Remote", "Reading the jobs of the servers", "Jobs")]
    public async Task It_is_shown_while_the_server_takes_its_time_and_taken_away_in_the_end(string line, string activity, string held, int warnings = 0)
    {
        await PrepareAsync();
        using ManualResetEventSlim gate = new();
        Server.Faults.Add(Fault.Status(500).On(held).When(_ =>
        {
            gate.Wait(TimeSpan.FromMinutes(1));
            return false;
        }));
        string Filled(string text) => string.Format(System.Globalization.CultureInfo.InvariantCulture, text, Server.AtomUrl);

        RunningInvocation run = Begin(Filled(line));
        await run.WhenProgress(p => p.RecordType == ProgressRecordType.Processing);
        gate.Set();
        ShellResult result = await run.Completion;

        AssertGood(result);
        Assert.Equal(warnings, result.Warnings.Count);
        Assert.All(result.Progress, p => Assert.Equal(Filled(activity), p.Activity));
        Assert.All(result.Progress, p => Assert.InRange(p.PercentComplete, -1, 100));
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
        Assert.Single(result.Progress, p => p.RecordType == ProgressRecordType.Completed);
    }

    [Fact]
    public async Task It_says_how_a_job_stands()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;

        RunningInvocation run = Begin("Invoke-SMRunbook Plain");
        await run.WhenProgress(p => p.StatusDescription.StartsWith(@"\Jobs\Plain: Running, ", StringComparison.Ordinal));
        Board.Finish(Board.All.Single().Id);
        ShellResult result = await run.Completion;

        AssertGood(result);
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    [Fact]
    public async Task It_goes_away_after_an_error_too()
    {
        await PrepareAsync();
        using ManualResetEventSlim gate = new();
        Server.Faults.Add(Fault.Status(403).On("Runbooks").When(_ =>
        {
            gate.Wait(TimeSpan.FromMinutes(1));
            return true;
        }));

        RunningInvocation run = Begin("Sync-OrchestratorConnector Berlin");
        await run.WhenProgress(_ => true);
        gate.Set();
        ShellResult result = await run.Completion;

        Assert.Single(result.Errors);
        Assert.Equal(ProgressRecordType.Completed, result.Progress[^1].RecordType);
    }

    [Theory]
    [InlineData("Sync-OrchestratorConnector Berlin", "Runbooks", "Synchronizing 'Berlin'")]
    [InlineData("Invoke-SMRunbook Plain", "Jobs", "Runbook jobs")]
    public async Task After_Ctrl_C_the_host_takes_it_away_because_the_pipeline_takes_nothing_any_more(string line, string held, string activity)
    {
        await PrepareAsync();
        Server.Faults.Add(Fault.Hang().On(held));

        RunningInvocation run = Begin(line);
        await run.WhenProgress(_ => true);
        run.Stop();
        ShellResult result = await run.Completion;

        Assert.True(result.Stopped);
        Assert.DoesNotContain(result.Progress, p => p.RecordType == ProgressRecordType.Completed);
        Assert.Equal($"Completed {activity}", Assert.Single(Shell.HostLines, l => l.Stream == ShellStream.Progress).Text);
    }

    [Fact]
    public async Task After_an_error_that_ends_the_pipeline_the_host_takes_it_away_too()
    {
        await PrepareAsync();
        Board.Script = _ => JobScript.Never;

        RunningInvocation run = Begin("Invoke-SMRunbook Plain -ErrorAction Stop");
        await run.WhenProgress(_ => true);
        Board.Finish(Board.All.Single().Id, JobScript.Fails("Return Data", "No."));
        ShellResult result = await run.Completion;

        Assert.NotNull(result.TerminatingError);
        bool isTakenAway = result.Progress[^1].RecordType == ProgressRecordType.Completed
            || Shell.HostLines.Any(l => l.Stream == ShellStream.Progress);
        Assert.True(isTakenAway);
    }

    [Fact]
    public async Task A_host_that_is_silent_stays_so()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        Shell.Variables["ProgressPreference"] = "SilentlyContinue";
        Task<Socket> accepted = silent.AcceptSocketAsync();

        RunningInvocation run = Begin($"Test-OrchestratorConnector -ServiceUrl http://{silent.LocalEndpoint}/api");
        using Socket socket = await accepted;
        run.Stop();

        Assert.Empty((await run.Completion).Progress);
    }
}
