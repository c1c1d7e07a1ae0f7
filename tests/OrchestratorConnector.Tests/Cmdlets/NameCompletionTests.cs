using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using FakeOrchestrator;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>What the tab key offers: names from the store, quoted where they must be, and never a word from a server.</summary>
public sealed class NameCompletionTests : CmdletTest
{
    private async Task<FakeServer> FillAsync()
    {
        SourceModel source = new();
        source.AddRunbook(@"\Active Directory", "Reset Password");
        source.AddRunbook(@"\Active Directory\Users", "Owner's mail");
        source.AddRunbook(@"\Exchange", "Restart");
        FakeServer server = await StartAsync(source);
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        Run("New-OrchestratorConnector 'Bad Homburg' http://127.0.0.1:1 -SkipTest");
        Register("Hamburg", new Uri("http://127.0.0.1:1"));
        Good("New-OrchestratorRunAsAccount 'Run books' -SecretName s");
        Good("New-OrchestratorRunAsAccount Runner -SecretName s");
        Good("Sync-OrchestratorConnector Berlin");
        return server;
    }

    [Theory]
    [InlineData("Get-OrchestratorConnector {0} ", "'Bad Homburg',Berlin,Hamburg")]
    [InlineData("Get-OrchestratorConnector {0} B", "'Bad Homburg',Berlin")]
    [InlineData("Get-OrchestratorConnector {0} -Name be", "Berlin")]
    [InlineData("Get-OrchestratorConnector {0} -Name 'bad h", "'Bad Homburg'")]
    [InlineData("Get-OrchestratorConnector {0} -Name Berlin,H", "Hamburg")]
    [InlineData("Get-OrchestratorConnector {0} *burg", "'Bad Homburg',Hamburg")]
    [InlineData("Sync-OrchestratorConnector {0} Ber", "Berlin")]
    [InlineData("Set-OrchestratorConnector {0} Ber", "Berlin")]
    [InlineData("Remove-OrchestratorConnector {0} Ber", "Berlin")]
    [InlineData("Test-OrchestratorConnector {0} Ber", "Berlin")]
    [InlineData("Enable-OrchestratorConnector {0} Ber", "Berlin")]
    [InlineData("Disable-OrchestratorConnector {0} Ber", "Berlin")]
    [InlineData("Get-OrchestratorConnectorHistory {0} Ber", "Berlin")]
    [InlineData("Get-OrchestratorFolder {0} Ber", "Berlin")]
    [InlineData("Get-SMRunbook {0} -Connector Ber", "Berlin")]
    [InlineData("Get-SMRunbook {0} Res", "'Reset Password',Restart")]
    [InlineData("Get-SMRunbook {0} own", "'Owner''s mail'")]
    [InlineData("Get-SMRunbook {0} -Folder ", @"'\Active Directory','\Active Directory\Users',\Exchange")]
    [InlineData(@"Get-SMRunbook {0} -Folder \E", @"\Exchange")]
    [InlineData("Get-SMRunbook {0} -Folder ex", @"\Exchange")]
    [InlineData("New-OrchestratorConnector {0} -Folder ex", @"\Exchange")]
    [InlineData("New-OrchestratorConnector {0} -RunAsAccount Run", "'Run books',Runner")]
    [InlineData("Set-OrchestratorRunAsAccount {0} Run", "'Run books',Runner")]
    [InlineData("Remove-OrchestratorRunAsAccount {0} Runn", "Runner")]
    [InlineData("Get-SMRunbook {0} -Status ", "Active,Invalid,Missing,PendingDelete")]
    [InlineData("New-OrchestratorConnector {0} -Protocol ", "Auto,Atom,WebApi")]
    [InlineData("New-OrchestratorConnector {0} -Schedule ", "None,Daily,Interval")]
    [InlineData("Get-OrchestratorConnector {0} X", "")]
    public async Task It_offers(string line, string offered)
    {
        FakeServer server = await FillAsync();
        server.ClearRequests();

        Assert.Equal(offered, string.Join(',', Shell.Complete(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, "-StatePath '" + StatePath + "'")).Select(r => r.CompletionText)));
        Assert.Equal(0, server.RequestCount);
    }

    [Fact]
    public async Task A_tooltip_says_more()
    {
        FakeServer server = await FillAsync();

        string tip = Assert.Single(Shell.Complete($"Get-OrchestratorConnector -StatePath '{StatePath}' Ber")).ToolTip;

        Assert.Contains(server.AtomUrl.ToString(), tip, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_store_there_is_nothing_and_none_is_made()
    {
        Assert.Empty(Shell.Complete($"Get-OrchestratorConnector -StatePath '{StatePath}' B"));
        Assert.False(File.Exists(StatePath));
    }

    [Fact]
    public void A_store_that_cannot_be_read_offers_nothing()
    {
        File.WriteAllText(StatePath, new string('x', 5000));

        Assert.Empty(Shell.Complete($"Get-OrchestratorConnector -StatePath '{StatePath}' B"));
    }

    [Fact]
    public async Task What_is_offered_is_accepted()
    {
        await FillAsync();
        foreach (string name in Shell.Complete($"Get-OrchestratorConnector -StatePath '{StatePath}' ").Select(r => r.CompletionText))
        {
            Assert.Single(Good("Get-OrchestratorConnector " + name));
        }

        foreach (string name in Shell.Complete($"Get-SMRunbook -StatePath '{StatePath}' ").Select(r => r.CompletionText))
        {
            Assert.Single(Good("Get-SMRunbook " + name));
        }
    }
}
