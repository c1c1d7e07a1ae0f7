using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Which runbooks Get-SMRunbook gives for what is asked.</summary>
public sealed class RunbookSelectionTests : CmdletTest
{
    private static IEnumerable<string> Split(string paths)
        => paths.Split(@" \").Where(p => p.Length > 0).Select(p => p[0] == '\\' ? p : "\\" + p).Order(StringComparer.Ordinal);

    private async Task<SourceModel> FillAsync()
    {
        SourceModel source = new();
        source.AddRunbook(@"\", "Alpha");
        source.AddRunbook(@"\A", "Alpha", ("User", "In"), ("Result", "Out"));
        source.AddRunbook(@"\A", "Beta");
        source.AddRunbook(@"\A\B", "Gamma [x]");
        source.AddRunbook(@"\AB", "Delta");
        source.AddRunbook(@"\AB", "Ähre 'n' Dorn");
        FakeServer server = await StartAsync(source);
        Register("One", server.AtomUrl, "-Protocol Atom");
        AssertGood(Run("Sync-OrchestratorConnector One"));
        return source;
    }

    [Theory]
    [InlineData("", @"\A\Alpha \A\B\Gamma [x] \A\Beta \AB\Delta \AB\Ähre 'n' Dorn \Alpha")]
    [InlineData("*", @"\A\Alpha \A\B\Gamma [x] \A\Beta \AB\Delta \AB\Ähre 'n' Dorn \Alpha")]
    [InlineData("Alpha", @"\A\Alpha \Alpha")]
    [InlineData("aLPHA", @"\A\Alpha \Alpha")]
    [InlineData("-Name Alpha", @"\A\Alpha \Alpha")]
    [InlineData("'ähre ''n'' dorn'", @"\AB\Ähre 'n' Dorn")]
    [InlineData("A*", @"\A\Alpha \Alpha")]
    [InlineData("*a", @"\A\Alpha \A\Beta \AB\Delta \Alpha")]
    [InlineData("?eta", @"\A\Beta")]
    [InlineData("[a-b]*", @"\A\Alpha \A\Beta \Alpha")]
    [InlineData("Beta,Delta", @"\A\Beta \AB\Delta")]
    [InlineData("Beta,B*", @"\A\Beta")]
    [InlineData("'Gamma `[x`]'", @"\A\B\Gamma [x]")]
    [InlineData("'Gamma*'", @"\A\B\Gamma [x]")]
    [InlineData(@"-Path \A\Beta", @"\A\Beta")]
    [InlineData(@"-Path \a\BETA", @"\A\Beta")]
    [InlineData(@"-Path \A\*", @"\A\Alpha \A\B\Gamma [x] \A\Beta")]
    [InlineData(@"-Path \Alpha,\AB\Delta", @"\AB\Delta \Alpha")]
    [InlineData(@"-Folder \A", @"\A\Alpha \A\B\Gamma [x] \A\Beta")]
    [InlineData(@"-Folder \a\", @"\A\Alpha \A\B\Gamma [x] \A\Beta")]
    [InlineData("-Folder A", @"\A\Alpha \A\B\Gamma [x] \A\Beta")]
    [InlineData("-Folder A/B", @"\A\B\Gamma [x]")]
    [InlineData(@"-Folder \", @"\A\Alpha \A\B\Gamma [x] \A\Beta \AB\Delta \AB\Ähre 'n' Dorn \Alpha")]
    [InlineData(@"-Folder \A*", @"\A\Alpha \A\B\Gamma [x] \A\Beta \AB\Delta \AB\Ähre 'n' Dorn")]
    [InlineData(@"-Folder \A?", @"\AB\Delta \AB\Ähre 'n' Dorn")]
    [InlineData("-Folder *", @"\A\Alpha \A\B\Gamma [x] \A\Beta \AB\Delta \AB\Ähre 'n' Dorn \Alpha")]
    [InlineData(@"-Folder \A\B,\AB", @"\A\B\Gamma [x] \AB\Delta \AB\Ähre 'n' Dorn")]
    [InlineData(@"-Folder \Nowhere*", "")]
    [InlineData(@"-Folder \A -Status Missing", "")]
    [InlineData("-Connector One Beta", @"\A\Beta")]
    [InlineData("-Connector O* B*", @"\A\Beta")]
    [InlineData("-Connector T*", "")]
    [InlineData("-Status Active -Name Beta", @"\A\Beta")]
    [InlineData("-Status Missing", "")]
    [InlineData("-Status Missing,Active Beta", @"\A\Beta")]
    [InlineData("-Status Invalid,PendingDelete", "")]
    [InlineData(@"Alpha -Folder \A", @"\A\Alpha")]
    [InlineData(@"Alpha -Path \Alpha", @"\Alpha")]
    public async Task It_gives(string asked, string paths)
    {
        Assert.NotNull(paths);
        await FillAsync();

        Assert.Equal(Split(paths), Many<SMRunbook>("Get-SMRunbook " + asked).Select(r => r.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(@"-Folder \Nowhere", 0)]
    [InlineData(@"-Folder \A\B,\Nowhere,nowhere/", 1)]
    [InlineData(@"Alpha -Folder \Nowhere -Connector One", 0)]
    public async Task A_folder_that_the_library_does_not_know_is_a_mistake(string asked, int found)
    {
        await FillAsync();

        ShellResult result = Run("Get-SMRunbook " + asked);

        Assert.Equal(found, result.Output.Count);
        Assert.All(result.Errors, e => Assert.StartsWith("RunbookNotFound", e.FullyQualifiedErrorId, StringComparison.Ordinal));
        Assert.Contains(result.Errors, e => e.Exception.Message.Contains(@"whose folder is '\Nowhere'", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Alpha,Nobody", "RunbookNotFound", @"\A\Alpha \Alpha")]
    [InlineData(@"-Path \A\Beta,\A\Nobody", "RunbookNotFound", @"\A\Beta")]
    [InlineData("Beta -Connector Nobody,One", "ConnectorNotFound", @"\A\Beta")]
    [InlineData(@"Delta -Folder \A", "RunbookNotFound", "")]
    public async Task What_is_not_there_is_an_error_and_the_rest_comes(string asked, string id, string paths)
    {
        Assert.NotNull(paths);
        await FillAsync();

        ShellResult result = Run("Get-SMRunbook " + asked);

        Assert.Equal(id + Commands + "GetSMRunbookCommand", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal(Split(paths), result.Output.Cast<SMRunbook>().Select(r => r.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task By_id_one_comes_and_it_has_everything()
    {
        SourceModel source = await FillAsync();
        SourceRunbook expected = source.Runbooks[1];

        SMRunbook one = One<SMRunbook>("Get-SMRunbook -Id $id", ("id", expected.Id));

        Assert.Equal((expected.Name, expected.Path, @"\A", "One", StatePath), (one.Name, one.Path, one.Folder, one.Connector, one.StatePath));
        Assert.Equal(["User", "Result →Out"], one.Parameters.Select(p => p.ToString()));
        Assert.Equal([ParameterDirection.In, ParameterDirection.Out], one.Parameters.Select(p => p.Direction));
        Assert.Equal(expected.CreationTime.ToLocalTime(), one.CreationTime);
        Assert.Equal(DateTimeKind.Local, one.LastModifiedTime!.Value.Kind);
        Assert.Equal("S-1-5-500", one.CreatedBy);
        Assert.Equal(@"\A\Alpha", one.ToString());
        Assert.Equal(2, Many<SMRunbook>("Get-SMRunbook -Id $ids", ("ids", new object[] { expected.Id, source.Runbooks[2].Id.ToString() })).Length);
    }

    [Fact]
    public async Task No_server_is_asked()
    {
        FakeServer server = await StartAsync();
        Register("One", server.AtomUrl, "-Protocol Atom");
        Good("Sync-OrchestratorConnector One");
        server.ClearRequests();

        Good("Get-SMRunbook");

        Assert.Equal(0, server.RequestCount);
    }

    [Fact]
    public async Task It_streams()
    {
        await FillAsync();

        ShellResult result = Run("Get-SMRunbook | Select-Object -First 1");

        AssertGood(result);
        Assert.IsType<SMRunbook>(Assert.Single(result.Output));
    }

    [Fact]
    public async Task The_view_shows_parameters_by_name()
    {
        await FillAsync();

        string text = Shell.Formatter.Format(Good(@"Get-SMRunbook -Path \A\Alpha"));

        Assert.Contains("User, Result →Out", text, StringComparison.Ordinal);
        Assert.Matches(@"Name +Path +Status +Connector +Parameters", text);
    }
}
