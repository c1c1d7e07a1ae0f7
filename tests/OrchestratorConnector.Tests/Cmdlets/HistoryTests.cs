using System;
using System.Linq;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Past synchronizations.</summary>
public sealed class HistoryTests : CmdletTest
{
    private async Task<FakeServer> FillAsync()
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        Register("Hamburg", server.BaseUrl, "-Protocol WebApi");
        Good("Sync-OrchestratorConnector *");
        server.Model.AddRunbook(@"\New", "New");
        Good("Sync-OrchestratorConnector *");
        return server;
    }

    [Theory]
    [InlineData("", "Hamburg 1,Berlin 1,Hamburg 60,Berlin 60")]
    [InlineData("Berlin", "Berlin 1,Berlin 60")]
    [InlineData("h*", "Hamburg 1,Hamburg 60")]
    [InlineData("-Last 1", "Hamburg 1,Berlin 1")]
    [InlineData("Berlin -Last 1", "Berlin 1")]
    [InlineData("Berlin -Last 99", "Berlin 1,Berlin 60")]
    [InlineData("Berlin,Hamburg -Last 1", "Berlin 1,Hamburg 1")]
    public async Task The_newest_comes_first(string asked, string given)
    {
        await FillAsync();

        Assert.Equal(given, string.Join(',', Many<ConnectorSyncResult>("Get-OrchestratorConnectorHistory " + asked).Select(r => $"{r.Connector} {r.Added}")));
    }

    [Fact]
    public async Task It_is_what_the_synchronization_gave()
    {
        FakeServer server = await FillAsync();
        server.Model.RemoveRunbooks(r => r.IsMonitor);
        ConnectorSyncResult given = One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin");

        ConnectorSyncResult kept = Many<ConnectorSyncResult>("Get-OrchestratorConnectorHistory Berlin")[0];

        static string Text(ConnectorSyncResult r) => $"{r.Connector} {r.Status} {r.StartTime:o} {r.FinishTime:o} {r.Duration} {r.Total} {r.Added} {r.Changed} {r.Unchanged} {r.Missing} {r.Returned} {r.Invalid} {r.Requests} {r.Bytes} {r.Error} {r.WhatIf} {string.Join('|', r.Changes)}";
        Assert.Equal(Text(given), Text(kept));
        Assert.True(kept.Missing > 0);
    }

    [Theory]
    [InlineData("-Last 0")]
    [InlineData("-Last -1")]
    public async Task Fewer_than_one_is_refused(string asked)
    {
        await FillAsync();

        Refused("ParameterArgumentValidationError" + Commands + "GetOrchestratorConnectorHistoryCommand", "Get-OrchestratorConnectorHistory " + asked);
    }

    [Fact]
    public async Task A_removed_connector_keeps_it()
    {
        await FillAsync();
        Good("Remove-OrchestratorConnector Berlin -Confirm:$false");

        Assert.Equal(2, Good("Get-OrchestratorConnectorHistory berlin").Count);
        Assert.Equal(4, Good("Get-OrchestratorConnectorHistory").Count);
        Assert.Equal(60, Many<ConnectorSyncResult>("Get-OrchestratorConnectorHistory Berlin")[1].Changes.Count);
    }

    [Fact]
    public void One_that_never_ran_has_none_and_that_is_no_error()
    {
        Register("Berlin", new Uri("http://127.0.0.1:1"));

        Assert.Empty(Good("Get-OrchestratorConnectorHistory Berlin"));
        Assert.Empty(Good("Get-OrchestratorConnectorHistory"));
    }
}
