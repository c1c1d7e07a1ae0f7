using System;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Which runbook a job is started of: exactly one, or none.</summary>
public sealed class RunbookNamingTests : CmdletTest
{
    private FakeServer _berlin = null!;
    private FakeServer _hamburg = null!;

    private Guid Solo => _berlin.Model.Runbooks.Single(r => r.Name == "Solo").Id;

    private async Task FillAsync()
    {
        SourceModel one = new();
        one.AddRunbook(@"\A", "Alpha");
        one.AddRunbook(@"\B", "Alpha");
        one.AddRunbook(@"\A", "Beta");
        one.AddRunbook(@"\A", "Gamma [x]");
        one.AddRunbook(@"\A", "Solo");
        SourceModel two = new(seed: 2);
        two.AddRunbook(@"\A", "Beta");
        two.AddRunbook(@"\H", "Omega");
        _berlin = await StartAsync(one);
        _hamburg = await StartAsync(two);
        Register("Berlin", _berlin.AtomUrl, "-Protocol Atom");
        Register("Hamburg", _hamburg.BaseUrl, "-Protocol WebApi");
        AssertGood(Run("Sync-OrchestratorConnector *"));
    }

    [Theory]
    [InlineData("Start-SMRunbook Solo", @"Berlin \A\Solo")]
    [InlineData("Start-SMRunbook sOLO", @"Berlin \A\Solo")]
    [InlineData("Start-SMRunbook -Name Solo -Connector BERLIN", @"Berlin \A\Solo")]
    [InlineData(@"Start-SMRunbook -Path \A\Alpha", @"Berlin \A\Alpha")]
    [InlineData(@"Start-SMRunbook -Path \b\ALPHA", @"Berlin \B\Alpha")]
    [InlineData("Start-SMRunbook -Id $solo", @"Berlin \A\Solo")]
    [InlineData("Start-SMRunbook -Id $solo -Connector Berlin", @"Berlin \A\Solo")]
    [InlineData("Start-SMRunbook Beta -Connector Hamburg", @"Hamburg \A\Beta")]
    [InlineData(@"Start-SMRunbook -Path \A\Beta -Connector Hamburg", @"Hamburg \A\Beta")]
    [InlineData("Start-SMRunbook Om*", @"Hamburg \H\Omega")]
    [InlineData(@"Start-SMRunbook -Path \H\*", @"Hamburg \H\Omega")]
    [InlineData("Start-SMRunbook 'Gamma `[x`]'", @"Berlin \A\Gamma [x]")]
    [InlineData(@"Start-SMRunbook -Path '\A\Gamma `[x`]'", @"Berlin \A\Gamma [x]")]
    [InlineData("Start-SMRunbook 'gamma [X]'", @"Berlin \A\Gamma [x]")]
    [InlineData(@"Start-SMRunbook -Path '\A\Gamma [x]'", @"Berlin \A\Gamma [x]")]
    [InlineData("Get-SMRunbook Gamma* | Start-SMRunbook", @"Berlin \A\Gamma [x]")]
    [InlineData("Get-SMRunbook Beta | Start-SMRunbook", @"Berlin \A\Beta,Hamburg \A\Beta")]
    [InlineData("$book | Start-SMRunbook", @"Hamburg \A\Beta")]
    [InlineData("Start-SMRunbook -SMRunbook $book", @"Hamburg \A\Beta")]
    public async Task It_is_started(string line, string started)
    {
        await FillAsync();
        SMRunbook book = One<SMRunbook>("Get-SMRunbook Beta -Connector Hamburg");

        SMRunbookJob[] jobs = Many<SMRunbookJob>(line, ("solo", Solo), ("book", book));

        Assert.Equal(started, string.Join(',', jobs.Select(j => $"{j.Connector} {j.Path}").Order(StringComparer.Ordinal)));
        // The server has what the output says.
        Assert.Equal(
            jobs.Select(j => (j.Id!.Value, j.RunbookId)).Order(),
            _berlin.Jobs.All.Concat(_hamburg.Jobs.All).Select(j => (j.Id, j.RunbookId)).Order());
    }

