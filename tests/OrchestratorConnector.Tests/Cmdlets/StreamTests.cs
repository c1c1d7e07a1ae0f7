using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Double;
using System.Text;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>What is said beside the output: the story, the request log, warnings, progress.</summary>
public sealed class StreamTests : CmdletTest
{
    private const string Password = "hidden-wörd \"' %";

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task The_debug_stream_logs_every_request_and_no_stream_a_secret(ConnectorProtocol protocol)
    {
        FakeServer server = await StartAsync(configure: o => o.Authentication = FakeAuthentication.Basic("user", Password));
        List<ShellResult> results =
        [
            Run($"New-OrchestratorConnector Berlin {UrlOf(server, protocol)} -AllowUnencryptedAuthentication -Credential $c -Verbose -Debug", ("c", CredentialOf("user", Password))),
            Run("Test-OrchestratorConnector Berlin -Verbose -Debug"),
        ];
        server.ClearRequests();
        ShellResult sync = Run("Sync-OrchestratorConnector Berlin -Verbose -Debug");
        results.Add(sync);
        results.Add(Run("Get-OrchestratorRunAsAccount Berlin -Verbose -Debug"));
        results.Add(Run("Set-OrchestratorRunAsAccount Berlin -Credential $c -Verbose -Debug", ("c", CredentialOf("user", Password))));

        results.ForEach(AssertGood);
        string[] asked = [.. server.Requests.Where(r => r.Status == 200).Select(r => r.Target).Order(StringComparer.Ordinal)];
        string[] logged = [.. sync.Debug.Where(v => v.StartsWith("GET ", StringComparison.Ordinal) && v.Contains(" -> ", StringComparison.Ordinal)).Select(v => new Uri(v.Split(' ')[1]).PathAndQuery).Order(StringComparer.Ordinal)];
        Assert.NotEmpty(asked);
        Assert.Equal(asked.Select(Uri.UnescapeDataString), logged.Select(Uri.UnescapeDataString));
        string everything = string.Join('\n', results.SelectMany(r => r.Records).Select(r => $"{r.Value} {Shell.Formatter.FormatList([r.Value])}"));
        Assert.DoesNotContain("hidden-w", everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.UTF8.GetBytes($"user:{Password}")), everything, StringComparison.Ordinal);
        Assert.DoesNotContain("Authorization", everything, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task The_preference_turns_the_log_on_too_and_without_it_there_is_none()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");

        ShellResult quiet = Run("Sync-OrchestratorConnector Berlin");
        Assert.Empty(quiet.Verbose.Concat(quiet.Debug));
        Shell.Variables["DebugPreference"] = "Continue";
        Assert.Contains(Run("Sync-OrchestratorConnector Berlin").Debug, v => v.StartsWith("GET ", StringComparison.Ordinal));
        Assert.Empty(Run("Sync-OrchestratorConnector Berlin -Debug:$false").Debug);
        Assert.Empty(Run("Sync-OrchestratorConnector Berlin").Verbose);
        Shell.Variables["VerbosePreference"] = "Continue";
        Assert.NotEmpty(Run("Sync-OrchestratorConnector Berlin").Verbose);
        Assert.Empty(Run("Sync-OrchestratorConnector Berlin -Verbose:$false").Verbose);
    }

    [Fact]
    public async Task Debug_alone_writes_no_verbose_line_at_which_the_shell_would_ask()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl} -Disabled");

        ShellResult result = Run("Sync-OrchestratorConnector Ber* -Debug");

        AssertGood(result);
        Assert.Empty(result.Verbose);
    }

    [Fact]
    public async Task A_shell_that_asks_at_every_debug_line_is_answered_and_nothing_is_lost()
    {
        FakeServer server = await StartAsync(configure: o => o.PageSize = 10);
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Shell.Variables["DebugPreference"] = "Inquire";
        Shell.Confirmation = _ => ShellAnswer.Yes;
        server.ClearRequests();

        ShellResult result = Run("Sync-OrchestratorConnector Berlin");

        AssertGood(result);
        Assert.Equal(2 * server.RequestCount, result.Prompts.Count);
        Assert.Equal(result.Debug.Count, result.Prompts.Count);
        Assert.Equal(60, Assert.IsType<ConnectorSyncResult>(Assert.Single(result.Output)).Added);
    }

    [Fact]
    public async Task Whoever_stops_at_a_debug_line_stops_the_work()
    {
        FakeServer server = await StartAsync(configure: o => o.PageSize = 10);
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Shell.Variables["DebugPreference"] = "Inquire";
        Shell.Confirmation = _ => ShellAnswer.Halt;

        ShellResult result = Run("Sync-OrchestratorConnector Berlin");

        Assert.NotNull(result.TerminatingError);
        Assert.Equal(string.Empty, Library());
    }

    [Theory]
    [InlineData(@"\", @"\A")]
    [InlineData(@"\A", @"\")]
    [InlineData(@"\A", @"\a")]
    [InlineData(@"\A\B", @"\A")]
    public async Task Overlapping_connectors_work_and_the_second_is_a_warning(string first, string second)
    {
        SourceModel source = new();
        source.AddRunbook(@"\A\B", "One");
        FakeServer server = await StartAsync(source);
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl} -Folder {first}");

        ShellResult result = Run($"New-OrchestratorConnector Other {server.BaseUrl} -Folder {second}");

        AssertGood(result);
        Assert.Contains("'Berlin'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Good("Sync-OrchestratorConnector *");
        Assert.Equal(["Berlin", "Other"], Many<SMRunbook>("Get-SMRunbook One").Select(r => r.Connector).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Folders_beside_one_another_and_other_servers_are_none()
    {
        SourceModel source = new();
        source.AddFolder(@"\A");
        source.AddFolder(@"\AB");
        FakeServer server = await StartAsync(source);
        FakeServer other = await StartAsync();

        Good($@"New-OrchestratorConnector One {server.AtomUrl} -Folder \A");
        Good($@"New-OrchestratorConnector Two {server.AtomUrl} -Folder \AB");
        Good($"New-OrchestratorConnector Three {other.AtomUrl}");
    }

    [Fact]
    public async Task Another_folder_for_a_connector_is_a_warning_of_what_will_be_missing()
    {
        FakeServer server = await StartAsync();
        string folder = server.Model.Folders[1].Path;
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Good("Sync-OrchestratorConnector Berlin");

        ShellResult result = Run("Set-OrchestratorConnector Berlin -Folder $folder", ("folder", folder));

        AssertGood(result);
        Assert.Contains($"'{folder}'", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Equal(60 - server.Model.Runbooks.Count(r => r.Path.StartsWith(folder + @"\", StringComparison.Ordinal)), One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Missing);
    }

    [Fact]
    public async Task A_console_that_does_not_answer_is_a_warning_and_no_more()
    {
        FakeServer server = await StartAsync();

        ShellResult result = Run($"New-OrchestratorConnector Berlin {server.AtomUrl} -WebConsoleUrl http://127.0.0.1:1");

        AssertGood(result);
        Assert.Contains("Web console", Assert.Single(result.Warnings), StringComparison.Ordinal);
        Assert.Single(result.Output);
    }
}
