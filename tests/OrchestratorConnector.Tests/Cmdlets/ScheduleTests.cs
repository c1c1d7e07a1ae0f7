using System;
using System.Linq;
using System.Management.Automation.Double;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Schedules, and who is due.</summary>
public sealed class ScheduleTests : CmdletTest
{
    [Theory]
    [InlineData("", "Daily at 02:00")]
    [InlineData("-Schedule Daily", "Daily at 02:00")]
    [InlineData("-Schedule Daily -At 23:15:00", "Daily at 23:15")]
    [InlineData("-At 00:00:00", "Daily at 00:00")]
    [InlineData("-Schedule Interval -Every 00:10:00", "Every 00:10:00")]
    [InlineData("-Every 04:00:00", "Every 04:00:00")]
    public void A_connector_says_when_it_is_due(string given, string schedule)
    {
        Run($"New-OrchestratorConnector Berlin http://127.0.0.1:1 -SkipTest {given}");

        Output.OrchestratorConnector connector = One<Output.OrchestratorConnector>("Get-OrchestratorConnector");
        Assert.Equal(schedule, connector.Schedule);
        Assert.Equal(DateTimeKind.Local, connector.NextRunTime!.Value.Kind);
        Assert.True(connector.NextRunTime <= DateTime.Now.AddDays(1).AddHours(2));
    }

    [Fact]
    public void Without_a_schedule_or_disabled_it_never_is()
    {
        Register("None", new Uri("http://127.0.0.1:1"), "-Schedule None");
        Register("Off", new Uri("http://127.0.0.1:2"), "-Every 00:01:00 -Disabled");

        Assert.All(Many<Output.OrchestratorConnector>("Get-OrchestratorConnector"), c => Assert.Null(c.NextRunTime));
        Assert.Empty(Good("Sync-OrchestratorConnector -Due"));
    }

    [Fact]
    public async Task Due_are_those_whose_time_has_come()
    {
        FakeServer server = await StartAsync();
        Register("Interval", server.AtomUrl, "-Protocol Atom -Every 01:00:00");
        Register("Daily", server.AtomUrl, "-Protocol Atom");
        Register("None", server.AtomUrl, "-Protocol Atom -Schedule None");
        Register("Off", server.AtomUrl, "-Protocol Atom -Every 01:00:00 -Disabled");

        string before = State();
        Assert.Equal(["Interval"], Run("Sync-OrchestratorConnector -Due -WhatIf").Output.Cast<ConnectorSyncResult>().Select(r => r.Connector));
        Assert.Equal(before, State());
        Assert.Equal("Interval", One<ConnectorSyncResult>("Sync-OrchestratorConnector -Due").Connector);
        Assert.Empty(Good("Sync-OrchestratorConnector -Due"));
    }

    [Fact]
    public async Task One_that_failed_is_due_at_its_next_time_and_not_at_once()
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom -Every 01:00:00");
        server.Faults.Add(Fault.HtmlPage());

        Assert.Single(Run("Sync-OrchestratorConnector -Due").Errors);
        Assert.Empty(Good("Sync-OrchestratorConnector -Due"));
    }

    [Fact]
    public async Task One_that_fails_does_not_stop_those_after_it()
    {
        FakeServer bad = await StartAsync();
        FakeServer good = await StartAsync();
        Register("Bad", bad.AtomUrl, "-Protocol Atom -Every 01:00:00");
        Register("Good", good.AtomUrl, "-Protocol Atom -Every 01:00:00");
        bad.Faults.Add(Fault.HtmlPage());

        ShellResult result = Run("Sync-OrchestratorConnector -Due");

        Assert.Single(result.Errors);
        Assert.Null(result.TerminatingError);
        Assert.Equal([ConnectorStatus.FinishedWithError, ConnectorStatus.FinishedSuccess], result.Output.Cast<ConnectorSyncResult>().Select(r => r.Status));
    }

    [Fact]
    public async Task One_that_runs_is_left_out()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        Task<Socket> accepted = silent.AcceptSocketAsync();
        Register("Berlin", new Uri($"http://{silent.LocalEndpoint}/Orchestrator2012/Orchestrator.svc"), "-Protocol Atom -Every 01:00:00");
        RunningInvocation running = Begin("Sync-OrchestratorConnector -Due");
        using Socket socket = await accepted;
        using Shell other = NewShell();

        ShellResult result = other.Invoke("Sync-OrchestratorConnector -Due -StatePath $state", ("state", StatePath));

        AssertGood(result);
        Assert.Empty(result.Output);
        running.Stop();
        Assert.True((await running.Completion).Stopped);
    }

    [Fact]
    public async Task One_that_another_process_did_meanwhile_is_not_done_again()
    {
        FakeServer first = await StartAsync();
        FakeServer second = await StartAsync();
        Register("A", first.AtomUrl, "-Protocol Atom -Every 01:00:00");
        Register("B", second.AtomUrl, "-Protocol Atom -Every 01:00:00");
        using Shell other = NewShell();
        int asked = 0;
        first.Faults.Add(Fault.Delay(TimeSpan.Zero).When(_ =>
        {
            if (Interlocked.Increment(ref asked) == 1)
            {
                AssertGood(other.Invoke("Sync-OrchestratorConnector B -StatePath $state", ("state", StatePath)));
            }

            return false;
        }));

        Assert.Equal("A", One<ConnectorSyncResult>("Sync-OrchestratorConnector -Due").Connector);
        Assert.Equal(2, Many<ConnectorSyncResult>("Get-OrchestratorConnectorHistory").Length);
    }

    [Fact]
    public async Task A_disabled_one_is_left_out_of_a_wildcard_and_said_so()
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom -Disabled");

        ShellResult result = Run("Sync-OrchestratorConnector * -Verbose");

        AssertGood(result);
        Assert.Empty(result.Output);
        Assert.Contains(result.Verbose, v => v.Contains("'Berlin'", StringComparison.Ordinal) && v.Contains("disabled", StringComparison.Ordinal));
        Assert.Equal(ConnectorStatus.FinishedSuccess, One<ConnectorSyncResult>("Sync-OrchestratorConnector * -Force").Status);
    }

    [Theory]
    [InlineData("Sync-OrchestratorConnector -Name Berlin -Due", "AmbiguousParameterSet")]
    [InlineData("Sync-OrchestratorConnector Berlin -Due", "PositionalParameterNotFound")]
    public void Due_and_a_name_do_not_go_together(string line, string id)
        => Refused(id + Commands + "SyncOrchestratorConnectorCommand", line);
}