    [Theory]
    [InlineData("Alpha", "RunbookAmbiguous", @"Several runbooks are called 'Alpha': '\A\Alpha' of 'Berlin', '\B\Alpha' of 'Berlin'. Choose one with -Path, -Id or -Connector.")]
    [InlineData("aLPHA -Connector B*", "RunbookAmbiguous", @"'\A\Alpha' of 'Berlin', '\B\Alpha' of 'Berlin'.")]
    [InlineData("beta", "RunbookAmbiguous", @"Several runbooks are called 'beta': '\A\Beta' of 'Berlin', '\A\Beta' of 'Hamburg'.")]
    [InlineData(@"-Path \A\Beta", "RunbookAmbiguous", @"'\A\Beta' of 'Berlin', '\A\Beta' of 'Hamburg'.")]
    [InlineData("A*", "RunbookNotUnique", "'A*' fits 2 runbooks; a job runs one.")]
    [InlineData(@"-Path \A\*", "RunbookNotUnique", @"'\A\*' fits 5 runbooks")]
    [InlineData("Nobody", "RunbookNotFound", "The library has no runbook whose name is 'Nobody'.")]
    [InlineData("X*", "RunbookNotFound", "whose name is 'X*'.")]
    [InlineData(@"-Path \Nowhere", "RunbookNotFound", @"whose path is '\Nowhere'.")]
    [InlineData("-Id 11111111-1111-1111-1111-111111111111", "RunbookNotFound", "whose id is '11111111-1111-1111-1111-111111111111'.")]
    [InlineData("-Id 00000000-0000-0000-0000-000000000000", "RunbookNotFound", "whose id is '00000000-0000-0000-0000-000000000000'.")]
    [InlineData("Solo -Connector Hamburg", "RunbookNotFound", "whose name is 'Solo' and that fits the rest of what was asked.")]
    [InlineData("-Id $solo -Connector Hamburg", "RunbookNotFound", " and that fits the rest of what was asked.")]
    [InlineData("Solo -Connector Nobody", "ConnectorNotFound", "There is no connector named 'Nobody'.")]
    [InlineData("Solo -Connector Berlim", "ConnectorNotFound", "Did you mean 'Berlin'?")]
    public async Task None_is_started(string named, string id, string part)
    {
        await FillAsync();
        foreach (string cmdlet in new[] { "Start", "Invoke" })
        {
            Assert.Contains(part, Refused($"{id}{Commands}{cmdlet}SMRunbookCommand", $"{cmdlet}-SMRunbook {named}", ("solo", Solo)).Exception.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, _berlin.Jobs.Started + _hamburg.Jobs.Started);
    }

    [Fact]
    public async Task The_empty_id_is_no_runbooks_also_where_there_is_but_one()
    {
        SourceModel source = new();
        source.AddRunbook(@"\", "Only");
        FakeServer server = await StartAsync(source);
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        AssertGood(Run("Sync-OrchestratorConnector Berlin"));

        Refused("RunbookNotFound" + Commands + "StartSMRunbookCommand", "Start-SMRunbook -Id 00000000-0000-0000-0000-000000000000");

        Assert.Equal(0, server.Jobs.Started);
    }

    [Fact]
    public async Task A_piped_runbook_that_is_gone_is_an_error_and_the_others_are_started()
    {
        await FillAsync();
        object?[] books = [.. Good("Get-SMRunbook Omega"), .. Good("Get-SMRunbook Solo")];
        Good("Remove-OrchestratorConnector Hamburg -Confirm:$false");

        ShellResult result = Run("$books | Start-SMRunbook", ("books", books));

        Assert.Equal("RunbookNotFound" + Commands + "StartSMRunbookCommand", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal(@"\A\Solo", Assert.IsType<SMRunbookJob>(Assert.Single(result.Output)).Path);
    }

    [Fact]
    public async Task Nothing_but_a_runbook_can_be_run()
    {
        await FillAsync();

        Assert.StartsWith("InputObjectNotBound,", Assert.Single(Run("'Solo' | Start-SMRunbook").Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("MissingMandatoryParameter,", Run("Start-SMRunbook").TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.StartsWith("AmbiguousParameterSet,", Run(@"Start-SMRunbook -Name Solo -Path \A\Solo").TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Equal(0, _berlin.Jobs.Started);
    }
}
