using System;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Several stores in one pipeline, what the tab key offers of one, and how values are escaped by what it holds.</summary>
public sealed class JobStoreTests : JobTest
{
    private string Other => Beside("other.db");

    /// <summary>A second store whose connector has the same name and key, and another server.</summary>
    private async Task<FakeServer> PrepareOtherAsync()
    {
        SourceModel source = new(seed: 9);
        source.AddRunbook(@"\Other", "Elsewhere");
        source.AddRunbook(@"\Other", "Shared", ("Text", "In"));
        FakeServer server = await StartAsync(source);
        AssertGood(Shell.Invoke($"New-OrchestratorConnector Berlin {server.BaseUrl} -SkipTest -Protocol WebApi -StatePath $s", ("s", Other)));
        AssertGood(Shell.Invoke("Sync-OrchestratorConnector Berlin -StatePath $s", ("s", Other)));
        server.ClearRequests();
        return server;
    }

    private object? OtherOne(string line) => Assert.Single(Shell.Invoke(line + " -StatePath $s", ("s", Other)).Output);

    [Fact]
    public async Task Runbooks_of_two_stores_run_each_at_their_own_server()
    {
        await PrepareAsync(ConnectorProtocol.Atom);
        FakeServer other = await PrepareOtherAsync();
        object?[] books = [One<SMRunbook>("Get-SMRunbook Plain"), OtherOne("Get-SMRunbook Elsewhere"), One<SMRunbook>("Get-SMRunbook Plain")];

        ShellResult result = Shell.Invoke("$books | Invoke-SMRunbook", ("books", books));

        AssertGood(result);
        Assert.Equal(
            [("Elsewhere", JobStatus.Completed, Other), ("Plain", JobStatus.Completed, StatePath), ("Plain", JobStatus.Completed, StatePath)],
            JobsOf(result).Select(j => (j.Runbook, j.Status, j.StatePath)).Order());
        Assert.Equal([2, 1], new[] { Board.Started, other.Jobs.Started });
        Assert.Equal(["Plain Completed", "Plain Completed"], Kept().Select(j => $"{j.Runbook} {j.Status}"));
        Assert.Equal(["Elsewhere Completed"], Kept(Other).Select(j => $"{j.Runbook} {j.Status}"));
    }

    [Theory]
    [InlineData("$jobs | Wait-SMRunbookJob", 2)]
    [InlineData("$jobs | Wait-SMRunbookJob -Any", 1)]
    [InlineData("$jobs | Get-SMRunbookJob -Refresh", 2)]
    [InlineData("$jobs | Stop-SMRunbookJob -PassThru", 2)]
    public async Task Jobs_of_two_stores_are_looked_after_each_in_their_own(string line, int count)
    {
        await PrepareAsync(ConnectorProtocol.Atom);
        FakeServer other = await PrepareOtherAsync();
        Board.Script = _ => JobScript.Never;
        other.Jobs.Script = _ => JobScript.Never;
        object?[] jobs = [Job("Start-SMRunbook Plain"), OtherOne("Start-SMRunbook Elsewhere")];
        bool isStop = line.Contains("Stop-", StringComparison.Ordinal);
        if (!isStop)
        {
            Board.Finish(Board.All[0].Id);
            other.Jobs.Finish(other.Jobs.All[0].Id);
        }

        ShellResult result = Shell.Invoke(line, ("jobs", jobs));

        AssertGood(result);
        Assert.Equal(count, result.Output.Count);
        JobStatus end = isStop ? JobStatus.Canceled : JobStatus.Completed;
        Assert.All(JobsOf(result), j => Assert.Equal(end, j.Status));
        Assert.Equal(new[] { ("Plain", StatePath), ("Elsewhere", Other) }.Take(count), JobsOf(result).Select(j => (j.Runbook, j.StatePath)));
        // Nobody wrote into the wrong one.
        Assert.Equal(("Plain", end), (Assert.Single(Kept()).Runbook, Kept()[0].Status));
        Assert.Equal("Elsewhere", Assert.Single(Kept(Other)).Runbook);
        Assert.Equal(other.Jobs.All[0].Id, Kept(Other)[0].JobId);
        Assert.Equal(count == 2 ? end : JobStatus.Pending, Kept(Other)[0].Status);
    }

