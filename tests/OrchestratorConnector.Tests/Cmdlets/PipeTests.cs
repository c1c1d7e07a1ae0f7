using System;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>What one cmdlet gives, the next one takes: connectors, accounts, runbooks, and the store that they are in.</summary>
public sealed class PipeTests : CmdletTest
{
    private async Task<FakeServer> RegisterTwoAsync()
    {
        FakeServer server = await StartAsync();
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        Register("Hamburg", server.BaseUrl, "-Protocol WebApi");
        return server;
    }

    [Theory]
    [InlineData("'Berlin','Hamburg' | Get-OrchestratorConnector")]
    [InlineData("Get-OrchestratorConnector | Get-OrchestratorConnector")]
    [InlineData("Get-OrchestratorConnector Berlin,Hamburg")]
    [InlineData("Get-OrchestratorConnector *m*,B*")]
    [InlineData("Get-OrchestratorConnector | Enable-OrchestratorConnector -PassThru")]
    [InlineData("'Berlin','Hamburg' | Disable-OrchestratorConnector -PassThru")]
    [InlineData("Disable-OrchestratorConnector * -PassThru")]
    [InlineData("Get-OrchestratorConnector | Set-OrchestratorConnector -Description x -PassThru")]
    [InlineData("'Berlin','Hamburg' | Set-OrchestratorConnector -Description x -PassThru")]
    public async Task Connectors(string line)
    {
        await RegisterTwoAsync();

        Assert.Equal(["Berlin", "Hamburg"], Many<Output.OrchestratorConnector>(line).Select(c => c.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Get-OrchestratorConnector Berlin | Sync-OrchestratorConnector -Due")]
    [InlineData("Get-OrchestratorConnector Berlin | Approve-SMRunbook")]
    [InlineData("Get-OrchestratorConnector Berlin | Compare-SMRunbook")]
    [InlineData("Get-OrchestratorConnector Berlin | Get-SMRunbookJob")]
    [InlineData("Get-OrchestratorConnector Berlin | Get-SMRunbookJob -Last 5")]
    public async Task What_only_tells_its_store_does_not_mean_everything_in_it(string line)
    {
        await RegisterTwoAsync();

        ShellResult result = Run(line);

        Assert.Empty(result.Output);
        Assert.StartsWith("InputObjectNotBound,", Assert.Single(result.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Good("Get-OrchestratorConnectorHistory"));
    }

    [Theory]
    [InlineData("Get-OrchestratorConnector | Sync-OrchestratorConnector")]
    [InlineData("'Berlin','Hamburg' | Sync-OrchestratorConnector")]
    [InlineData("Sync-OrchestratorConnector Berlin,Hamburg")]
    [InlineData("Sync-OrchestratorConnector Berlin,*,berlin")]
    public async Task Synchronizations(string line)
    {
        await RegisterTwoAsync();

        Assert.Equal(["Berlin 60", "Hamburg 60"], Many<ConnectorSyncResult>(line).Select(r => $"{r.Connector} {r.Added}"));
        Assert.Equal(2, Good("Get-OrchestratorConnectorHistory").Count);
    }

    [Fact]
    public async Task Tests()
    {
        await RegisterTwoAsync();

        Assert.Equal(["Berlin", "Hamburg"], Many<ConnectorTestResult>("Get-OrchestratorConnector | Test-OrchestratorConnector").Select(r => r.Connector));
        Assert.Equal([true, true], Good("Get-OrchestratorConnector | Test-OrchestratorConnector -Quiet"));
    }

    [Fact]
    public async Task Runbooks()
    {
        await RegisterTwoAsync();
        Good("Sync-OrchestratorConnector *");

        SMRunbook[] ofOne = Many<SMRunbook>("Get-OrchestratorConnector Berlin | Get-SMRunbook");
        Assert.Equal(60, ofOne.Length);
        Assert.All(ofOne, r => Assert.Equal("Berlin", r.Connector));
        Assert.Equal(120, Good("Get-OrchestratorConnector | Get-SMRunbook").Count);

        string name = ofOne[0].Name;
        SMRunbook again = One<SMRunbook>("Get-SMRunbook $name -Connector Berlin | Get-SMRunbook", ("name", name));
        Assert.Equal(ofOne[0].Id, again.Id);
        Assert.Equal(ofOne[0].Id, One<SMRunbook>("Get-OrchestratorConnector Berlin | Get-SMRunbook $name", ("name", name)).Id);
    }

    [Fact]
    public async Task Runbooks_with_wildcards_in_their_names_are_found_again()
    {
        SourceModel source = new();
        source.AddRunbook(@"\A", "Reset [all] *?");
        source.AddRunbook(@"\A", "Reset a xy");
        source.AddRunbook(@"\A", "Tick ` tack");
        FakeServer server = await StartAsync(source);
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        Good("Sync-OrchestratorConnector Berlin");

        Assert.Equal(source.Runbooks.Select(r => r.Name).Order(StringComparer.Ordinal), Many<SMRunbook>("Get-SMRunbook | Get-SMRunbook").Select(r => r.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Histories_and_folders()
    {
        FakeServer server = await RegisterTwoAsync();
        Good("Sync-OrchestratorConnector *");

        Assert.Equal("Hamburg", One<ConnectorSyncResult>("Get-OrchestratorConnector Hamburg | Get-OrchestratorConnectorHistory").Connector);
        Assert.Equal(server.Model.Folders.Count - 1, Good("Get-OrchestratorConnector Berlin | Get-OrchestratorFolder -Recurse").Count);
    }

    [Fact]
    public async Task A_connector_is_the_model_for_another()
    {
        FakeServer server = await RegisterTwoAsync();
        Good("Set-OrchestratorConnector Berlin -Description Text -TimeoutSeconds 30 -WebConsoleUrl http://127.0.0.1:82");

        ShellResult result = Run("Get-OrchestratorConnector Berlin | New-OrchestratorConnector -Name Copy -SkipTest");

        AssertGood(result);
        Output.OrchestratorConnector copy = Assert.IsType<Output.OrchestratorConnector>(Assert.Single(result.Output));
        Assert.Equal(
            ("Copy", server.AtomUrl, ConnectorProtocol.Atom, "Text", 30, new Uri("http://127.0.0.1:82")),
            (copy.Name, copy.ServiceUrl, copy.Protocol, copy.Description, copy.TimeoutSeconds, copy.WebConsoleUrl));
    }

    [Fact]
    public async Task A_piped_connector_that_gets_another_address_is_asked_again_who_it_is()
    {
        FakeServer server = await RegisterTwoAsync();

        ShellResult named = Run($"Set-OrchestratorConnector Berlin -ServiceUrl {server.BaseUrl} -PassThru");
        ShellResult piped = Run($"Get-OrchestratorConnector Hamburg | Set-OrchestratorConnector -ServiceUrl {server.AtomUrl} -PassThru");

        AssertGood(named);
        AssertGood(piped);
        Assert.Equal(ConnectorProtocol.WebApi, Assert.IsType<Output.OrchestratorConnector>(Assert.Single(named.Output)).Protocol);
        Assert.Equal(ConnectorProtocol.Atom, Assert.IsType<Output.OrchestratorConnector>(Assert.Single(piped.Output)).Protocol);
    }

    [Fact]
    public async Task The_first_of_many_synchronizations_is_the_only_one()
    {
        await RegisterTwoAsync();

        ShellResult result = Run("Sync-OrchestratorConnector * | Select-Object -First 1");

        AssertGood(result);
        Assert.Equal("Berlin", Assert.IsType<ConnectorSyncResult>(Assert.Single(result.Output)).Connector);
        Assert.Single(Good("Get-OrchestratorConnectorHistory"));
    }

    [Fact]
    public void Accounts()
    {
        Good("New-OrchestratorRunAsAccount One -SecretName s");
        Good("New-OrchestratorRunAsAccount Two -SecretName s");

        Assert.Equal(["One", "Two"], Many<OrchestratorRunAsAccount>("'One','Two' | Get-OrchestratorRunAsAccount").Select(a => a.Name));
        Assert.Equal(["x", "x"], Many<OrchestratorRunAsAccount>("Get-OrchestratorRunAsAccount | Set-OrchestratorRunAsAccount -Description x -PassThru").Select(a => a.Description));
        Assert.Empty(Good("Get-OrchestratorRunAsAccount One | Remove-OrchestratorRunAsAccount -Confirm:$false"));
        Assert.Equal("Two", One<OrchestratorRunAsAccount>("Get-OrchestratorRunAsAccount").Name);
    }

    [Fact]
    public async Task Removals()
    {
        await RegisterTwoAsync();

        Assert.Empty(Good("Get-OrchestratorConnector H* | Remove-OrchestratorConnector -Confirm:$false"));
        Assert.Equal("Berlin", One<Output.OrchestratorConnector>("Get-OrchestratorConnector").Name);
    }

    [Fact]
    public async Task Every_store_of_a_pipeline_is_used()
    {
        await RegisterTwoAsync();
        using Shell other = NewShell();
        other.Invoke("New-OrchestratorConnector Bremen http://127.0.0.1:1 -SkipTest -StatePath $s", ("s", Beside("other.db")));
        object?[] connectors = [.. Good("Get-OrchestratorConnector Berlin"), .. other.Invoke("Get-OrchestratorConnector -StatePath $s", ("s", Beside("other.db"))).Output];

        ShellResult result = Shell.Command("Set-OrchestratorConnector").With("Description", "x").With("PassThru").WithInput(connectors).Invoke();

        AssertGood(result);
        Assert.Equal([("Berlin", StatePath), ("Bremen", Beside("other.db"))], result.Output.Cast<Output.OrchestratorConnector>().Select(c => (c.Name, c.StatePath)));
    }
}
