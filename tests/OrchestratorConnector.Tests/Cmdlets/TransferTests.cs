using System;
using System.Collections;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Text;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using OrchestratorConnector.State.Sqlite;
using OrchestratorConnector.Transfer;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Connectors go from one store to another through a file.</summary>
public sealed class TransferTests : JobTest
{
    private const string Export = Commands + "ExportOrchestratorConnectorCommand";
    private const string Import = Commands + "ImportOrchestratorConnectorCommand";
    private const string Secret = "hünter2 \"é\" & 'x' 🔑";

    private static readonly Uri Somewhere = new("http://127.0.0.1:1/api");

    private string Target => Beside("connectors.json");

    private string Other => Beside("other.db");

    private ConnectorImportResult[] ImportInto(string store, string more = "", params (string Name, object? Value)[] variables) =>
        Many<ConnectorImportResult>($"Import-OrchestratorConnector $file -StatePath $other {more}", [.. variables, ("file", Target), ("other", store)]);

    private static string[] Text(ConnectorImportResult[] results) => [.. results.Select(r => $"{r.Kind} {r.Name} {r.Action}")];

    [Fact]
    public async Task What_is_exported_from_one_store_is_imported_into_another()
    {
        await PrepareAsync();
        Good("New-OrchestratorRunAsAccount Runbooks $c -Description 'For all'", ("c", CredentialOf(@"CONTOSO\svc", Secret)));
        Good("New-OrchestratorRunAsAccount Vault -SecretName sco -Vault Team");
        Good("Set-OrchestratorConnector Berlin -RunAsAccount Runbooks -Description 'Größe 🚀' -Every 04:00:00 -SkipTest");
        Register("Bremen", Somewhere, @"-RunAsAccount Vault -Schedule None -Folder \Ops -TimeoutSeconds 7 -AllowUnencryptedAuthentication -Disabled");
        Good("New-SMRunbookActivity 'Reset it' Reset -Map $map -OutputMap $out -Default $default -ReadyForAutomation", ("map", new Hashtable { ["Computer Name"] = "Server" }), ("out", new Hashtable { ["Result"] = "Outcome" }), ("default", new Hashtable { ["User"] = "nobody" }));

        Assert.Empty(Good("Export-OrchestratorConnector $file", ("file", Target)));
        ConnectorImportResult[] first = ImportInto(Other, "-Credential $table", ("table", new Hashtable { ["runbooks"] = CredentialOf(@"CONTOSO\svc", Secret) }));
        ConnectorImportResult[] second = ImportInto(Other);

        Assert.Equal(["Account Runbooks Created", "Account Vault Created", "Connector Berlin Created", "Connector Bremen Created", "Activity Reset it Created"], Text(first));
        Assert.All(second, r => Assert.Equal(ImportAction.Unchanged, r.Action));
        Assert.All(first, r => Assert.Equal((false, Other), (r.WhatIf, r.StatePath)));
        Good("Export-OrchestratorConnector $file -StatePath $other", ("file", Beside("again.json")), ("other", Other));
        Assert.Equal(WithoutTime(Target), WithoutTime(Beside("again.json")));

        // The password came along by the credential, and works.
        Assert.Equal(4, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin -StatePath $other", ("other", Other)).Total);
        Assert.All(ImportInto(Other), r => Assert.Equal((ImportAction.Unchanged, null), (r.Action, r.Reason)));
    }

    [Fact]
    public async Task No_password_is_in_the_file_in_any_form()
    {
        await PrepareAsync();
        Good("New-OrchestratorRunAsAccount Runbooks $c", ("c", CredentialOf(@"CONTOSO\svc", Secret)));
        Good("Set-OrchestratorConnector Berlin -RunAsAccount Runbooks -SkipTest");
        byte[] stored;
        using (SqliteStateStore store = SqliteStateStore.Open(StatePath))
        {
            stored = store.FindAccount("Runbooks")!.ProtectedPassword!;
        }

        Good("Export-OrchestratorConnector $file", ("file", Target));

        byte[] bytes = File.ReadAllBytes(Target);
        Assert.True(bytes.AsSpan().IndexOf(@"CONTOSO\\svc"u8) > 0);
        byte[] secret = Encoding.UTF8.GetBytes(Secret);
        byte[] wide = Encoding.Unicode.GetBytes(Secret);
        foreach (byte[] form in new[] { secret, wide, Encoding.BigEndianUnicode.GetBytes(Secret), Encoding.Latin1.GetBytes("hünter2"), "nter2"u8.ToArray(), stored })
        {
            Assert.Equal(-1, bytes.AsSpan().IndexOf(form));
            string text = Encoding.UTF8.GetString(bytes);
            Assert.DoesNotContain(Convert.ToHexString(form), text, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain(Convert.ToBase64String(form).TrimEnd('='), text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_default_that_looks_like_a_secret_is_left_out_and_said()
    {
        await PrepareAsync(more: source => source.AddRunbook(@"\Jobs", "Sign in", ("Admin Password", "In")));
        Good("New-SMRunbookActivity 'Sign in' 'Sign in' -Default $default -ReadyForAutomation", ("default", new Hashtable { ["Admin Password"] = "hunter2" }));

        ShellResult result = Run("Export-OrchestratorConnector $file", ("file", Target));

        AssertGood(result);
        Assert.Equal(["The default of 'Admin Password' of the runbook activity 'Sign in' looks like a secret and is not exported."], result.Warnings);
        Assert.DoesNotContain("hunter2", File.ReadAllText(Target), StringComparison.Ordinal);
        // Where it came from, it is still there.
        Assert.Equal([ImportAction.Unchanged, ImportAction.Unchanged], ImportInto(StatePath).Select(r => r.Action));
    }

    [Fact]
    public void WhatIf_says_every_change_returns_it_and_does_nothing()
    {
        Register("Berlin", Somewhere);
        Register("Bremen", Somewhere);
        Good("Export-OrchestratorConnector $file", ("file", Target));
        Register("Berlin", new Uri("http://127.0.0.1:2/api"), "-StatePath $other -Schedule None".Replace("$other", Other, StringComparison.Ordinal));
        byte[] before = File.ReadAllBytes(Other);

        ShellResult result = Run("Import-OrchestratorConnector $file -StatePath $other -WhatIf", ("file", Target), ("other", Other));

        AssertGood(result);
        Assert.Equal(
            [
                "What if: Performing the operation \"Change connector\" on target \"Berlin (ServiceUrl: http://127.0.0.1:2/api → http://127.0.0.1:1/api; Schedule: None → Daily at 02:00:00)\".",
                "What if: Performing the operation \"Create connector\" on target \"Bremen (ServiceUrl: http://127.0.0.1:1/api; Protocol: Auto; Folder: \\; Schedule: Daily at 02:00:00; Enabled: true; AllowUnencryptedAuthentication: false; TimeoutSeconds: 100; ParameterEncoding: Auto)\".",
            ],
            result.WhatIf);
        ConnectorImportResult[] results = [.. result.Output.Cast<ConnectorImportResult>()];
        Assert.Equal([(ImportAction.Changed, true), (ImportAction.Created, true)], results.Select(r => (r.Action, r.WhatIf)));
        Assert.Equal(["ServiceUrl: http://127.0.0.1:2/api → http://127.0.0.1:1/api", "Schedule: None → Daily at 02:00:00"], results[0].Changes);
        Assert.Equal(before, File.ReadAllBytes(Other));
        string table = Shell.Formatter.Format(results.Cast<object>());
        Assert.Contains("Would change", table, StringComparison.Ordinal);
        Assert.Contains("Would create", table, StringComparison.Ordinal);
        Assert.Equal("Changed: Connector 'Berlin' (ServiceUrl: http://127.0.0.1:2/api → http://127.0.0.1:1/api; Schedule: None → Daily at 02:00:00)", results[0].ToString());
    }

    [Fact]
    public void WhatIf_of_an_export_writes_no_file()
    {
        Register("Berlin", Somewhere);

        ShellResult result = Run("Export-OrchestratorConnector $file -WhatIf -PassThru", ("file", Target));

        AssertGood(result);
        Assert.Equal([$"What if: Performing the operation \"Export connectors\" on target \"{Target}\"."], result.WhatIf);
        Assert.Empty(result.Output);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void What_is_declined_is_left_out_and_said()
    {
        Register("Berlin", Somewhere);
        Register("Bremen", Somewhere);
        Good("Export-OrchestratorConnector $file", ("file", Target));
        Shell.Confirmation = prompt => prompt.Message.Contains("Bremen", StringComparison.Ordinal) ? ShellAnswer.Yes : ShellAnswer.No;

        ConnectorImportResult[] results = ImportInto(Other, "-Confirm");

        Assert.Equal(["Connector Berlin Skipped", "Connector Bremen Created"], Text(results));
        Assert.Equal(["Bremen"], Good("Get-OrchestratorConnector -StatePath $other", ("other", Other)).Select(c => c!.ToString()));
    }

    [Fact]
    public void An_account_without_its_password_fails_with_what_uses_it_and_the_rest_goes_on()
    {
        Good("New-OrchestratorRunAsAccount Runbooks $c", ("c", CredentialOf(@"CONTOSO\svc", Secret)));
        Register("Berlin", Somewhere, "-RunAsAccount Runbooks");
        Register("Bremen", Somewhere);
        Good("Export-OrchestratorConnector $file", ("file", Target));

        ShellResult result = Run("Import-OrchestratorConnector $file -StatePath $other", ("file", Target), ("other", Other));

        Assert.Equal(["ImportCredentialMissing" + Import, "ImportAccountMissing" + Import], result.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Contains("-Credential @{ 'Runbooks' = Get-Credential", result.Errors[1].Exception.Message, StringComparison.Ordinal);
        ConnectorImportResult[] results = [.. result.Output.Cast<ConnectorImportResult>()];
        Assert.Equal(["Account Runbooks Failed", "Connector Berlin Failed", "Connector Bremen Created"], Text(results));
        Assert.Equal(result.Errors[0].Exception.Message, results[0].Reason);
    }

    [Fact]
    public void Another_environment_has_its_own_addresses_and_everything_disabled()
    {
        Register("Berlin", Somewhere, "-Protocol WebApi -WebConsoleUrl http://console:82/");
        Register("Bremen", Somewhere);
        Good("Export-OrchestratorConnector $file", ("file", Target));

        ConnectorImportResult[] results = ImportInto(
            Other,
            "-ServiceUrl $urls -WebConsoleUrl $consoles -Disabled",
            ("urls", new Hashtable { ["BERLIN"] = "http://test:81/Orchestrator2012/Orchestrator.svc/", ["Bremen"] = new Uri("http://test:82") }),
            ("consoles", new Hashtable { ["Berlin"] = new PSObject("http://test:83/") }));

        Assert.Equal(2, results.Length);
        Output.OrchestratorConnector[] connectors = Many<Output.OrchestratorConnector>("Get-OrchestratorConnector -StatePath $other", ("other", Other));
        Assert.Equal(["http://test:81/Orchestrator2012/Orchestrator.svc", "http://test:82"], connectors.Select(c => c.ServiceUrl.OriginalString));
        Assert.Equal("http://test:83/", connectors[0].WebConsoleUrl?.OriginalString);
        Assert.All(connectors, c => Assert.Equal((false, ConnectorProtocol.Auto), (c.Enabled, c.Protocol)));
    }

    [Theory]
    [InlineData("-ServiceUrl", "Berlim", "http://test:81", "ImportNameUnknown", "Did you mean 'Berlin'?")]
    [InlineData("-WebConsoleUrl", "Berlim", "http://test:81", "ImportNameUnknown", "there is no connector of that name in the file")]
    [InlineData("-Credential", "Nobody", "x", "ImportNameUnknown", "there is no Run As account of that name")]
    [InlineData("-Credential", "Runbooks", "x", "ImportCredentialInvalid", "-Credential gives a String")]
    [InlineData("-Credential", "Runbooks", null, "ImportCredentialInvalid", "-Credential gives a null")]
    [InlineData("-ServiceUrl", "Berlin", "ftp://x", "ServiceUrlInvalid", "ftp")]
    [InlineData("-ServiceUrl", "Berlin", null, "ServiceUrlInvalid", "absolute")]
    [InlineData("-WebConsoleUrl", "Berlin", "x", "WebConsoleUrlInvalid", "absolute")]
    public void What_is_given_by_name_has_to_fit_before_anything_is_written(string parameter, string name, string? value, string id, string why)
    {
        Good("New-OrchestratorRunAsAccount Runbooks $c", ("c", CredentialOf("u", "p")));
        Register("Berlin", Somewhere, "-RunAsAccount Runbooks");
        Good("Export-OrchestratorConnector $file", ("file", Target));
        Good("Set-OrchestratorConnector Berlin -Description x");

        ErrorRecord error = Refused(id + Import, $"Import-OrchestratorConnector $file {parameter} $table", ("file", Target), ("table", new Hashtable { [name] = value }));

        Assert.Contains(why, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_what_is_named_goes_out_and_in()
    {
        Good("New-OrchestratorRunAsAccount Vault -SecretName s");
        Register("Berlin", Somewhere, "-RunAsAccount Vault");
        Register("Bremen", Somewhere);
        Register("Hamburg", Somewhere);

        Good("Export-OrchestratorConnector $file -Name B*", ("file", Target));
        Assert.DoesNotContain("Hamburg", File.ReadAllText(Target), StringComparison.Ordinal);
        Assert.Equal(["Connector Bremen Created"], Text(ImportInto(Other, "-Name br*")));
        ShellResult result = Run("Import-OrchestratorConnector $file -Name Nobody, Berlin -StatePath $other", ("file", Target), ("other", Other));

        Assert.Equal(["ImportNameUnknown" + Import], result.Errors.Select(e => e.FullyQualifiedErrorId));
        Assert.Equal(["Account Vault Created", "Connector Berlin Created"], Text([.. result.Output.Cast<ConnectorImportResult>()]));
    }

    [Fact]
    public void Connectors_come_through_the_pipeline()
    {
        Register("Berlin", Somewhere);
        Register("Bremen", Somewhere);
        Register("Hamburg", Somewhere);

        object? file = Assert.Single(Good("Get-OrchestratorConnector H*, Br*, H* | Export-OrchestratorConnector $file -PassThru", ("file", Target)));

        Assert.Equal(Target, Assert.IsType<FileInfo>(file is PSObject wrapped ? wrapped.BaseObject : file).FullName);
        Assert.Equal(["Bremen", "Hamburg"], ImportInto(Other).Select(r => r.Name));
    }

    [Theory]
    [InlineData("Get-OrchestratorConnector X* | Export-OrchestratorConnector $file")]
    [InlineData("Export-OrchestratorConnector $file -Name X*")]
    public void Where_nothing_is_chosen_the_file_stays_as_it_was(string line)
    {
        Register("Berlin", Somewhere);
        File.WriteAllText(Target, "yesterday's");

        ShellResult result = Run(line, ("file", Target));

        AssertGood(result);
        Assert.Equal(["There is no connector to export; no file was written."], result.Warnings);
        Assert.Equal("yesterday's", File.ReadAllText(Target));
    }

    [Fact]
    public void Connectors_of_two_stores_do_not_go_into_one_file()
    {
        Register("Berlin", Somewhere);
        Register("Bremen", Somewhere, "-StatePath " + Other);
        object?[] both = [.. Good("Get-OrchestratorConnector"), .. Good("Get-OrchestratorConnector -StatePath $other", ("other", Other))];

        ShellResult result = Shell.Invoke("$both | Export-OrchestratorConnector $file", ("both", both), ("file", Target));

        Assert.Equal("ExportStoresMixed" + Export, result.TerminatingError?.FullyQualifiedErrorId);
        Assert.False(File.Exists(Target));
    }

    [Fact]
    public void A_file_that_is_there_is_replaced_unless_that_is_not_wanted()
    {
        Register("Berlin", Somewhere);
        File.WriteAllText(Target, "old");

        Refused("OutputExists" + Export, "Export-OrchestratorConnector $file -NoClobber", ("file", Target));
        Assert.Equal("old", File.ReadAllText(Target));
        File.SetAttributes(Target, FileAttributes.ReadOnly);
        Refused("OutputReadOnly" + Export, "Export-OrchestratorConnector $file", ("file", Target));
        Assert.Equal("old", File.ReadAllText(Target));
        Good("Export-OrchestratorConnector $file -Force", ("file", Target));

        Assert.Contains("Berlin", File.ReadAllText(Target), StringComparison.Ordinal);
        File.SetAttributes(Target, FileAttributes.Normal);
        Assert.DoesNotContain(Directory.EnumerateFiles(Path.GetDirectoryName(Target)!), f => Path.GetFileName(f).StartsWith("connectors.json.", StringComparison.Ordinal));
    }

    [Fact]
    public void Brackets_in_a_name_are_themselves_for_LiteralPath_and_refused_by_Path()
    {
        Register("Berlin", Somewhere);
        string file = Beside("con[1].json");

        foreach (string line in new[] { "Export-OrchestratorConnector $file", "Import-OrchestratorConnector $file" })
        {
            ErrorRecord error = Refused("FilePathInvalid" + (line[0] == 'E' ? Export : Import), line, ("file", file));
            Assert.Contains("-LiteralPath takes it as it is", error.Exception.Message, StringComparison.Ordinal);
        }

        Assert.Single(Good("Export-OrchestratorConnector -LiteralPath $file -PassThru", ("file", file)));
        Assert.True(File.Exists(file));
        Assert.Equal(ImportAction.Unchanged, One<ConnectorImportResult>("Import-OrchestratorConnector -LiteralPath $file", ("file", file)).Action);
        Assert.Equal(ImportAction.Unchanged, One<ConnectorImportResult>("Import-OrchestratorConnector $file", ("file", WildcardPattern.Escape(file))).Action);
    }

    [Fact]
    public void A_relative_path_is_one_from_the_shells_own_place()
    {
        Register("Berlin", Somewhere);
        Shell.Location = Path.GetDirectoryName(Target)!;

        Good("Export-OrchestratorConnector connectors.json");

        Assert.True(File.Exists(Target));
        Assert.Single(ImportInto(StatePath));
    }

    [Theory]
    [InlineData("Export-OrchestratorConnector nodrive:x.json", "DriveNotFound")]
    [InlineData("Import-OrchestratorConnector nodrive:x.json", "DriveNotFound")]
    [InlineData("Import-OrchestratorConnector nowhere.json", "InputNotFound")]
    [InlineData("Import-OrchestratorConnector nofolder/x.json", "InputNotFound")]
    [InlineData("Import-OrchestratorConnector .", "InputNotReadable")]
    [InlineData("Export-OrchestratorConnector .", "OutputNotWritable")]
    [InlineData("Export-OrchestratorConnector nofolder/x.json", "OutputFolderMissing")]
    public void A_file_that_cannot_be_is_said(string line, string id)
    {
        Register("Berlin", Somewhere);
        Shell.Location = Path.GetDirectoryName(Target)!;

        Refused(id + (line[0] == 'E' ? Export : Import), line);
    }

    [Theory]
    [InlineData("", "ImportMalformed", "in line 1 at position 1")]
    [InlineData("{\n  \"SchemaVersion\": 1,\n  \"Connectors\": [\n", "ImportMalformed", "in line 4 at position 1")]
    [InlineData("{\"SchemaVersion\": 2}", "ImportVersionNewer", "schema 2")]
    [InlineData("{\"Connectors\": []}", "ImportInvalid", "it has no SchemaVersion")]
    [InlineData("{\"SchemaVersion\": 1, \"Connectors\": [{\"Name\": \"A\", \"ServiceUrl\": \"http://sco:81\"}, {\"Name\": \"B\"}]}", "ImportInvalid", "the connector 'B' in line 1: it has no ServiceUrl.")]
    public void A_file_with_a_mistake_is_refused_as_a_whole(string content, string id, string why)
    {
        File.WriteAllText(Target, content);

        ErrorRecord error = Refused(id + Import, "Import-OrchestratorConnector $file", ("file", Target));

        Assert.Contains(why, error.Exception.Message, StringComparison.Ordinal);
        Assert.Contains(Target, error.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_a_later_version_added_is_skipped_with_a_warning()
    {
        File.WriteAllText(Target, "{\"SchemaVersion\": 1, \"Color\": 1}");

        ShellResult result = Run("Import-OrchestratorConnector $file", ("file", Target));

        AssertGood(result);
        Assert.Equal([$"'{Target}': this version knows no property 'Color' of a document; it was skipped."], result.Warnings);
    }

    [Fact]
    public async Task No_server_is_asked()
    {
        await PrepareAsync();

        Good("Export-OrchestratorConnector $file", ("file", Target));
        ImportInto(Other);

        Assert.Equal(0, Server.RequestCount);
    }

    [Fact]
    public async Task An_activity_finds_its_runbook_at_a_server_that_has_it_under_another_id()
    {
        await PrepareAsync();
        Good("New-SMRunbookActivity Again Reset -Map $map -ReadyForAutomation", ("map", new Hashtable { ["Computer Name"] = "Server", ["User"] = "Owner" }));
        Good("Export-OrchestratorConnector $file", ("file", Target));
        FakeOrchestrator.SourceModel test = new();
        test.RemoveRunbook(test.AddRunbook(@"\Jobs", "First").Id);
        Guid other = test.AddRunbook(@"\Jobs", "Reset", ("Computer Name", "In"), ("User", "In"), ("Result", "Out")).Id;
        FakeOrchestrator.FakeServer server = await StartAsync(test);
        (string, object?) urls = ("urls", new Hashtable { ["Berlin"] = server.AtomUrl });

        ConnectorImportResult before = ImportInto(Other, "-ServiceUrl $urls", urls)[1];
        Good("Sync-OrchestratorConnector Berlin -StatePath $other", ("other", Other));
        ConnectorImportResult after = ImportInto(Other, "-ServiceUrl $urls", urls)[1];

        Assert.Contains("Synchronize it, and import again.", before.Reason, StringComparison.Ordinal);
        Assert.Equal([$"RunbookId: {Runbook("Reset").Id} → {other}"], after.Changes);
        Assert.Equal(other, One<SMRunbookActivity>("Get-SMRunbookActivity -StatePath $other", ("other", Other)).RunbookId);
    }

    private static string WithoutTime(string file) => string.Join('\n', File.ReadLines(file).Where(l => !l.Contains("\"ExportTime\"", StringComparison.Ordinal)));
}
