using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Text;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Run As accounts: shared by connectors, changed in one place, their secrets never shown.</summary>
public sealed class AccountTests : CmdletTest
{
    private const string User = @"CONTOSO\svc-runbooks";

    public static TheoryData<string, string> Credentials => new()
    {
        { "user", "password" },
        { @"CONTOSO\user", "p" },
        { "user@contoso.com", "with blanks and \"quotes\" 'single' $dollar `tick" },
        { "O'Brien; DROP TABLE", "pass:with:colons" },
        { "müller", "пароль-密码-🔑" },
        { "user", new string('x', 1000) },
    };

    private Task<FakeServer> StartProtectedAsync(string user, string password)
        => StartAsync(configure: o => o.Authentication = FakeAuthentication.Basic(user, password));

    [Theory]
    [MemberData(nameof(Credentials))]
    public async Task Any_user_name_and_password_signs_in(string user, string password)
    {
        FakeServer server = await StartProtectedAsync(user, password);
        OrchestratorRunAsAccount account = One<OrchestratorRunAsAccount>("New-OrchestratorRunAsAccount Runbooks $c -Description Text", ("c", CredentialOf(user, password)));
        Assert.Equal(("Runbooks", user, null, "Text"), (account.Name, account.UserName, account.SecretName, account.Description));

        Good($"New-OrchestratorConnector Atom {server.AtomUrl} -RunAsAccount runbooks -AllowUnencryptedAuthentication");
        Run($"New-OrchestratorConnector Web {server.BaseUrl} -RunAsAccount Runbooks -AllowUnencryptedAuthentication");

        Assert.Equal([60L, 60L], Many<ConnectorSyncResult>("Sync-OrchestratorConnector *").Select(r => r.Added));
        Assert.Equal(["Atom", "Web"], One<OrchestratorRunAsAccount>("Get-OrchestratorRunAsAccount Runbooks").Connectors);
    }

    [Fact]
    public async Task A_password_that_is_changed_holds_at_the_next_request_of_every_connector()
    {
        FakeServer server = await StartProtectedAsync(User, "old");
        BasicAuthentication authentication = (BasicAuthentication)server.Authentication;
        Good("New-OrchestratorRunAsAccount Runbooks $c", ("c", CredentialOf(User, "old")));
        Good($"New-OrchestratorConnector Atom {server.AtomUrl} -RunAsAccount Runbooks -AllowUnencryptedAuthentication");
        Run($"New-OrchestratorConnector Web {server.BaseUrl} -RunAsAccount Runbooks -AllowUnencryptedAuthentication");
        Good("Sync-OrchestratorConnector *");
        authentication.Password = "new";

        ShellResult failed = Run("Sync-OrchestratorConnector *");
        Assert.Equal(2, failed.Errors.Count(e => e.FullyQualifiedErrorId == "AuthenticationFailed" + Commands + "SyncOrchestratorConnectorCommand"));
        Assert.Empty(Good("Set-OrchestratorRunAsAccount Runbooks $c", ("c", CredentialOf(User, "new"))));

        Assert.Equal([60L, 60L], Many<ConnectorSyncResult>("Sync-OrchestratorConnector *").Select(r => r.Unchanged));
    }

    [Fact]
    public async Task It_holds_even_within_a_command_that_runs()
    {
        FakeServer first = await StartProtectedAsync(User, "old");
        FakeServer second = await StartProtectedAsync(User, "new");
        Good("New-OrchestratorRunAsAccount Runbooks $c", ("c", CredentialOf(User, "old")));
        Register("First", first.AtomUrl, "-Protocol Atom -RunAsAccount Runbooks -AllowUnencryptedAuthentication");
        Register("Second", second.AtomUrl, "-Protocol Atom -RunAsAccount Runbooks -AllowUnencryptedAuthentication");
        using Shell other = NewShell();

        // The first connector is done when its result comes out; the second one has not begun.
        RunningInvocation run = Shell.InvokeAsync(
            "Sync-OrchestratorConnector First,Second -StatePath $state",
            (_, record) =>
            {
                if (record is { Stream: ShellStream.Output, Value: ConnectorSyncResult { Connector: "First" } })
                {
                    AssertGood(other.Invoke("Set-OrchestratorRunAsAccount Runbooks $c -StatePath $state", ("c", CredentialOf(User, "new")), ("state", StatePath)));
                }
            },
            ("state", StatePath));
        ShellResult result = await run.Completion;

        AssertGood(result);
        Assert.Equal([60L, 60L], result.Output.Cast<ConnectorSyncResult>().Select(r => r.Added));
    }

