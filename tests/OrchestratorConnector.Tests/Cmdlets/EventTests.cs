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

/// <summary>What happened can be read afterwards, and while it happens.</summary>
public sealed class EventTests : JobTest
{
    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Everything_that_is_done_is_told(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Good("Test-OrchestratorConnector Berlin -Quiet");
        Server.Faults.Add(Fault.Status(401));
        Run("Test-OrchestratorConnector Berlin -Quiet");
        Run("Sync-OrchestratorConnector Berlin");
        Server.Faults.Clear();
        Good("Set-OrchestratorConnector Berlin -Description d");
        Good("Invoke-SMRunbook Reset -ComputerName c -User geheim");
        Good("Remove-OrchestratorConnector Berlin -Confirm:$false");

        OrchestratorConnectorEvent[] events = Many<OrchestratorConnectorEvent>("Get-OrchestratorConnectorEvent");

        Assert.Equal(
            ["ConnectorCreated", "SyncFinished", "TestSucceeded", "TestFailed", "SyncFailed", "ConnectorChanged", "JobStarted", "JobFinished", "ConnectorRemoved"],
            events.Select(e => e.Name));
        Assert.Equal([100, 200, 300, 301, 201, 101, 400, 403, 102], events.Select(e => e.Id));
        Assert.Equal("AuthenticationFailed", events[3].Data["ErrorId"]);
        Assert.Equal("AuthenticationFailed", events[4].Data["ErrorId"]);
        Assert.Equal(@"\Jobs\Reset", events[6].Target);
        Assert.All(events, e => Assert.Equal(("Berlin", Environment.ProcessId, DateTimeKind.Local), (e.Connector, e.ProcessId, e.Time.Kind)));
        Assert.DoesNotContain(events, e => $"{e.Message}{e.Data}".Contains("geheim", StringComparison.Ordinal));
    }

    [Fact]
    public void A_connector_that_is_named_and_was_never_there_is_a_mistake()
    {
        Register("Berlin", new Uri("http://127.0.0.1:1"));

        Assert.StartsWith("ConnectorNotFound,", Assert.Single(Run("Get-OrchestratorConnectorEvent Berln -Last 1").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Good("Get-OrchestratorConnectorEvent Berln*"));
        Good("Remove-OrchestratorConnector Berlin -Confirm:$false");
        Assert.NotEmpty(Good("Get-OrchestratorConnectorEvent Berlin"));
    }

    [Fact]
    public async Task They_are_chosen_by_connector_level_time_and_number()
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        Register("Hamburg", new Uri("http://127.0.0.1:1"));
        server.Faults.Add(Fault.HtmlPage());
        Run("Sync-OrchestratorConnector Berlin");

        Assert.Equal(["Berlin", "Berlin"], Many<OrchestratorConnectorEvent>("Get-OrchestratorConnectorEvent B*").Select(e => e.Connector));
        Assert.Equal(["SyncFailed"], Many<OrchestratorConnectorEvent>("Get-OrchestratorConnectorEvent -Level Warning,Error").Select(e => e.Name));
        Assert.Equal(["ConnectorCreated", "SyncFailed"], Many<OrchestratorConnectorEvent>("Get-OrchestratorConnectorEvent -Last 2").Select(e => e.Name));
        Assert.Empty(Good("Get-OrchestratorConnectorEvent -Since $t", ("t", DateTime.Now.AddMinutes(1))));
        Assert.Equal(3, Many<OrchestratorConnectorEvent>("Get-OrchestratorConnectorEvent -Since $t", ("t", DateTime.Now.AddMinutes(-1))).Length);
        Assert.Equal(["Hamburg"], Many<OrchestratorConnectorEvent>("Get-OrchestratorConnector Hamburg | Get-OrchestratorConnectorEvent").Select(e => e.Connector));
        Assert.Empty(Good("Get-OrchestratorConnectorEvent Nob*"));
    }

    [Fact]
    public async Task What_happens_meanwhile_in_another_process_is_followed_until_somebody_stops_it()
    {
        Register("Berlin", new Uri("http://127.0.0.1:1"));
        RunningInvocation follow = Begin("Get-OrchestratorConnectorEvent -Last 1 -Follow");
        await follow.WhenOutput(o => o is OrchestratorConnectorEvent { Name: "ConnectorCreated" });

        using (SqliteStateStore other = SqliteStateStore.Open(StatePath))
        {
            other.AddEvent(new ConnectorEvent { Kind = EventKind.TestSucceeded, Message = "first" });
            other.AddEvent(new ConnectorEvent { Kind = EventKind.TestFailed, Message = "second" });
        }

        await follow.WhenOutput(o => o is OrchestratorConnectorEvent { Message: "second" });
        follow.Stop();
        ShellResult result = await follow.Completion;

        Assert.Equal(["ConnectorCreated", "TestSucceeded", "TestFailed"], result.Output.Cast<OrchestratorConnectorEvent>().Select(e => e.Name));
    }

    [Fact]
    public async Task A_store_that_cannot_be_written_hinders_no_test()
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        using Microsoft.Data.Sqlite.SqliteConnection other = new($"Data Source={StatePath};Pooling=False");
        other.Open();
        using Microsoft.Data.Sqlite.SqliteCommand fill = other.CreateCommand();
        fill.CommandText = "CREATE TRIGGER no BEFORE INSERT ON event BEGIN SELECT RAISE(ABORT, 'no room'); END";
        fill.ExecuteNonQuery();

        ShellResult result = Run("Test-OrchestratorConnector Berlin -Quiet -Verbose");

        AssertGood(result);
        Assert.Equal([true], result.Output);
        Assert.Contains(result.Verbose, v => v.Contains("could not be written down", StringComparison.Ordinal));
    }
}