    [Fact]
    public async Task Input_objects_may_name_the_store_that_the_runbook_is_looked_for_in()
    {
        await PrepareAsync(ConnectorProtocol.WebApi, source => source.AddRunbook(@"\Jobs", "Shared", ("Text", "In")));
        FakeServer other = await PrepareOtherAsync();
        object[] inputs = [CustomObject.Of(("Text", "here"), ("StatePath", StatePath)), CustomObject.Of(("Text", "there"), ("StatePath", Other))];

        ShellResult result = Shell.Invoke("$o | Start-SMRunbook -Name Shared", ("o", inputs));

        AssertGood(result);
        Assert.Equal([(@"\Jobs\Shared", StatePath), (@"\Other\Shared", Other)], JobsOf(result).Select(j => (j.Path, j.StatePath)));
        Assert.Equal(["Text=here"], AllValues());
        Assert.Equal("Text=there", ValuesOf(Assert.Single(other.Jobs.All)));
        Assert.Single(Kept());
        Assert.Single(Kept(Other));
    }

    [Fact]
    public async Task Activities_and_runbooks_carry_their_store_along()
    {
        await PrepareAsync();
        await PrepareOtherAsync();
        Good("New-SMRunbookActivity A Plain");
        AssertGood(Shell.Invoke("New-SMRunbookActivity B Elsewhere -StatePath $s", ("s", Other)));
        object?[] activities = [.. Good("Get-SMRunbookActivity"), OtherOne("Get-SMRunbookActivity")];

        ShellResult result = Shell.Invoke("$a | Set-SMRunbookActivity -Description x -PassThru", ("a", activities));

        AssertGood(result);
        Assert.Equal([("A", StatePath), ("B", Other)], result.Output.Cast<SMRunbookActivity>().Select(a => (a.Name, a.StatePath)));
    }

