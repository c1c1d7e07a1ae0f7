using System;
using System.IO;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Export-SMRunbookReport.</summary>
public sealed class ReportTests : CmdletTest
{
    private const string Id = Commands + "ExportSMRunbookReportCommand";

    private string Report => Beside("report.html");

    [Fact]
    public async Task The_page_is_about_the_store()
    {
        await FillAsync();

        Assert.Empty(Good("Export-SMRunbookReport $path", ("path", Report)));

        string page = File.ReadAllText(Report);
        Assert.StartsWith("<!DOCTYPE html>", page, StringComparison.Ordinal);
        Assert.Contains("<title>Runbook report</title>", page, StringComparison.Ordinal);
        Assert.All(["Berlin", "Hamburg", @"""Restart Service""", "Finished Success"], said => Assert.Contains(said, page, StringComparison.Ordinal));
        Assert.Contains(Environment.MachineName, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_is_about_the_connectors_that_are_named()
    {
        await FillAsync();

        Good("Export-SMRunbookReport -Path $path -Connector ham*,nowhere* -Title 'Hamburg <alone>'", ("path", Report));

        string page = File.ReadAllText(Report);
        Assert.Contains("<title>Hamburg &lt;alone&gt;</title>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Berlin", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_that_is_none_is_refused_and_nothing_written()
    {
        await FillAsync();

        Refused("ConnectorNotFound" + Id, "Export-SMRunbookReport $path -Connector Hamburg,Munich", ("path", Report));

        Assert.False(File.Exists(Report));
    }

    [Fact]
    public async Task A_connector_that_was_removed_can_still_be_named()
    {
        await FillAsync();
        Good("Remove-OrchestratorConnector Berlin -KeepRunbook -Confirm:$false");

        Good("Export-SMRunbookReport $path -Connector berlin", ("path", Report));

        Assert.Contains("""["Berlin",1]""", File.ReadAllText(Report), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Since_cuts_off_what_was_before()
    {
        await FillAsync();

        Good("Export-SMRunbookReport $path -Since $since", ("path", Report), ("since", DateTime.Now.AddHours(1)));
        Assert.Contains("Nothing was synchronized since ", File.ReadAllText(Report), StringComparison.Ordinal);

        Good("Export-SMRunbookReport $path -Since $since", ("path", Report), ("since", DateTime.Now.AddHours(-1)));
        Assert.Contains("2 synchronizations since ", File.ReadAllText(Report), StringComparison.Ordinal);
    }

    [Fact]
    public void Thirty_days_are_what_nobody_has_to_say()
    {
        using (SqliteStateStore store = SqliteStateStore.Open(StatePath))
        {
            Add(store, "Lately", 29);
            Add(store, "Long ago", 31);
        }

        Good("Export-SMRunbookReport $path", ("path", Report));

        string page = File.ReadAllText(Report);
        Assert.Contains("Lately", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Long ago", page, StringComparison.Ordinal);

        static void Add(SqliteStateStore store, string runbook, int days) => store.AddJob(new JobRecord
        {
            ConnectorId = 1,
            Connector = "Main",
            RunbookId = Guid.NewGuid(),
            Runbook = runbook,
            RunbookPath = @"\" + runbook,
            Status = JobStatus.Failed,
            RequestTime = DateTime.UtcNow.AddDays(-days),
        });
    }

    [Fact]
    public void PassThru_gives_the_file()
    {
        FileInfo file = One<FileInfo>("Export-SMRunbookReport $path -PassThru", ("path", Report));

        Assert.Equal(Report, file.FullName);
        Assert.True(file.Length > 0);
    }

    [Fact]
    public void WhatIf_writes_nothing()
    {
        ShellResult result = Run("Export-SMRunbookReport $path -WhatIf -PassThru", ("path", Report));

        AssertGood(result);
        Assert.Empty(result.Output);
        Assert.False(File.Exists(Report));
    }

    [Fact]
    public void NoClobber_leaves_what_is_there()
    {
        File.WriteAllText(Report, "mine");

        Refused("OutputExists" + Id, "Export-SMRunbookReport $path -NoClobber", ("path", Report));

        Assert.Equal("mine", File.ReadAllText(Report));
    }

    [Fact]
    public void A_store_that_cannot_be_read_leaves_what_is_there()
    {
        File.WriteAllText(StatePath, "This is no database at all, and long enough to be looked at by one that expects pages.");
        File.WriteAllText(Report, "mine");

        ShellResult result = Run("Export-SMRunbookReport $path", ("path", Report));

        Assert.Equal("StoreNotADatabase" + Id, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Equal("mine", File.ReadAllText(Report));
        Assert.Equal([Report, StatePath], Directory.GetFiles(Path.GetDirectoryName(Report)!).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Connectors_that_are_piped_in_make_one_page()
    {
        await FillAsync();

        Assert.Single(Good("Get-OrchestratorConnector | Export-SMRunbookReport $path -PassThru", ("path", Report)));
        string both = File.ReadAllText(Report);
        Assert.Single(Good("Get-OrchestratorConnector Berlin | Export-SMRunbookReport $path -PassThru -Force", ("path", Report)));
        string one = File.ReadAllText(Report);

        Assert.Equal((true, true), (both.Contains("Berlin", StringComparison.Ordinal), both.Contains("Hamburg", StringComparison.Ordinal)));
        Assert.Equal((true, false), (one.Contains("Berlin", StringComparison.Ordinal), one.Contains("Hamburg", StringComparison.Ordinal)));
    }

    private async Task FillAsync()
    {
        SourceModel model = new();
        model.AddRunbook(@"\Operations", "Restart Service");
        FakeServer server = await StartAsync(model);
        Register("Berlin", server.AtomUrl, "-Protocol Atom");
        Register("Hamburg", server.BaseUrl, "-Protocol WebApi");
        Good("Sync-OrchestratorConnector *");
    }
}
