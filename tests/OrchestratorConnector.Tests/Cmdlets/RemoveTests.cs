using System;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Removing a connector, with its runbooks or without.</summary>
public sealed class RemoveTests : CmdletTest
{
    private async Task<FakeServer> FillAsync()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Good("Sync-OrchestratorConnector Berlin");
        return server;
    }

    [Fact]
    public async Task The_question_says_how_much_goes()
    {
        await FillAsync();
        Shell.Confirmation = _ => ShellAnswer.Yes;

        ShellResult result = Run("Remove-OrchestratorConnector berlin");

        AssertGood(result);
        Assert.Contains("\"Remove connector\" on target \"'Berlin' with its 60 runbooks\"", Assert.Single(result.Prompts).Message, StringComparison.Ordinal);
        Assert.Empty(Good("Get-SMRunbook"));
        Assert.Single(Good("Get-OrchestratorConnectorHistory Berlin"));
    }

    [Fact]
    public async Task It_says_which_activities_go_without_their_runbooks_then()
    {
        SourceModel source = new();
        source.AddRunbook(@"\A", "Alpha");
        FakeServer server = await StartAsync(source);
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Good("Sync-OrchestratorConnector Berlin");
        Good(@"New-SMRunbookActivity First \A\Alpha");
        Good(@"New-SMRunbookActivity Second \A\Alpha");

        ShellResult result = Run("Remove-OrchestratorConnector Berlin -WhatIf");

        Assert.Contains("'First', 'Second'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Empty(Run("Remove-OrchestratorConnector Berlin -KeepRunbook -Confirm:$false").Warnings);
    }

    [Fact]
    public async Task Kept_runbooks_stay_as_PendingDelete_and_can_be_asked_for()
    {
        await FillAsync();

        Good("Remove-OrchestratorConnector Berlin -KeepRunbook -Confirm:$false");

        Assert.Empty(Good("Get-OrchestratorConnector"));
        SMRunbook[] kept = Many<SMRunbook>("Get-SMRunbook -Status PendingDelete");
        Assert.Equal(60, kept.Length);
        Assert.All(kept, r => Assert.False(string.IsNullOrEmpty(r.StatusReason)));
        Assert.Equal(60, Good("Get-SMRunbook -Connector Berlin").Count);
    }

    [Fact]
    public async Task Kept_runbooks_can_be_removed_later()
    {
        await FillAsync();
        Good("Remove-OrchestratorConnector Berlin -KeepRunbook -Confirm:$false");
        string before = State();

        Assert.Equal(["What if: Performing the operation \"Remove\" on target \"60 kept runbooks of the removed connector 'Berlin'\"."], Run("Remove-OrchestratorConnector Berlin -WhatIf").WhatIf);
        Assert.Equal(before, State());
        Good("Remove-OrchestratorConnector Berlin -Confirm:$false");

        Assert.Empty(Good("Get-SMRunbook"));
        Refused("ConnectorNotFound" + Commands + "RemoveOrchestratorConnectorCommand", "Remove-OrchestratorConnector Berlin -Confirm:$false");
    }

    [Fact]
    public async Task Kept_runbooks_of_several_connectors_can_be_removed_in_one_call()
    {
        FakeServer server = await FillAsync();
        Run($"New-OrchestratorConnector Hamburg {server.BaseUrl}");
        Good("Sync-OrchestratorConnector Hamburg");
        Good("Remove-OrchestratorConnector * -KeepRunbook -Confirm:$false");

        ShellResult result = Run("Remove-OrchestratorConnector Berlin,Hamburg -Confirm:$false");

        AssertGood(result);
        Assert.Empty(Good("Get-SMRunbook"));
    }

    [Fact]
    public async Task A_new_connector_of_the_same_name_takes_them_up_again()
    {
        FakeServer server = await FillAsync();
        Good("Remove-OrchestratorConnector Berlin -KeepRunbook -Confirm:$false");

        Assert.Equal(60, One<Output.OrchestratorConnector>($"New-OrchestratorConnector berlin {server.AtomUrl}").RunbookCount);
        ConnectorSyncResult result = One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin");

        Assert.Equal((60L, 60L, 0L), (result.Total, result.Returned, result.Added));
        Assert.Equal(60, Good("Get-SMRunbook -Status Active").Count);
    }

    [Fact]
    public async Task Its_account_stays()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl} -Credential $c", ("c", CredentialOf("u", "p")));

        Good("Remove-OrchestratorConnector Berlin -Confirm:$false");

        Assert.Empty(One<OrchestratorRunAsAccount>("Get-OrchestratorRunAsAccount Berlin").Connectors);
    }
}