    [Fact]
    public async Task The_tab_key_offers_what_is_kept()
    {
        await PrepareAsync(more: source => source.AddRunbook(@"\Jobs", "Gamma [x]"));
        AddActivity();
        Good("New-SMRunbookActivity Other Plain");
        Server.ClearRequests();
        string Offered(string line) => string.Join(',', Shell.Complete(line.Replace("{0}", $"-StatePath '{StatePath}'", StringComparison.Ordinal)).Select(r => r.CompletionText));

        Assert.Equal("'Clean up',Other", Offered("Get-SMRunbookActivity {0} "));
        Assert.Equal("'Clean up'", Offered("Invoke-SMRunbookActivity {0} cl"));
        Assert.Equal("Other", Offered("Set-SMRunbookActivity {0} -Name o"));
        Assert.Equal("'Clean up',Other", Offered("Remove-SMRunbookActivity {0} "));
        Assert.Equal("Reset", Offered("Start-SMRunbook {0} res"));
        Assert.Equal("Reset", Offered("Invoke-SMRunbook {0} -Name res"));
        Assert.Equal(@"\Jobs\Echo", Offered(@"Start-SMRunbook {0} -Path \jobs\E"));
        Assert.Equal(@"\Jobs\Plain", Offered(@"New-SMRunbookActivity {0} Third \Jobs\P"));
        Assert.Equal(@"\Jobs\Plain", Offered(@"Set-SMRunbookActivity {0} Other -Runbook \Jobs\P"));
        Assert.Equal("Echo", Offered("Get-SMRunbookJob {0} E"));
        Assert.Equal("Reset", Offered("Compare-SMRunbook {0} R"));
        Assert.Equal("Berlin", Offered("Start-SMRunbook {0} Reset -Connector "));
        Assert.Equal("Berlin", Offered("Wait-SMRunbookJob {0} -Connector B"));
        Assert.Equal("Auto,Once,Twice", Offered("New-OrchestratorConnector {0} -ParameterEncoding "));
        Assert.Equal("Unknown,Pending,Running,Completed,Failed,Canceled", Offered("Get-SMRunbookJob {0} -Status "));
        Assert.Equal(string.Empty, Offered("Start-SMRunbook {0} Plain -RunbookServer "));
        Assert.Equal(0, Server.RequestCount);

        // What is offered is accepted.
        Assert.Single(Good("Get-SMRunbook " + Offered("Get-SMRunbook {0} Gam")));
        Assert.Single(Good("Start-SMRunbook " + Offered("Start-SMRunbook {0} Gam")));
        Assert.Single(Good("Start-SMRunbook -Path " + Offered(@"Start-SMRunbook {0} -Path \Jobs\Gam")));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Runbook_servers_are_offered_once_they_have_been_told(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        Good("Invoke-SMRunbook Plain");
        Server.ClearRequests();

        Assert.Equal("RBS01,rbs02", string.Join(',', Shell.Complete($"Start-SMRunbook -StatePath '{StatePath}' Plain -RunbookServer ").Select(r => r.CompletionText)));
        Assert.Equal("rbs02", string.Join(',', Shell.Complete($"Invoke-SMRunbook -StatePath '{StatePath}' Plain -RunbookServer RBS01,rbs02").Select(r => r.CompletionText)));
        Assert.Equal(0, Server.RequestCount);
    }

    [Theory]
    [InlineData("Auto", 1)]
    [InlineData("Once", 1)]
    [InlineData("Twice", 2)]
    public async Task Values_are_escaped_as_the_connector_says(string encoding, int unescapes)
    {
        await PrepareAsync();
        Server.Quirks.ParameterUnescapes = unescapes;

        Assert.Equal(ParameterEncoding.Auto, One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin").ParameterEncoding);
        Output.OrchestratorConnector set = One<Output.OrchestratorConnector>($"Set-OrchestratorConnector Berlin -ParameterEncoding {encoding} -PassThru");
        Assert.Equal(encoding, set.ParameterEncoding.ToString());
        Assert.Equal(encoding, One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin").ParameterEncoding.ToString());
        Job("Start-SMRunbook Echo -Text '<a & b>'");

        Assert.Equal("Text=<a & b>", ValuesOf(Assert.Single(Board.All)));
        Assert.Single(Writes);
    }

    [Fact]
    public async Task A_server_of_the_other_kind_is_found_out_from_its_refusal_and_remembered()
    {
        await PrepareAsync();
        Server.Quirks.ParameterUnescapes = 2;

        Job("Start-SMRunbook Echo -Text '<a & b>'");
        Assert.Equal(2, Writes.Count);
        Job("Start-SMRunbook Echo -Text '<c & d>'");
        Assert.Equal(3, Writes.Count);

        Assert.Equal(["Text=<a & b>", "Text=<c & d>"], AllValues());
        Assert.Equal(2, Kept().Count);
    }

    [Fact]
    public async Task One_that_understood_a_value_otherwise_is_told_in_a_warning()
    {
        await PrepareAsync();
        Server.Quirks.ParameterUnescapes = 2;

        ShellResult result = Run("Start-SMRunbook Echo -Text '&lt;'");

        AssertGood(result);
        string warning = Assert.Single(result.Warnings);
        Assert.Contains($"understood 'Text' of the job {Board.All[0].Id} otherwise than it was meant", warning, StringComparison.Ordinal);
        Assert.Contains("Set-OrchestratorConnector 'Berlin' -ParameterEncoding ", warning, StringComparison.Ordinal);
        Job("Start-SMRunbook Echo -Text '&lt;'");
        Assert.Equal("Text=&lt;", ValuesOf(Board.All[1]));
    }

    [Theory]
    [InlineData("New-OrchestratorConnector Hamburg {0}", "Auto")]
    [InlineData("New-OrchestratorConnector Hamburg {0} -ParameterEncoding Twice", "Twice")]
    [InlineData("Get-OrchestratorConnector Berlin | New-OrchestratorConnector -Name Hamburg -ServiceUrl {0}", "Once")]
    [InlineData("Get-OrchestratorConnector Berlin | New-OrchestratorConnector -Name Hamburg -ServiceUrl {0} -ParameterEncoding Twice", "Twice")]
    public async Task A_new_connector_has_the_encoding_that_it_is_given(string line, string encoding)
    {
        await PrepareAsync();
        Good("Set-OrchestratorConnector Berlin -ParameterEncoding Once");

        AssertGood(Run(string.Format(System.Globalization.CultureInfo.InvariantCulture, line, "http://127.0.0.1:1/Orchestrator.svc") + " -SkipTest"));

        Assert.Equal(["Once", encoding], Many<Output.OrchestratorConnector>("Get-OrchestratorConnector").Select(c => c.ParameterEncoding.ToString()));
    }
}
