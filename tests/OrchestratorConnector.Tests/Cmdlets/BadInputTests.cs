using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Net;
using System.Net.Sockets;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Settings that cannot be right, and servers that cannot be reached: an error with its own id, and nothing written.</summary>
public sealed class BadInputTests : CmdletTest
{
    private const string New = Commands + "NewOrchestratorConnectorCommand";
    private const string Set = Commands + "SetOrchestratorConnectorCommand";
    private const string NewAccount = Commands + "NewOrchestratorRunAsAccountCommand";
    private static readonly Uri Somewhere = new("http://127.0.0.1:1/api");

    public static TheoryData<string> BadNames => ["", " ", "a*", "a?", "a[b]", "a`b", " a", "a ", "a\nb", new string('a', 129)];

    [Theory]
    [MemberData(nameof(BadNames))]
    public void A_connector_name(string name)
    {
        Register("Berlin", Somewhere);

        Refused("ConnectorNameInvalid" + New, "New-OrchestratorConnector $name http://127.0.0.1:1 -SkipTest", ("name", name));
        Refused("ConnectorNameInvalid" + Set, "Set-OrchestratorConnector Berlin -NewName $name", ("name", name));
    }

    [Theory]
    [MemberData(nameof(BadNames))]
    public void An_account_name(string name)
        => Refused("AccountNameInvalid" + NewAccount, "New-OrchestratorRunAsAccount $name -SecretName s", ("name", name));

    [Theory]
    [InlineData("Berlin")]
    [InlineData("BERLIN")]
    [InlineData("berlin")]
    public void A_name_that_is_taken(string name)
    {
        Register("Berlin", Somewhere);
        Register("Hamburg", Somewhere);
        Good("New-OrchestratorRunAsAccount Berlin -SecretName s");

        Refused("ConnectorExists" + New, $"New-OrchestratorConnector {name} http://127.0.0.1:2 -SkipTest");
        Refused("ConnectorExists" + Set, $"Set-OrchestratorConnector Hamburg -NewName {name}");
        Refused("AccountExists" + NewAccount, $"New-OrchestratorRunAsAccount {name} -SecretName s");
    }

