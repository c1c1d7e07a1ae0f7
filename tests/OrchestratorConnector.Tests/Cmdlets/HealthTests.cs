using System;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>What an operator asks in the morning, and a store that was copied from another machine.</summary>
public sealed class HealthTests : JobTest
{
    [Fact]
    public async Task The_worst_comes_first()
    {
        await PrepareAsync();
        Register("Hamburg", new Uri("http://127.0.0.1:1"), "-Schedule None");
        Register("Kiel", Server.AtomUrl, "-Protocol Atom -Disabled");
        Register("Bonn", Server.AtomUrl, "-Protocol Atom");
        Server.Faults.Add(Fault.Status(401));
        Run("Sync-OrchestratorConnector Bonn");
        Server.Faults.Clear();
        Board.Script = _ => new JobScript { JobFails = true };
        Run("Invoke-SMRunbook Plain -Connector Berlin");
        Source.RemoveRunbook(Runbook("Echo").Id);
        Good("Sync-OrchestratorConnector Berlin");

        OrchestratorHealth[] findings = Many<OrchestratorHealth>("Get-OrchestratorHealth");

        Assert.Equal(
            ["Error Bonn Credentials ", "Warning Berlin Runbooks ", @"Warning Berlin Jobs \Jobs\Plain", "Warning Hamburg Synchronization ", "Information Berlin Servers ", "Information Kiel Synchronization "],
            findings.Select(f => $"{f.Severity} {f.Connector} {f.Check} {f.Target}"));
        Assert.Equal([@"\Jobs\Plain"], Many<OrchestratorHealth>("Get-OrchestratorHealth Berlin").Select(f => f.Target).OfType<string>());
        Assert.False(One<bool>("Get-OrchestratorHealth -Quiet"));
        Assert.True(One<bool>("Get-OrchestratorHealth Kiel -Quiet"));
    }

    [Fact]
    public async Task One_line_says_that_all_is_well()
    {
        await PrepareAsync();

        OrchestratorHealth finding = One<OrchestratorHealth>("Get-OrchestratorHealth");

        Assert.Equal((HealthSeverity.Healthy, "Berlin"), (finding.Severity, finding.Connector));
        Assert.Equal(DateTimeKind.Local, finding.Since!.Value.Kind);
        Assert.True(One<bool>("Get-OrchestratorHealth -Quiet"));
        Assert.True(One<bool>("Get-OrchestratorConnector | Get-OrchestratorHealth -Quiet"));
    }

    [Fact]
    public void A_name_that_does_not_exist_is_an_error_and_not_healthy_silence()
    {
        ShellResult result = Run("Get-OrchestratorHealth Nobody");

        Assert.Equal(["ConnectorNotFound" + Commands + "GetOrchestratorHealthCommand"], result.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Empty(Good("Get-OrchestratorHealth No*"));
    }

    [Fact]
    public async Task A_copied_store_holds_its_schedules_until_they_are_confirmed()
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom -Every 01:00:00");
        Register("None", server.AtomUrl, "-Protocol Atom -Schedule None");
        Copy();

        Assert.All(Many<Output.OrchestratorConnector>("Get-OrchestratorConnector"), c => Assert.Equal((true, null), (c.IsScheduleHeld, c.NextRunTime)));
        ShellResult due = Run("Sync-OrchestratorConnector -Due");
        Assert.Empty(due.Output);
        Assert.Contains("Enable-OrchestratorConnector", Assert.Single(due.Warnings), StringComparison.Ordinal);
        Assert.Contains(Many<OrchestratorHealth>("Get-OrchestratorHealth Berlin"), f => f is { Check: "Schedule", Severity: HealthSeverity.Warning });

        ShellResult asked = Run("Enable-OrchestratorConnector Berlin -WhatIf");
        Assert.True(One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin").IsScheduleHeld);
        Good("Enable-OrchestratorConnector Berlin");
        Assert.False(One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin").IsScheduleHeld);
        Assert.Equal("Berlin", One<ConnectorSyncResult>("Sync-OrchestratorConnector -Due").Connector);
        Assert.Equal("ScheduleConfirmed", Many<OrchestratorConnectorEvent>("Get-OrchestratorConnectorEvent Berlin")[1].Name);
        AssertGood(asked);
    }

    [Fact]
    public async Task What_is_asked_for_by_name_is_synchronized_in_a_copied_store_too()
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        Copy();

        Assert.Equal(ConnectorStatus.FinishedSuccess, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Status);
        Assert.True(One<Output.OrchestratorConnector>("Get-OrchestratorConnector").IsScheduleHeld);
    }

    /// <summary>Makes the store one that was made on another machine.</summary>
    private void Copy()
    {
        using SqliteStateStore store = SqliteStateStore.Open(StatePath, new SqliteStoreOptions { Machine = "elsewhere" });
        foreach (ConnectorState state in store.GetConnectors())
        {
            store.UpdateConnector(state.Connector, c => c with { Home = "elsewhere" });
        }
    }
}
