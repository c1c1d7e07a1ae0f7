using System;
using System.Management.Automation.Double;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using FakeOrchestrator;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Ctrl+C, wherever it comes: the cmdlet ends, and what it had not finished it has not begun.</summary>
public sealed class StopTests : CmdletTest
{
    private const string Runbooks = @"/Runbooks(\?|$)";

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "New-OrchestratorConnector Hamburg {0}")]
    [InlineData(ConnectorProtocol.WebApi, "New-OrchestratorConnector Hamburg {0}")]
    [InlineData(ConnectorProtocol.Atom, "Set-OrchestratorConnector Berlin -ServiceUrl {0}")]
    [InlineData(ConnectorProtocol.Atom, "Test-OrchestratorConnector -ServiceUrl {0}")]
    [InlineData(ConnectorProtocol.WebApi, "Test-OrchestratorConnector -ServiceUrl {0}")]
    [InlineData(ConnectorProtocol.Atom, "Get-OrchestratorFolder -ServiceUrl {0}")]
    public async Task While_a_server_does_not_answer(ConnectorProtocol protocol, string line)
    {
        FakeServer server = await StartAsync();
        Register("Berlin", new Uri("http://127.0.0.1:1"));

        await AssertStopsAsync(server, Fault.Hang(), string.Format(System.Globalization.CultureInfo.InvariantCulture, line, UrlOf(server, protocol)));
    }

    [Theory]
    [InlineData("Test-OrchestratorConnector Berlin", "/Folders")]
    [InlineData("Test-OrchestratorConnector Berlin -Quiet", ".")]
    [InlineData("Get-OrchestratorFolder Berlin", "/Folders")]
    [InlineData("Sync-OrchestratorConnector Berlin -WhatIf", Runbooks)]
    public async Task While_a_connector_is_looked_at(string line, string request)
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        Good("Sync-OrchestratorConnector Berlin");
        server.Model.AddRunbook(@"\New", "New");

        await AssertStopsAsync(server, Fault.Hang().On(request), line);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 1)]
    [InlineData(ConnectorProtocol.Atom, 2)]
    [InlineData(ConnectorProtocol.Atom, 5)]
    [InlineData(ConnectorProtocol.WebApi, 1)]
    [InlineData(ConnectorProtocol.WebApi, 2)]
    [InlineData(ConnectorProtocol.WebApi, 5)]
    public async Task While_pages_come(ConnectorProtocol protocol, int page)
    {
        FakeServer server = await StartAsync(configure: o => (o.PageSize, o.WebApiPageSize) = (10, 10));
        Register("Berlin", UrlOf(server, protocol), $"-Protocol {protocol}");
        Good("Sync-OrchestratorConnector Berlin");
        server.Model.RemoveRunbooks(r => r.IsMonitor);
        string library = Library();

        ShellResult result = await StopAsync(server, Fault.Hang().On(Runbooks).From(page), "Sync-OrchestratorConnector Berlin");

        Assert.True(result.Stopped);
        Assert.Empty(result.Output);
        Assert.Equal(library, Library());
        ConnectorSyncResult cancelled = Many<ConnectorSyncResult>("Get-OrchestratorConnectorHistory Berlin")[0];
        Assert.Equal(ConnectorStatus.FinishedWithError, cancelled.Status);
        Assert.Contains("cancelled", cancelled.Error, StringComparison.Ordinal);
        Assert.Equal(ConnectorStatus.FinishedWithError, One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin").Status);

        // Nothing is left in the way of the next one.
        server.Faults.Clear();
        Assert.True(One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Missing > 0);
    }

    [Fact]
    public async Task The_connectors_after_it_are_not_begun()
    {
        FakeServer server = await StartAsync();
        FakeServer other = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        Register("Hamburg", other.AtomUrl, "-Protocol Atom");

        ShellResult result = await StopAsync(server, Fault.Hang().On(Runbooks), "Sync-OrchestratorConnector *");

        Assert.True(result.Stopped);
        Assert.Equal(0, other.RequestCount);
        Assert.Equal(ConnectorStatus.NeverRun, One<Output.OrchestratorConnector>("Get-OrchestratorConnector Hamburg").Status);
    }

    [Fact]
    public async Task While_the_waiting_before_a_retry_lasts()
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        server.Faults.Add(Fault.Status(503).RetryAfter(TimeSpan.FromSeconds(50)).On(Runbooks));

        RunningInvocation run = Begin("Sync-OrchestratorConnector Berlin -Verbose");
        await run.WhenVerbose("the next in");
        run.Stop();
        ShellResult result = await run.Completion;

        Assert.True(result.Stopped);
        Assert.Equal(string.Empty, Library());
    }

    [Theory]
    [InlineData("Disable-OrchestratorConnector Berlin")]
    [InlineData("Remove-OrchestratorConnector Berlin -Confirm:$false")]
    [InlineData("New-OrchestratorRunAsAccount Runbooks -SecretName s")]
    public async Task While_another_process_holds_the_store(string line)
    {
        Register("Berlin", new Uri("http://127.0.0.1:1"));
        string before = State();
        using SqliteConnection holder = new($"Data Source={StatePath};Pooling=False");
        holder.Open();
        using SqliteTransaction transaction = holder.BeginTransaction(deferred: false);

        RunningInvocation run = Begin(line);
        run.Stop();
        ShellResult result = await run.Completion;

        Assert.True(result.Stopped);
        Assert.Empty(result.Errors);
        await transaction.RollbackAsync();
        Assert.Equal(before, State());
    }

    [Fact]
    public async Task While_somebody_accepts_and_says_nothing()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        Task<Socket> accepted = silent.AcceptSocketAsync();

        RunningInvocation run = Begin($"New-OrchestratorConnector Berlin http://{silent.LocalEndpoint}/api");
        using Socket socket = await accepted;
        run.Stop();
        ShellResult result = await run.Completion;

        Assert.True(result.Stopped);
        Assert.Equal(string.Empty, State());
    }

    private async Task AssertStopsAsync(FakeServer server, Fault fault, string line)
    {
        string before = State();

        ShellResult result = await StopAsync(server, fault, line);

        Assert.True(result.Stopped);
        Assert.Null(result.TerminatingError);
        Assert.Empty(result.Errors);
        Assert.Empty(result.Output);
        Assert.Equal(before, State());
    }

    /// <summary>Runs a line until a request is caught by the fault, and stops it there.</summary>
    private async Task<ShellResult> StopAsync(FakeServer server, Fault fault, string line)
    {
        TaskCompletionSource caught = new(TaskCreationOptions.RunContinuationsAsynchronously);
        server.Faults.Add(fault);
        server.Faults.Add(Fault.Delay(TimeSpan.Zero).When(_ =>
        {
            // It is asked after the other has struck.
            if (fault.Hits > 0)
            {
                caught.TrySetResult();
            }

            return false;
        }));
        RunningInvocation run = Begin(line);
        Task first = await Task.WhenAny(caught.Task, run.Completion);
        Assert.True(first == caught.Task, "The line ended before the server was asked.");
        run.Stop();
        return await run.Completion;
    }
}
