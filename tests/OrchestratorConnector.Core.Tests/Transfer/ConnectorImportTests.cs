using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State.Sqlite;
using OrchestratorConnector.Transfer;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Transfer;

/// <summary>A document comes into a store: what is missing is made, what differs is changed, what fails does not stop the rest.</summary>
public sealed class ConnectorImportTests : SqliteTestBase
{
    private static readonly RunbookParameter Computer = Samples.Parameter(1, "Computer");
    private static readonly RunbookParameter Password = Samples.Parameter(2, "Password");
    private static readonly RunAsAccount Secret = new() { Name = "Vault", SecretName = "sco" };
    private static readonly RunAsAccount Stored = new() { Name = "Service", UserName = @"CONTOSO\svc" };

    [Fact]
    public void An_empty_store_becomes_as_the_document_is()
    {
        ConnectorDocument document = Documents.Full();
        using SqliteStateStore store = Open();

        ImportItem[] items = Import(store, document, Credentials("Größe", "Größe"));

        Assert.All(items, i => Assert.Equal(ImportAction.Created, i.Action));
        Assert.Equal(8, items.Length);
        ConnectorDocument back = ConnectorDocumentBuilder.Build(
            [.. store.GetConnectors().Select(c => c.Connector)], store.GetAccounts(), store.GetActivities(), document.ExportTime);
        Assert.Equal(["Größe 'x' \"y\" 🚀", "Often", "Plain"], back.Connectors.Select(c => c.Name));
        Connector first = Assert.Single(document.Connectors, c => c.RunAsAccount is not null);
        Assert.Equal(first, back.Connectors[0]);
        Assert.Equal(3, store.GetAccounts().Count);
        RunbookActivity restart = store.FindActivity("Restart 🚀")!;
        Assert.Equal(document.Activities[0].Activity.Map, restart.Map);
        Assert.Equal(document.Activities[0].Activity.Defaults, restart.Defaults);
        Assert.Equal(document.Activities[0].Activity.OutputMap, restart.OutputMap);
        Assert.Equal(store.FindConnector("Plain")!.Connector.Id, restart.ConnectorId);
    }

    [Fact]
    public void A_second_import_finds_everything_unchanged_and_writes_nothing()
    {
        using (SqliteStateStore store = Open())
        {
            Import(store, Documents.Full(), Credentials("Größe", "other"));
        }

        Untouched(() =>
        {
            using SqliteStateStore store = Open();
            ImportItem[] items = Import(store, Documents.Full(), new ImportOptions());
            Assert.All(items, i => Assert.Equal(ImportAction.Unchanged, i.Action));
            Assert.All(items, i => Assert.Empty(i.Changes));
        });
    }

    [Fact]
    public void A_preview_says_the_same_and_writes_nothing()
    {
        using (SqliteStateStore store = Open())
        {
            store.AddConnector(Samples.Connector("plain") with { Folder = @"\Old" });
        }

        ImportItem[] previewed = [];
        Untouched(() =>
        {
            using SqliteStateStore store = Open();
            previewed = Import(store, Documents.Full(), Credentials("Größe", "other"), isPreview: true);
        });
        using SqliteStateStore again = Open();
        ImportItem[] written = Import(again, Documents.Full(), Credentials("Größe", "other"));

        Assert.Equal(written.Select(Text), previewed.Select(Text));
        Assert.Contains(written, i => i.Action == ImportAction.Changed);
        Assert.Contains(written, i => i is { Action: ImportAction.Created, Kind: ImportItemKind.Activity });
    }

    [Fact]
    public void A_preview_protects_no_password()
    {
        using SqliteStateStore store = Open();
        ImportOptions options = new() { Credentials = Named("Service", new ImportCredential("u", () => throw new InvalidOperationException("It was asked."))) };

        ImportItem[] items = Import(store, Documents.Of([], [Stored]), options, isPreview: true);

        Assert.Equal(ImportAction.Created, Assert.Single(items).Action);
    }