    [Fact]
    public async Task A_credential_of_a_connector_is_an_account_of_its_name()
    {
        FakeServer server = await StartProtectedAsync(User, "secret word");
        Output.OrchestratorConnector made = One<Output.OrchestratorConnector>(
            $"New-OrchestratorConnector Berlin {server.AtomUrl} -AllowUnencryptedAuthentication -Credential $c", ("c", CredentialOf(User, "secret word")));
        ((BasicAuthentication)server.Authentication).Password = "another";

        Assert.Equal("Berlin", made.RunAsAccount);
        Refused("AuthenticationFailed" + Commands + "SetOrchestratorConnectorCommand", "Set-OrchestratorConnector Berlin -Credential $c", ("c", CredentialOf(User, "wrong")));
        Good("Set-OrchestratorConnector Berlin -Credential $c", ("c", CredentialOf(User, "another")));
        Assert.Equal(60, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Added);
    }

    [Fact]
    public async Task A_user_name_alone_is_asked_for_its_password()
    {
        FakeServer server = await StartProtectedAsync(User, "secret word");
        Shell.CredentialPrompt = user => CredentialOf(user!, "secret word");

        Good($@"New-OrchestratorConnector Berlin {server.AtomUrl} -AllowUnencryptedAuthentication -Credential {User}");

        Assert.Equal(User, One<OrchestratorRunAsAccount>("Get-OrchestratorRunAsAccount").UserName);
    }

