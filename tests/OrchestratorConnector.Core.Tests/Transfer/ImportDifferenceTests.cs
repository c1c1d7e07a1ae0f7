using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Model;
using OrchestratorConnector.Transfer;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Transfer;

/// <summary>What counts as a difference, and how it reads.</summary>
public sealed class ImportDifferenceTests
{
    private static readonly Connector Connector = Samples.Connector("A") with { Id = 7, CreationTime = Documents.Time };

    public static TheoryData<string, string> Connectors => new()
    {
        { "Name", "Name: A → a" },
        { "Description", "Description:  → x" },
        { "ServiceUrl", "ServiceUrl: http://sco:81/Orchestrator2012/Orchestrator.svc → http://sco:81/api" },
        { "Protocol", "Protocol: Auto → Atom" },
        { "Folder", @"Folder: \ → \Ops" },
        { "WebConsoleUrl", "WebConsoleUrl:  → http://sco:82/#/x" },
        { "RunAsAccount", "RunAsAccount:  → Service" },
        { "Schedule", "Schedule: Daily at 02:00:00 → Daily at 02:00:01" },
        { "Every", "Schedule: Daily at 02:00:00 → Every 1.00:00:00" },
        { "None", "Schedule: Daily at 02:00:00 → None" },
        { "Enabled", "Enabled: true → false" },
        { "AllowUnencryptedAuthentication", "AllowUnencryptedAuthentication: false → true" },
        { "Timeout", "TimeoutSeconds: 100 → 7" },
        { "ParameterEncoding", "ParameterEncoding: Auto → Once" },
    };

    [Theory]
    [MemberData(nameof(Connectors))]
    public void A_connector_differs_in_what_an_admin_decided(string what, string difference)
    {
        Connector other = what switch
        {
            "Name" => Connector with { Name = "a" },
            "Description" => Connector with { Description = "x" },
            "ServiceUrl" => Connector with { ServiceUrl = new Uri("http://sco:81/api") },
            "Protocol" => Connector with { Protocol = ConnectorProtocol.Atom },
            "Folder" => Connector with { Folder = @"\Ops" },
            "WebConsoleUrl" => Connector with { WebConsoleUrl = new Uri("http://sco:82/#/x") },
            "RunAsAccount" => Connector with { RunAsAccount = "Service" },
            "Schedule" => Connector with { Schedule = SyncSchedule.Daily(new TimeSpan(2, 0, 1)) },
            "Every" => Connector with { Schedule = SyncSchedule.Interval(TimeSpan.FromDays(1)) },
            "None" => Connector with { Schedule = SyncSchedule.None },
            "Enabled" => Connector with { Enabled = false },
            "AllowUnencryptedAuthentication" => Connector with { AllowUnencryptedAuthentication = true },
            "Timeout" => Connector with { Timeout = TimeSpan.FromSeconds(7) },
            _ => Connector with { ParameterEncoding = ParameterEncoding.Once },
        };

        Assert.Equal([difference], Text(ImportDifference.Between(Connector, other)));
    }

    [Fact]
    public void What_a_store_keeps_for_itself_is_no_difference()
    {
        Assert.Empty(ImportDifference.Between(Connector, Connector with { Id = 8, CreationTime = default, KnownEncoding = ParameterEncoding.Twice }));
        Assert.Empty(ImportDifference.Between(Samples.Account(), Samples.Account() with { Id = 8, ProtectedPassword = null, Version = 7, ChangeTime = Documents.Time }));
        Assert.Empty(ImportDifference.Between(Samples.Activity(), "A", Samples.Activity() with { Id = 8, ConnectorId = 9, CreationTime = Documents.Time }, "A"));
    }

    [Fact]
    public void An_account_differs_in_what_is_said_of_it() => Assert.Equal(
        [@"Name: Service → service", "Description:  → x", @"UserName: CONTOSO\o'brien → ", "SecretName:  → s", "Vault:  → v"],
        Text(ImportDifference.Between(Samples.Account(), Samples.Account() with { Name = "service", Description = "x", UserName = null, SecretName = "s", Vault = "v" })));

    [Fact]
    public void An_activity_differs_entry_by_entry_in_any_case_and_order()
    {
        RunbookActivity before = Samples.Activity() with
        {
            Map = [new("A", "Name", false), new("B", "x", false), new("Gone", "y", true)],
            OutputMap = [Samples.Pair("Result", "Outcome")],
            Defaults = [Samples.Pair("C", ""), Samples.Pair("D", "1")],
        };
        RunbookActivity after = before with
        {
            RunbookPath = @"\Other\Restart",
            ReadyForAutomation = true,
            Map = [new("b", "x", true), new("a", "Name", false), new("New", "z", false)],
            OutputMap = [Samples.Pair("RESULT", "Other")],
            Defaults = [Samples.Pair("d", "2"), Samples.Pair("c", "")],
        };

        Assert.Equal(
            [
                "Connector: A → B",
                @"RunbookPath: \Ops\Restart → \Other\Restart",
                "ReadyForAutomation: false → true",
                "Map 'b': x → {x}",
                "Map 'New':  → z",
                "OutputMap 'RESULT': Outcome → Other",
                "Default 'd': 1 → 2",
                "Map 'Gone': {y} → ",
            ],
            Text(ImportDifference.Between(before, "A", after, "B")));
    }

    [Fact]
    public void Of_something_new_every_setting_is_told_but_its_name()
    {
        Assert.Equal(
            ["ServiceUrl", "Protocol", "Folder", "Schedule", "Enabled", "AllowUnencryptedAuthentication", "TimeoutSeconds", "ParameterEncoding"],
            ImportDifference.Between(null, Connector).Select(c => c.Name));
        Assert.Equal(["UserName"], ImportDifference.Between(null, Samples.Account()).Select(c => c.Name));
        Assert.Equal(["Connector", "RunbookPath", "RunbookId", "ReadyForAutomation"], ImportDifference.Between(null, null, Samples.Activity(), "A").Select(c => c.Name));
    }

    private static IEnumerable<string> Text(IEnumerable<PropertyChange> changes) => changes.Select(c => c.ToString());
}