    [Fact]
    public void What_differs_is_changed_and_nothing_else()
    {
        using SqliteStateStore store = Open();
        Connector present = store.AddConnector(Samples.Connector("production") with { Protocol = ConnectorProtocol.Atom, ParameterEncoding = ParameterEncoding.Once, KnownEncoding = ParameterEncoding.Once, CreationTime = Documents.Time });
        store.AddConnector(Samples.Connector("Other"));

        ImportItem item = Assert.Single(Import(store, Documents.Of([Samples.Connector("Production") with { ParameterEncoding = ParameterEncoding.Once, Folder = @"\Ops", Schedule = SyncSchedule.None }])));

        Assert.Equal(
            ["Name: production → Production", @"Folder: \ → \Ops", "Schedule: Daily at 02:00:00 → None"],
            item.Changes.Select(c => c.ToString()));
        // What was found out about the same server is still known.
        Assert.Equal(present with { Name = "Production", Folder = @"\Ops", Schedule = SyncSchedule.None }, store.FindConnector("Production")!.Connector);
        Assert.Equal(2, store.GetConnectors().Count);
    }

    [Fact]
    public void Another_address_is_found_out_anew_and_has_no_console_of_the_other_one()
    {
        using SqliteStateStore store = Open();
        ConnectorDocument document = Documents.Of([Samples.Connector("A") with { Protocol = ConnectorProtocol.Atom, WebConsoleUrl = new Uri("http://sco:82/") }]);
        ImportOptions options = new() { ServiceUrls = Named("a", new Uri("http://test:81/api")) };

        ImportItem created = Assert.Single(Import(store, document, options));

        Connector connector = store.FindConnector("A")!.Connector;
        Assert.Equal(("http://test:81/api", ConnectorProtocol.Auto, null), (connector.ServiceUrl.OriginalString, connector.Protocol, connector.WebConsoleUrl));
        Assert.Contains("-WebConsoleUrl names one", created.Reason, StringComparison.Ordinal);
        store.UpdateConnector(connector, c => c with { Protocol = ConnectorProtocol.WebApi, WebConsoleUrl = new Uri("http://test:82/") });
        Assert.Equal(ImportAction.Unchanged, Assert.Single(Import(store, document, options)).Action);

        ImportItem changed = Assert.Single(Import(store, document, options with { WebConsoleUrls = Named<Uri?>("A", null) }));
        Assert.Equal(["WebConsoleUrl: http://test:82/ → "], changed.Changes.Select(c => c.ToString()));
        Assert.Equal(ConnectorProtocol.WebApi, store.FindConnector("A")!.Connector.Protocol);
    }

    [Fact]
    public void The_same_address_given_again_is_no_other_one()
    {
        using SqliteStateStore store = Open();
        Connector wanted = Samples.Connector("A") with { Protocol = ConnectorProtocol.Atom, WebConsoleUrl = new Uri("http://sco:82/") };

        Import(store, Documents.Of([wanted]), new ImportOptions { ServiceUrls = Named("A", wanted.ServiceUrl), WebConsoleUrls = Named<Uri?>("A", new Uri("http://here:82/")) });

        Connector connector = store.FindConnector("A")!.Connector;
        Assert.Equal((ConnectorProtocol.Atom, "http://here:82/"), (connector.Protocol, connector.WebConsoleUrl?.OriginalString));
    }

    [Fact]
    public void A_move_of_a_filled_library_is_said()
    {
        using SqliteStateStore store = Open();
        Samples.Sync(store, store.AddConnector(Samples.Connector("A")), Samples.Runbook(1));

        ImportItem item = Assert.Single(Import(store, Documents.Of([Samples.Connector("A") with { Folder = @"\Ops" }])));

        Assert.Equal(@"At its next synchronization it marks runbooks as missing that are not in '\Ops' of http://sco:81/Orchestrator2012/Orchestrator.svc.", item.Reason);
    }

    [Fact]
    public void Everything_can_come_disabled()
    {
        using SqliteStateStore store = Open();
        store.AddConnector(Samples.Connector("A"));
        DocumentActivity activity = new(Samples.Activity() with { ReadyForAutomation = true }, "B", []);

        Import(store, Documents.Of([Samples.Connector("A"), Samples.Connector("B")], [], activity), new ImportOptions { Disabled = true });

        Assert.All(store.GetConnectors(), c => Assert.False(c.Connector.Enabled));
        Assert.False(Assert.Single(store.GetActivities()).ReadyForAutomation);
    }

