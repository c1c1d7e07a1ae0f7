using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>The life of a connector, from its registration to its removal, on each generation.</summary>
public sealed class LifeTests : CmdletTest
{
    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task A_connector_lives(ConnectorProtocol protocol)
    {
        FakeServer server = await StartAsync();
        Uri url = UrlOf(server, protocol);

        Output.OrchestratorConnector made = One<Output.OrchestratorConnector>($"New-OrchestratorConnector Berlin {url} -Description 'The first' -WebConsoleUrl {server.BaseUrl}");
        Assert.Equal(("Berlin", true, ConnectorStatus.NeverRun, protocol, @"\", "The first", 0L), (made.Name, made.Enabled, made.Status, made.Protocol, made.Folder, made.Description, made.RunbookCount));
        Assert.Null(made.LastStartTime);

        ConnectorTestResult test = One<ConnectorTestResult>("Test-OrchestratorConnector Berlin");
        Assert.True(test.Success);
        Assert.Equal("The connection to the server was successful.", test.Message);
        Assert.Equal(
            ["Name resolution", "TCP", "TLS", "HTTP", "Authentication", "Protocol", "Service document", "Folder", "Web console"],
            test.Checks.Select(c => c.Name));
        Assert.Equal(true, Assert.Single(Good("Test-OrchestratorConnector Berlin -Quiet")));

        ConnectorSyncResult first = One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin");
        Assert.Equal((ConnectorStatus.FinishedSuccess, 60L, 60L, 0L, 0L), (first.Status, first.Total, first.Added, first.Changed, first.Missing));
        Assert.True(first.Requests > 0 && first.Bytes > 0 && first.FinishTime >= first.StartTime);
        Assert.Equal(DateTimeKind.Local, first.StartTime.Kind);
        Assert.Equal(60, first.Changes.Count);

        SMRunbook[] library = Many<SMRunbook>("Get-SMRunbook");
        AssertSame(server.Model, library);
        Assert.All(library, r => Assert.Equal(("Berlin", RunbookStatus.Active, server.BaseUrl), (r.Connector, r.Status, r.ConsoleUrl)));

        Output.OrchestratorConnector after = One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin");
        Assert.Equal((ConnectorStatus.FinishedSuccess, 60L, 100), (after.Status, after.RunbookCount, after.PercentComplete));
        Assert.Equal(first.StartTime, after.LastStartTime);
        Assert.Equal(first.FinishTime, after.LastFinishTime);
        Assert.Equal(first.FinishTime, after.LastSuccessTime);
        Assert.Null(after.LastError);

        ConnectorSyncResult second = One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin");
        Assert.Equal((60L, 0L, 0L, 60L), (second.Total, second.Added, second.Changed, second.Unchanged));
        Assert.Empty(second.Changes);

        Assert.Empty(Good("Disable-OrchestratorConnector Berlin"));
        Assert.False(One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin").Enabled);
        Refused("ConnectorDisabled" + Commands + "SyncOrchestratorConnectorCommand", "Sync-OrchestratorConnector Berlin");
        Assert.Equal(ConnectorStatus.FinishedSuccess, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin -Force").Status);
        Assert.True(One<Output.OrchestratorConnector>("Enable-OrchestratorConnector Berlin -PassThru").Enabled);

        Assert.Empty(Good("Remove-OrchestratorConnector Berlin -Confirm:$false"));
        Assert.Empty(Good("Get-OrchestratorConnector"));
        Assert.Empty(Good("Get-SMRunbook"));
        Assert.Equal(3, Good("Get-OrchestratorConnectorHistory").Count);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task What_changes_at_the_source_changes_in_the_library(ConnectorProtocol protocol)
    {
        FakeServer server = await StartAsync();
        SourceModel source = server.Model;
        Good($"New-OrchestratorConnector Berlin {UrlOf(server, protocol)}");
        Good("Sync-OrchestratorConnector Berlin");
        IReadOnlyList<SourceRunbook> before = source.Runbooks;
        source.AddRunbook(@"\New folder", "New", ("In one", "In"), ("Out one", "Out"));
        source.RenameRunbook(before[0].Id, "Renamed");
        source.MoveRunbook(before[1].Id, @"\New folder");
        source.RemoveRunbook(before[2].Id);
        source.RenameParameter(before[3].Id, before[3].Parameters[0].Name, "Other");
        source.RebuildParameters(before[4].Id);

        string untouched = State();
        ConnectorSyncResult preview = Assert.IsType<ConnectorSyncResult>(Assert.Single(Run("Sync-OrchestratorConnector Berlin -WhatIf").Output));
        Assert.Equal(untouched, State());
        ConnectorSyncResult done = One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin");

        Assert.True(preview.WhatIf && !done.WhatIf);
        Assert.Equal((60L, 1L, 5L - 1, 1L, 54L + 1), (done.Total, done.Added, done.Changed, done.Missing, done.Unchanged));
        Assert.Equal((done.Total, done.Added, done.Changed, done.Missing, done.Unchanged), (preview.Total, preview.Added, preview.Changed, preview.Missing, preview.Unchanged));
        Assert.Equal(preview.Changes.Select(c => c.ToString()).Order(StringComparer.Ordinal), done.Changes.Select(c => c.ToString()).Order(StringComparer.Ordinal));
        SMRunbookChange Of(int i) => Assert.Single(done.Changes, c => c.Id == before[i].Id);
        Assert.Equal((RunbookChangeKind.Changed, "Renamed"), (Of(0).Change, Of(0).Name));
        Assert.Contains("Name", Of(0).Properties);
        Assert.Equal(@"\New folder\" + before[1].Name, Of(1).Path);
        Assert.Contains("Path", Of(1).Properties);
        Assert.Equal(RunbookChangeKind.Missing, Of(2).Change);
        Assert.Equal(ContractChange.Names, Of(3).Contract);
        Assert.Equal(ContractChange.IdsOnly, Of(4).Contract);

        AssertSame(source, Many<SMRunbook>("Get-SMRunbook -Status Active"));
        SMRunbook missing = One<SMRunbook>("Get-SMRunbook -Status Missing");
        Assert.Equal(before[2].Id, missing.Id);
        Assert.NotEmpty(missing.StatusReason!);
        Assert.NotNull(missing.LastSeenTime);
    }

    [Fact]
    public async Task A_runbook_that_comes_back_is_active_again()
    {
        FakeServer server = await StartAsync();
        Guid id = server.Model.Runbooks[5].Id;
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Good("Sync-OrchestratorConnector Berlin");
        server.Quirks = new Quirks { InvisibleRunbooks = [id] };
        Assert.Equal(1, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Missing);
        Assert.Equal(0, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Missing);
        server.Quirks = new Quirks();

        Assert.Equal(1, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Returned);
        Assert.Equal(RunbookStatus.Active, One<SMRunbook>("Get-SMRunbook -Id $id", ("id", id)).Status);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task A_folder_limits_what_is_imported(ConnectorProtocol protocol)
    {
        FakeServer server = await StartAsync();
        string folder = server.Model.Folders.First(f => f.Path != @"\" && server.Model.Runbooks.Any(r => r.FolderId == f.Id)).Path;

        Good($"New-OrchestratorConnector Part {UrlOf(server, protocol)} -Folder $folder", ("folder", folder));
        Good("Sync-OrchestratorConnector Part");

        string[] expected = [.. server.Model.Runbooks.Where(r => r.Path.StartsWith(folder + @"\", StringComparison.Ordinal)).Select(r => r.Path).Order(StringComparer.Ordinal)];
        Assert.Equal(expected, Many<SMRunbook>("Get-SMRunbook").Select(r => r.Path).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("")]
    [InlineData("/api")]
    [InlineData("/api/")]
    [InlineData("/Orchestrator2012/Orchestrator.svc")]
    [InlineData("/Orchestrator2012/Orchestrator.svc/")]
    [InlineData("/orchestrator2012/ORCHESTRATOR.SVC")]
    public async Task Every_form_of_address_is_accepted(string path)
    {
        FakeServer server = await StartAsync();

        Output.OrchestratorConnector made = One<Output.OrchestratorConnector>($"New-OrchestratorConnector Berlin {server.BaseUrl.GetLeftPart(UriPartial.Authority)}{path}");

        Assert.Equal(path.Contains(".svc", StringComparison.OrdinalIgnoreCase) ? ConnectorProtocol.Atom : ConnectorProtocol.WebApi, made.Protocol);
        Assert.Equal(60, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Added);
    }

    [Fact]
    public async Task A_server_need_not_be_registered_to_be_tested_and_looked_at()
    {
        FakeServer server = await StartAsync();

        ConnectorTestResult test = One<ConnectorTestResult>($"Test-OrchestratorConnector -ServiceUrl {server.AtomUrl}");
        OrchestratorFolder[] top = Many<OrchestratorFolder>($"Get-OrchestratorFolder -ServiceUrl {server.AtomUrl}");
        OrchestratorFolder[] all = Many<OrchestratorFolder>($"Get-OrchestratorFolder -ServiceUrl {server.AtomUrl} -Recurse");

        Assert.True(test.Success);
        Assert.Null(test.Connector);
        string[] paths = [.. server.Model.Folders.Select(f => f.Path).Where(p => p != @"\").Order(StringComparer.Ordinal)];
        Assert.Equal(paths.Where(p => p.LastIndexOf('\\') == 0), top.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal(paths, all.Select(f => f.Path).Order(StringComparer.Ordinal));
        Assert.Equal(string.Empty, State());
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task Folders_of_a_connector_are_listed_level_by_level(ConnectorProtocol protocol)
    {
        SourceModel source = new();
        source.AddFolder(@"\A\B\C");
        source.AddFolder(@"\A\D");
        source.AddFolder(@"\AB");
        FakeServer server = await StartAsync(source);
        Register("Berlin", UrlOf(server, protocol));

        string[] Paths(string line) => [.. Many<OrchestratorFolder>(line).Select(f => f.Path)];
        Assert.Equal([@"\A", @"\AB"], Paths("Get-OrchestratorFolder Berlin"));
        Assert.Equal([@"\A\B", @"\A\D"], Paths(@"Get-OrchestratorFolder Berlin -Path \A"));
        Assert.Equal([@"\A\B", @"\A\B\C", @"\A\D"], Paths("Get-OrchestratorFolder Berlin -Path A/ -Recurse"));
        ErrorRecord error = Refused("FolderNotFound" + Commands + "GetOrchestratorFolderCommand", @"Get-OrchestratorFolder Berlin -Path \A\Bb");
        Assert.Contains(@"Did you mean '\A\B'", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_generations_give_one_library()
    {
        FakeServer server = await StartAsync();
        Register("Atom", server.AtomUrl);
        Register("Web", server.BaseUrl);

        ShellResult result = Run("Sync-OrchestratorConnector *");

        AssertGood(result);
        SMRunbook[] atom = Many<SMRunbook>("Get-SMRunbook -Connector Atom");
        SMRunbook[] web = Many<SMRunbook>("Get-SMRunbook -Connector Web");
        static string Text(SMRunbook r) => $"{r.Id} {r.Path} {r.Folder} {r.IsMonitor} {string.Join(',', r.Parameters.Select(p => $"{p.Id} {p}"))} {r.LastModifiedTime:o} {r.CreationTime:o} {r.CheckedOutTime:o} {r.CheckedOutBy} {r.LastModifiedBy}";
        Assert.Equal(atom.Select(Text), web.Select(Text));
    }

    private static void AssertSame(SourceModel source, IEnumerable<SMRunbook> library) => Assert.Equal(
        source.Runbooks.Select(r => $"{r.Id} {r.Path} {r.IsMonitor} {string.Join(',', r.Parameters.Select(p => $"{p.Id} {p.Name} {p.Direction}").Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal),
        library.Select(r => $"{r.Id} {r.Path} {r.IsMonitor} {string.Join(',', r.Parameters.Select(p => $"{p.Id} {p.Name} {p.Direction}").Order(StringComparer.Ordinal))}").Order(StringComparer.Ordinal));
}