    [Fact]
    public void The_longest_name_and_a_change_of_case_are_fine()
    {
        string longest = new('a', 128);
        Register(longest, Somewhere);
        Good("Set-OrchestratorConnector $name -NewName $other", ("name", longest), ("other", longest.ToUpperInvariant()));

        Assert.Equal(longest.ToUpperInvariant(), One<Output.OrchestratorConnector>("Get-OrchestratorConnector").Name);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("server")]
    [InlineData("server:81")]
    [InlineData("/api")]
    [InlineData(@"\\server\api")]
    [InlineData("api/here")]
    [InlineData("ftp://server/api")]
    [InlineData("file:///api")]
    [InlineData("http://")]
    [InlineData("http://server/api?x=1")]
    [InlineData("http://server/api#x")]
    [InlineData("http://user@server/api")]
    [InlineData("http://user:hidden-word@server/api")]
    public void A_service_url(string url)
    {
        Register("Berlin", Somewhere);

        foreach ((string command, string line) in new[]
        {
            ("NewOrchestratorConnectorCommand", "New-OrchestratorConnector Hamburg $url"),
            ("SetOrchestratorConnectorCommand", "Set-OrchestratorConnector Berlin -ServiceUrl $url"),
        })
        {
            ErrorRecord error = Refused("ServiceUrlInvalid" + Commands + command, line, ("url", url));
            Assert.Equal(ErrorCategory.InvalidArgument, error.CategoryInfo.Category);
            Assert.DoesNotContain("hidden-word", error + error.TargetObject?.ToString() + error.Exception, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("ftp://server")]
    [InlineData("server:82")]
    [InlineData("/console")]
    [InlineData("http://user:hidden-word@server:82")]
    public void A_web_console_url(string url)
    {
        ErrorRecord error = Refused("WebConsoleUrlInvalid" + New, "New-OrchestratorConnector Berlin http://127.0.0.1:1 -SkipTest -WebConsoleUrl $url", ("url", url));

        Assert.DoesNotContain("hidden-word", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Schedule Daily -Every 01:00:00")]
    [InlineData("-Schedule Interval -At 02:00:00")]
    [InlineData("-Schedule Interval")]
    [InlineData("-Schedule None -At 02:00:00")]
    [InlineData("-At 24:00:00")]
    [InlineData("-At 1.00:00:00")]
    [InlineData("-Every 00:00:59")]
    [InlineData("-Every 32.00:00:00")]
    public void A_schedule(string schedule)
        => Refused("ScheduleInvalid" + New, $"New-OrchestratorConnector Berlin http://127.0.0.1:1 -SkipTest {schedule}");

    [Theory]
    [InlineData("-TimeoutSeconds 0", "ParameterArgumentValidationError")]
    [InlineData("-TimeoutSeconds 3601", "ParameterArgumentValidationError")]
    [InlineData("-Protocol Soap", "CannotConvertArgumentNoMessage")]
    [InlineData("-Schedule Weekly", "CannotConvertArgumentNoMessage")]
    public void A_value_that_the_binder_refuses(string parameter, string id)
        => Refused(id + New, $"New-OrchestratorConnector Berlin http://127.0.0.1:1 -SkipTest {parameter}");

    [Fact]
    public void An_account_that_is_not_there()
    {
        Good("New-OrchestratorRunAsAccount Runbooks -SecretName s");

        ErrorRecord error = Refused("AccountNotFound" + New, "New-OrchestratorConnector Berlin http://127.0.0.1:1 -SkipTest -RunAsAccount Runbook");

        Assert.Contains("Did you mean 'Runbooks'?", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_account_and_a_credential()
    {
        Good("New-OrchestratorRunAsAccount Runbooks -SecretName s");

        Refused("ConnectorSettingsConflict" + New, "New-OrchestratorConnector Berlin http://127.0.0.1:1 -SkipTest -RunAsAccount Runbooks -Credential $c", ("c", CredentialOf("u", "p")));
    }

    [Fact]
    public void A_credential_where_an_account_bears_the_name()
    {
        Good("New-OrchestratorRunAsAccount berlin -SecretName s");

        Refused("AccountExists" + New, "New-OrchestratorConnector Berlin http://127.0.0.1:1 -SkipTest -Credential $c", ("c", CredentialOf("u", "p")));
    }

    [Fact]
    public void A_host_that_does_not_resolve()
    {
        ErrorRecord error = Refused("HostNotFound" + New, "New-OrchestratorConnector Berlin http://no-such-host.invalid:81/api");

        Assert.Equal(ErrorCategory.ConnectionError, error.CategoryInfo.Category);
        Assert.Contains("no-such-host.invalid", error.ToString(), StringComparison.Ordinal);
        AssertTestFails("Name resolution", "http://no-such-host.invalid:81/api");
    }

    [Fact]
    public void A_closed_port()
    {
        using Socket bound = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        bound.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        string url = $"http://{bound.LocalEndPoint}/api";

        Refused("ConnectionRefused" + New, $"New-OrchestratorConnector Berlin {url}");
        AssertTestFails("TCP", url);
    }

    [Fact]
    public void A_host_that_accepts_and_never_answers()
    {
        using TcpListener silent = new(IPAddress.Loopback, 0);
        silent.Start();
        string url = $"http://{silent.LocalEndpoint}/api";

        ErrorRecord error = Refused("RequestTimedOut" + New, $"New-OrchestratorConnector Berlin {url} -TimeoutSeconds 1");

        Assert.Equal(ErrorCategory.OperationTimeout, error.CategoryInfo.Category);
        AssertTestFails("HTTP", url, "-TimeoutSeconds 1");
    }

    [Fact]
    public async Task A_server_without_a_certificate_that_is_trusted()
    {
        FakeServer server = await StartAsync(configure: o => o.Https = true);

        Refused("TlsFailed" + New, $"New-OrchestratorConnector Berlin {server.AtomUrl}");
        AssertTestFails("TLS", server.AtomUrl.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("/api")]
    [InlineData("/Orchestrator2012/Orchestrator.svc")]
    public async Task Something_that_is_no_orchestrator(string path)
    {
        FakeServer server = await StartAsync(configure: o => o.Generations = Generations.None);

        Refused("NotOrchestrator" + New, $"New-OrchestratorConnector Berlin {server.BaseUrl.GetLeftPart(UriPartial.Authority)}{path}");
        AssertTestFails("Protocol", server.BaseUrl.GetLeftPart(UriPartial.Authority) + path);
    }

    [Fact]
    public async Task A_web_page()
    {
        FakeServer server = await StartAsync();
        server.Faults.Add(Fault.HtmlPage());

        Refused("ResponseIsHtml" + New, $"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Refused("ResponseIsHtml" + New, $"New-OrchestratorConnector Berlin {server.BaseUrl}");
    }

    [Theory]
    [InlineData(Generations.Atom, "/Orchestrator2012", "/Orchestrator2012/Orchestrator.svc")]
    [InlineData(Generations.Atom, "/Orchestrator/Orchestrator.svc", "/Orchestrator2012/Orchestrator.svc")]
    [InlineData(Generations.Atom, "", "/Orchestrator2012/Orchestrator.svc")]
    [InlineData(Generations.Atom, "/api", "/Orchestrator2012/Orchestrator.svc")]
    [InlineData(Generations.WebApi, "/Orchestrator2012/Orchestrator.svc", "/api")]
    [InlineData(Generations.WebApi, "/web", "/api")]
    public async Task The_wrong_path_on_the_right_server(Generations generation, string wrong, string right)
    {
        FakeServer server = await StartAsync(configure: o => o.Generations = generation);
        string root = server.BaseUrl.GetLeftPart(UriPartial.Authority);

        ErrorRecord error = Refused("ServicePathWrong" + New, $"New-OrchestratorConnector Berlin {root}{wrong}");

        Assert.Contains($"The service answers at {root}{right}.", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task The_wrong_generation(ConnectorProtocol protocol)
    {
        FakeServer server = await StartAsync();
        Uri url = UrlOf(server, protocol == ConnectorProtocol.Atom ? ConnectorProtocol.WebApi : ConnectorProtocol.Atom);

        ShellResult result = Run($"New-OrchestratorConnector Berlin {url} -Protocol {protocol}");

        Assert.EndsWith(New, result.TerminatingError!.FullyQualifiedErrorId, StringComparison.Ordinal);
        Assert.Empty(Good("Get-OrchestratorConnector"));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task A_folder_that_is_not_there(ConnectorProtocol protocol)
    {
        SourceModel source = new();
        source.AddRunbook(@"\Active Directory", "One");
        FakeServer server = await StartAsync(source);
        Uri url = UrlOf(server, protocol);

        ErrorRecord error = Refused("FolderNotFound" + New, $@"New-OrchestratorConnector Berlin {url} -Folder '\Active Directori'");

        Assert.Contains(@"Did you mean '\Active Directory'?", error.ToString(), StringComparison.Ordinal);
        AssertTestFails("Folder", url.ToString(), @"-Folder '\Active Directori'");
        Register("Hamburg", url, @"-Folder \Nowhere");
        AssertSyncFails("FolderNotFound", "Hamburg");
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task A_wrong_password(ConnectorProtocol protocol)
    {
        FakeServer server = await StartAsync(configure: o => o.Authentication = FakeAuthentication.Basic("user", "right"));
        Uri url = UrlOf(server, protocol);

        ErrorRecord error = Refused(
            "AuthenticationFailed" + New, $"New-OrchestratorConnector Berlin {url} -AllowUnencryptedAuthentication -Credential $c", ("c", CredentialOf("user", "hidden-word")));

        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        Assert.Contains("'user'", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("hidden-word", error.ToString() + error.Exception, StringComparison.Ordinal);
        Assert.Empty(Good("Get-OrchestratorRunAsAccount"));
        Run($"New-OrchestratorConnector Berlin {url} -SkipTest -AllowUnencryptedAuthentication -Credential $c", ("c", CredentialOf("user", "hidden-word")));
        AssertSyncFails("AuthenticationFailed", "Berlin");
    }

    [Fact]
    public async Task A_password_in_clear()
    {
        FakeServer server = await StartAsync(configure: o => o.Authentication = FakeAuthentication.Basic("user", "right"));

        ErrorRecord error = Refused("BasicOverHttpRefused" + New, $"New-OrchestratorConnector Berlin {server.AtomUrl} -Credential $c", ("c", CredentialOf("user", "right")));

        Assert.Contains("-AllowUnencryptedAuthentication", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.SecurityError, error.CategoryInfo.Category);
        Assert.DoesNotContain(server.Requests, r => r.Headers.ContainsKey("Authorization"));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task A_right_that_is_denied(ConnectorProtocol protocol)
    {
        FakeServer server = await StartAsync();
        server.Faults.Add(Fault.Status(403));

        ErrorRecord error = Refused("AccessDenied" + New, $"New-OrchestratorConnector Berlin {UrlOf(server, protocol)}");

        Assert.Equal(ErrorCategory.PermissionDenied, error.CategoryInfo.Category);
        AssertTestFails("Authentication", UrlOf(server, protocol).ToString());
    }

    [Theory]
    [InlineData("Get-OrchestratorConnector Berlim", "ConnectorNotFound", "GetOrchestratorConnectorCommand")]
    [InlineData("Set-OrchestratorConnector Berlim -Description x", "ConnectorNotFound", "SetOrchestratorConnectorCommand")]
    [InlineData("Remove-OrchestratorConnector Berlim -Confirm:$false", "ConnectorNotFound", "RemoveOrchestratorConnectorCommand")]
    [InlineData("Remove-OrchestratorConnector Berlim -KeepRunbook -Confirm:$false", "ConnectorNotFound", "RemoveOrchestratorConnectorCommand")]
    [InlineData("Enable-OrchestratorConnector Berlim", "ConnectorNotFound", "EnableOrchestratorConnectorCommand")]
    [InlineData("Disable-OrchestratorConnector Berlim", "ConnectorNotFound", "DisableOrchestratorConnectorCommand")]
    [InlineData("Test-OrchestratorConnector Berlim", "ConnectorNotFound", "TestOrchestratorConnectorCommand")]
    [InlineData("Sync-OrchestratorConnector Berlim", "ConnectorNotFound", "SyncOrchestratorConnectorCommand")]
    [InlineData("Sync-OrchestratorConnector Berlim -WhatIf", "ConnectorNotFound", "SyncOrchestratorConnectorCommand")]
    [InlineData("Get-OrchestratorConnectorHistory Berlim", "ConnectorNotFound", "GetOrchestratorConnectorHistoryCommand")]
    [InlineData("Get-OrchestratorFolder Berlim", "ConnectorNotFound", "GetOrchestratorFolderCommand")]
    [InlineData("Get-SMRunbook -Connector Berlim", "ConnectorNotFound", "GetSMRunbookCommand")]
    [InlineData("Get-SMRunbook Berlim", "RunbookNotFound", "GetSMRunbookCommand")]
    [InlineData(@"Get-SMRunbook -Path \Berlim", "RunbookNotFound", "GetSMRunbookCommand")]
    [InlineData("Get-SMRunbook -Id 0e7a9a40-4a53-43b5-8f8b-0c2f5f3d8a11", "RunbookNotFound", "GetSMRunbookCommand")]
    [InlineData("Get-OrchestratorRunAsAccount Berlim", "AccountNotFound", "GetOrchestratorRunAsAccountCommand")]
    [InlineData("Set-OrchestratorRunAsAccount Berlim -Description x", "AccountNotFound", "SetOrchestratorRunAsAccountCommand")]
    [InlineData("Remove-OrchestratorRunAsAccount Berlim -Confirm:$false", "AccountNotFound", "RemoveOrchestratorRunAsAccountCommand")]
    public void A_name_that_does_not_exist(string line, string id, string command)
    {
        Register("Berlin", Somewhere);
        Good("New-OrchestratorRunAsAccount Berlin -SecretName s");

        ErrorRecord error = Refused(id + Commands + command, line);

        Assert.Equal(ErrorCategory.ObjectNotFound, error.CategoryInfo.Category);
        if (id != "RunbookNotFound")
        {
            Assert.Equal("Berlim", error.TargetObject);
            Assert.Contains("Did you mean 'Berlin'?", error.ToString(), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Get-OrchestratorConnector X*")]
    [InlineData("Remove-OrchestratorConnector X* -Confirm:$false")]
    [InlineData("Enable-OrchestratorConnector X?")]
    [InlineData("Disable-OrchestratorConnector X[a-z]")]
    [InlineData("Test-OrchestratorConnector X*")]
    [InlineData("Sync-OrchestratorConnector X*")]
    [InlineData("Get-OrchestratorConnectorHistory X*")]
    [InlineData("Get-SMRunbook X*")]
    [InlineData("Get-SMRunbook -Connector X*")]
    [InlineData(@"Get-SMRunbook -Path \X*")]
    [InlineData("Get-OrchestratorRunAsAccount X*")]
    [InlineData("Remove-OrchestratorRunAsAccount X* -Confirm:$false")]
    public void A_wildcard_that_fits_nothing_is_silence(string line)
    {
        Register("Berlin", Somewhere);

        Assert.Empty(Good(line));
    }

    [Fact]
    public void One_wrong_name_among_several_does_not_stop_the_others()
    {
        Register("Berlin", Somewhere);
        Register("Hamburg", Somewhere);

        ShellResult result = Run("Disable-OrchestratorConnector Berlin,Nobody,Hamburg -PassThru");

        Assert.Equal(["Berlin", "Hamburg"], result.Output.Select(o => o!.ToString()));
        Assert.Equal("ConnectorNotFound" + Commands + "DisableOrchestratorConnectorCommand", Assert.Single(result.Errors).FullyQualifiedErrorId);
    }

    private void AssertTestFails(string step, string url, string more = "")
    {
        ShellResult result = Run($"Test-OrchestratorConnector -ServiceUrl {url} {more}");
        AssertGood(result);
        ConnectorTestResult test = Assert.IsType<ConnectorTestResult>(Assert.Single(result.Output));
        ConnectorTestCheck failed = Assert.Single(test.Checks, c => c.Outcome == Orchestrator.CheckOutcome.Failed);

        Assert.False(test.Success);
        Assert.Equal(step, failed.Name);
        Assert.NotEqual("The connection to the server was successful.", test.Message);
        Assert.Equal(9, test.Checks.Count);
        Assert.Equal(false, Assert.Single(Run($"Test-OrchestratorConnector -ServiceUrl {url} -Quiet {more}").Output));
    }

    private void AssertSyncFails(string id, string connector)
    {
        string before = Library();
        ShellResult result = Run($"Sync-OrchestratorConnector {connector}");

        Assert.Equal(id + Commands + "SyncOrchestratorConnectorCommand", Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal(ConnectorStatus.FinishedWithError, Assert.IsType<ConnectorSyncResult>(Assert.Single(result.Output)).Status);
        Assert.Equal(before, Library());
    }
}