    [Fact]
    public void A_missing_password_fails_its_account_and_what_hangs_on_it_alone()
    {
        using SqliteStateStore store = Open();
        ConnectorDocument document = Documents.Of(
            [Samples.Connector("A") with { RunAsAccount = "Service" }, Samples.Connector("B")],
            [Stored, Secret],
            new DocumentActivity(Samples.Activity("On A"), "A", []),
            new DocumentActivity(Samples.Activity("On B"), "B", []));

        ImportItem[] items = Import(store, document);

        Assert.Equal(
            [
                "Account Service Failed ImportCredentialMissing",
                "Account Vault Created ",
                "Connector A Failed ImportAccountMissing",
                "Connector B Created ",
                "Activity On A Failed ImportConnectorMissing",
                "Activity On B Created ",
            ],
            items.Select(i => $"{i.Kind} {i.Name} {i.Action} {i.Failure?.Id}"));
        Assert.Contains(@"-Credential @{ 'Service' = Get-Credential 'CONTOSO\svc' }", items[0].Reason, StringComparison.Ordinal);
        Assert.Equal(["B"], store.GetConnectors().Select(c => c.Connector.Name));
    }

    [Fact]
    public void The_hint_can_be_typed_as_it_stands()
    {
        using SqliteStateStore store = Open();

        ImportItem item = Assert.Single(Import(store, Documents.Of([], [Samples.Account("O'Brien's")])));

        Assert.Contains(@"@{ 'O''Brien''s' = Get-Credential 'CONTOSO\o''brien' }", item.Failure!.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_that_is_here_serves_also_where_the_document_has_none()
    {
        using SqliteStateStore store = Open();
        store.AddAccount(Samples.Account());

        Import(store, Documents.Of([Samples.Connector("A") with { RunAsAccount = "SERVICE" }]));

        Assert.Equal("Service", store.FindConnector("A")!.Connector.RunAsAccount);
        Assert.Equal(ImportAction.Unchanged, Assert.Single(Import(store, Documents.Of([Samples.Connector("A") with { RunAsAccount = "SERVICE" }]))).Action);
    }

    [Fact]
    public void A_new_account_has_the_user_name_that_comes_with_its_password()
    {
        using SqliteStateStore store = Open();

        Import(store, Documents.Of([], [Stored with { Description = "d" }]), Credentials("service", @"TEST\svc"));

        RunAsAccount account = store.FindAccount("Service")!;
        Assert.Equal(("Service", "d", @"TEST\svc"), (account.Name, account.Description, account.UserName));
        Assert.Equal<byte>([7, 8, 9], account.ProtectedPassword!);
    }

    [Fact]
    public void An_account_that_is_here_keeps_its_credential()
    {
        using SqliteStateStore store = Open();
        store.AddAccount(Samples.Account());
        store.AddAccount(Secret);
        ConnectorDocument document = Documents.Of([], [Stored with { Description = "new" }, Secret with { SecretName = "other", Vault = "v" }]);

        ImportItem[] items = Import(store, document, Credentials("Service", "x"));

        Assert.Equal(["Description:  → new"], items[0].Changes.Select(c => c.ToString()));
        Assert.Contains("keeps its user name and password", items[0].Reason, StringComparison.Ordinal);
        Assert.Equal(["SecretName: sco → other", "Vault:  → v"], items[1].Changes.Select(c => c.ToString()));
        RunAsAccount kept = store.FindAccount("Service")!;
        Assert.Equal((Samples.Account().UserName, "new"), (kept.UserName, kept.Description));
        Assert.Equal(Samples.Account().ProtectedPassword!, kept.ProtectedPassword!);
        Assert.Contains(@"'CONTOSO\o'brien' here and 'CONTOSO\svc' in the file", Import(store, document)[0].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nor_does_it_change_the_kind_of_it(bool isSecretHere)
    {
        using SqliteStateStore store = Open();
        RunAsAccount here = isSecretHere ? Secret with { Name = "Service" } : Samples.Account();
        store.AddAccount(here);

        ImportItem item = Assert.Single(Import(store, Documents.Of([], [isSecretHere ? Stored : Secret with { Name = "Service" }])));

        Assert.Equal(ImportAction.Unchanged, item.Action);
        Assert.Contains("that was left as it is here", item.Reason, StringComparison.Ordinal);
        Assert.Equal((here.UserName, here.SecretName), (store.FindAccount("Service")!.UserName, store.FindAccount("Service")!.SecretName));
    }

    [Fact]
    public void A_runbook_is_found_by_its_id_wherever_it_lies()
    {
        using SqliteStateStore store = Open();
        Samples.Sync(store, store.AddConnector(Samples.Connector("A")), Samples.Runbook(1, "Renamed", @"\Elsewhere"), Samples.Runbook(2, "Restart"));

        Import(store, Documents.Of([], [], new DocumentActivity(Samples.Activity("R"), "a", [])));

        Assert.Equal((Samples.Id(1), @"\Elsewhere\Renamed"), RunbookOf(store, "R"));
    }

    [Fact]
    public void Else_by_its_path_where_the_library_of_its_connector_has_it()
    {
        using SqliteStateStore store = Open();
        Connector a = store.AddConnector(Samples.Connector("A"));
        Connector b = store.AddConnector(Samples.Connector("B"));
        Samples.Sync(store, a, Samples.Runbook(70, "restart", @"\OPS"));
        Samples.Sync(store, b, Samples.Runbook(1, "Restart"));
        ConnectorDocument document = Documents.Of([], [], new DocumentActivity(Samples.Activity("R"), "A", []));

        Import(store, document);

        Assert.Equal((Samples.Id(70), @"\OPS\restart"), RunbookOf(store, "R"));
        Assert.Equal(ImportAction.Unchanged, Assert.Single(Import(store, document)).Action);
    }

    [Fact]
    public void Of_several_at_a_path_the_one_that_is_still_there()
    {
        using SqliteStateStore store = Open();
        Connector a = store.AddConnector(Samples.Connector("A"));
        Samples.Sync(store, a, Samples.Runbook(70, "Restart"));
        Samples.Sync(store, a, Samples.Runbook(71, "Restart"));
        DocumentActivity activity = new(Samples.Activity("R"), "A", []);

        Import(store, Documents.Of([], [], activity));

        Assert.Equal(Samples.Id(71), RunbookOf(store, "R").Id);
        Samples.Sync(store, a, Samples.Runbook(71, "Restart"), Samples.Runbook(72, "Restart"));
        Assert.Equal("ImportRunbookAmbiguous", Assert.Single(Import(store, Documents.Of([], [], activity))).Failure?.Id);
    }

    [Fact]
    public void One_that_a_filled_library_has_not_fails_and_the_next_goes_on()
    {
        using SqliteStateStore store = Open();
        Samples.Sync(store, store.AddConnector(Samples.Connector("A")), Samples.Runbook(2));

        ImportItem[] items = Import(store, Documents.Of([], [], new DocumentActivity(Samples.Activity("Lost"), "A", []), new DocumentActivity(Samples.Activity("Found") with { RunbookId = Samples.Id(2) }, "A", [])));

        Assert.Equal(("ImportRunbookMissing", ErrorKind.NotFound), (items[0].Failure!.Id, items[0].Failure!.Kind));
        Assert.Equal(["Found"], store.GetActivities().Select(a => a.Name));
    }

    [Fact]
    public void Before_the_first_synchronization_it_is_kept_unchecked_and_put_right_by_another_import()
    {
        using SqliteStateStore store = Open();
        ConnectorDocument document = Documents.Of([Samples.Connector("A")], [], new DocumentActivity(Samples.Activity("R") with { Map = [new("Computer", "Name", false)] }, "A", []));

        ImportItem before = Import(store, document)[1];

        Assert.Equal((ImportAction.Created, Samples.Id(1)), (before.Action, RunbookOf(store, "R").Id));
        Assert.Contains("was never synchronized here. Synchronize it, and import again.", before.Reason, StringComparison.Ordinal);
        Samples.Sync(store, store.FindConnector("A")!.Connector, Samples.Runbook(70, "Restart", parameters: Computer));
        ImportItem after = Import(store, document)[1];
        Assert.Equal((ImportAction.Changed, null), (after.Action, after.Reason));
        Assert.Equal(Samples.Id(70), RunbookOf(store, "R").Id);
    }

    [Fact]
    public void One_that_does_not_fit_its_runbook_is_refused_as_New_refuses_it()
    {
        using SqliteStateStore store = Open();
        Samples.Sync(store, store.AddConnector(Samples.Connector("A")), Samples.Runbook(1, parameters: Computer));

        ImportItem item = Assert.Single(Import(store, Documents.Of([], [], new DocumentActivity(Samples.Activity("R") with { Map = [new("Computer Name", "Name", false)] }, "A", []))));

        Assert.Equal("ActivityBroken", item.Failure?.Id);
        Assert.Contains("there is no input 'Computer Name'", item.Reason, StringComparison.Ordinal);
        Assert.Empty(store.GetActivities());
    }

    [Fact]
    public void One_that_its_runbook_broke_since_is_unchanged_by_the_same_file_and_refused_when_it_changes()
    {
        using SqliteStateStore store = Open();
        Connector connector = store.AddConnector(Samples.Connector("A"));
        Samples.Sync(store, connector, Samples.Runbook(1, parameters: Computer));
        RunbookActivity activity = Samples.Activity("R") with { Map = [new("Computer", "Name", false)] };
        Import(store, Documents.Of([], [], new DocumentActivity(activity, "A", [])));
        Samples.Sync(store, connector, Samples.Runbook(1, parameters: Samples.Parameter(9, "Server")));

        Assert.Equal(ImportAction.Unchanged, Assert.Single(Import(store, Documents.Of([], [], new DocumentActivity(activity, "A", [])))).Action);
        Assert.Equal("ActivityBroken", Assert.Single(Import(store, Documents.Of([], [], new DocumentActivity(activity with { Description = "new" }, "A", [])))).Failure?.Id);
    }

    [Fact]
    public void A_default_that_was_withheld_has_to_be_given_here_once()
    {
        using SqliteStateStore store = Open();
        Samples.Sync(store, store.AddConnector(Samples.Connector("A")), Samples.Runbook(1, parameters: [Computer, Password]));
        ConnectorDocument document = Documents.Of(
            [], [], new DocumentActivity(Samples.Activity("R") with { Map = [new("Computer", "Name", false)], ReadyForAutomation = true }, "A", ["Password"]));

        ImportItem created = Assert.Single(Import(store, document));

        Assert.Equal(ImportAction.Created, created.Action);
        Assert.Contains("the default of 'Password' was not exported", created.Reason, StringComparison.Ordinal);
        RunbookActivity activity = store.FindActivity("R")!;
        Assert.False(activity.ReadyForAutomation);
        Assert.Equal(ImportAction.Unchanged, Assert.Single(Import(store, document)).Action);

        store.UpdateActivity(activity, a => a with { Defaults = [Samples.Pair("PASSWORD", "here")] });
        ImportItem changed = Assert.Single(Import(store, document));
        Assert.Equal(["ReadyForAutomation: false → true"], changed.Changes.Select(c => c.ToString()));
        Assert.Equal([Samples.Pair("PASSWORD", "here")], store.FindActivity("R")!.Defaults);
    }

    [Fact]
    public void What_is_declined_is_not_there_for_what_comes_after()
    {
        using SqliteStateStore store = Open();
        ConnectorDocument document = Documents.Of([Samples.Connector("A")], [], new DocumentActivity(Samples.Activity(), "A", []));

        // Neither written nor assumed.
        ImportItem[] items = [.. new ConnectorImport(store, document, new ImportOptions(), CancellationToken.None).Steps().Select(s => s.Item)];

        Assert.Equal("ImportConnectorMissing", items[1].Failure?.Id);
    }

    private static (Guid Id, string Path) RunbookOf(SqliteStateStore store, string activity)
    {
        RunbookActivity found = store.FindActivity(activity)!;
        return (found.RunbookId, found.RunbookPath);
    }

    private static ImportItem[] Import(SqliteStateStore store, ConnectorDocument document, ImportOptions? options = null, bool isPreview = false)
    {
        List<ImportItem> items = [];
        foreach (ImportStep step in new ConnectorImport(store, document, options ?? new ImportOptions(), CancellationToken.None).Steps())
        {
            items.Add(step.Item);
            if (step.IsNeeded)
            {
                (isPreview ? step.Assume : step.Write)();
            }
        }

        return [.. items];
    }

    private static string Text(ImportItem item) => $"{item.Kind} {item.Name} {item.Action} {string.Join("; ", item.Changes)} {item.Reason}";

    private static ImportOptions Credentials(string account, string userName) => new() { Credentials = Named(account, new ImportCredential(userName, () => [7, 8, 9])) };

    private static Dictionary<string, T> Named<T>(string name, T value) => new(StringComparer.OrdinalIgnoreCase) { [name] = value };
}