    [Fact]
    public void An_account_in_use_is_not_removed_and_the_error_names_who_uses_it()
    {
        Good("New-OrchestratorRunAsAccount Runbooks -SecretName s");
        Register("Berlin", new Uri("http://127.0.0.1:1"), "-RunAsAccount Runbooks");
        Register("Hamburg", new Uri("http://127.0.0.1:2"), "-RunAsAccount runbooks");

        ErrorRecord error = Refused("AccountInUse" + Commands + "RemoveOrchestratorRunAsAccountCommand", "Remove-OrchestratorRunAsAccount Runbooks -Confirm:$false");

        Assert.Contains("'Berlin', 'Hamburg'", error.ToString(), StringComparison.Ordinal);
        Good("Set-OrchestratorConnector Berlin -RunAsAccount '' -SkipTest");
        Good("Set-OrchestratorConnector Hamburg -RunAsAccount $null -SkipTest");
        Good("Remove-OrchestratorRunAsAccount Runbooks -Confirm:$false");
        Assert.Null(One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin").RunAsAccount);
    }

    [Fact]
    public async Task A_secret_is_asked_for_when_a_connection_is_made()
    {
        FakeServer server = await StartProtectedAsync(User, "from the vault");
        List<string> asked = [];
        Shell.ScriptHandler = (script, arguments) =>
        {
            Assert.Contains("Get-Secret", script, StringComparison.Ordinal);
            asked.Add(string.Join('/', arguments));
            return [CredentialOf(User, "from the vault")];
        };
        OrchestratorRunAsAccount account = One<OrchestratorRunAsAccount>("New-OrchestratorRunAsAccount Runbooks -SecretName orchestrator -Vault Safe");
        Assert.Equal(("orchestrator", "Safe", null), (account.SecretName, account.Vault, account.UserName));
        Assert.Empty(asked);

        Good($"New-OrchestratorConnector Berlin {server.AtomUrl} -RunAsAccount Runbooks -AllowUnencryptedAuthentication");
        Assert.Equal(60, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Added);

        // Once for each command, however many requests it sends.
        Assert.Equal(["orchestrator/Safe", "orchestrator/Safe"], asked);
    }

    [Theory]
    [InlineData("nothing", "SecretNotFound")]
    [InlineData("text", "SecretNotCredential")]
    [InlineData("no such command", "SecretVaultUnavailable")]
    [InlineData("error", "SecretNotFound")]
    public async Task A_secret_that_is_none(string answer, string id)
    {
        FakeServer server = await StartProtectedAsync(User, "right");
        Shell.ScriptHandler = answer switch
        {
            "nothing" => (_, _) => [],
            "text" => (_, _) => ["hidden-word"],
            "error" => (_, _) => throw new RuntimeException("The vault is locked."),
            _ => null,
        };
        Good("New-OrchestratorRunAsAccount Runbooks -SecretName orchestrator");

        ErrorRecord error = Refused(
            id + Commands + "NewOrchestratorConnectorCommand", $"New-OrchestratorConnector Berlin {server.AtomUrl} -RunAsAccount Runbooks -AllowUnencryptedAuthentication");

        Assert.Contains("'Runbooks'", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", error.ToString() + error.Exception, StringComparison.Ordinal);
        Register("Berlin", server.AtomUrl, "-Protocol Atom -RunAsAccount Runbooks -AllowUnencryptedAuthentication");
        Assert.Equal(id + Commands + "SyncOrchestratorConnectorCommand", Assert.Single(Run("Sync-OrchestratorConnector Berlin").Errors).FullyQualifiedErrorId);
        Assert.False(Assert.IsType<ConnectorTestResult>(Assert.Single(Run("Test-OrchestratorConnector Berlin").Output)).Success);
    }

    [Fact]
    public void A_credential_and_a_secret_take_each_others_place()
    {
        Good("New-OrchestratorRunAsAccount Runbooks $c -Description Text", ("c", CredentialOf(User, "word")));

        OrchestratorRunAsAccount secret = One<OrchestratorRunAsAccount>("Set-OrchestratorRunAsAccount Runbooks -SecretName s -Vault v -PassThru");
        OrchestratorRunAsAccount again = One<OrchestratorRunAsAccount>("Set-OrchestratorRunAsAccount Runbooks $c -PassThru", ("c", CredentialOf("other", "word")));

        Assert.Equal((null, "s", "v", "Text"), (secret.UserName, secret.SecretName, secret.Vault, secret.Description));
        Assert.Equal(("other", null, null, "Text"), (again.UserName, again.SecretName, again.Vault, again.Description));
        Assert.Null(One<OrchestratorRunAsAccount>("Set-OrchestratorRunAsAccount Runbooks -Description '' -PassThru").Description);
    }

    [Fact]
    public void No_file_holds_a_password_that_can_be_read()
    {
        const string Word = "a-hidden-word-in-clear";
        Good("New-OrchestratorRunAsAccount Runbooks $c", ("c", CredentialOf(User, Word)));
        Run("New-OrchestratorConnector Berlin http://127.0.0.1:1 -SkipTest -Credential $c", ("c", CredentialOf(User, Word)));

        foreach (string file in Directory.EnumerateFiles(Path.GetDirectoryName(StatePath)!, "*", SearchOption.AllDirectories))
        {
            byte[] content = File.ReadAllBytes(file);
            Assert.Equal(-1, content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Word)));
            Assert.Equal(-1, content.AsSpan().IndexOf(Encoding.Unicode.GetBytes(Word)));
            if (!OperatingSystem.IsWindows())
            {
                Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            }
        }
    }

    [Fact]
    public void No_object_shows_one()
    {
        OrchestratorRunAsAccount account = One<OrchestratorRunAsAccount>("New-OrchestratorRunAsAccount Runbooks $c", ("c", CredentialOf(User, "hidden-word")));

        Assert.DoesNotContain(typeof(OrchestratorRunAsAccount).GetProperties(), p => p.PropertyType == typeof(byte[]) || p.PropertyType == typeof(PSCredential));
        Assert.DoesNotContain("hidden", Shell.Formatter.FormatList([account], ["*"]) + Shell.Formatter.Format([account]), StringComparison.Ordinal);
    }
}
