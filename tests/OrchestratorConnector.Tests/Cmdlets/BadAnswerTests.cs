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

/// <summary>What a server can answer wrongly during a synchronization: an error with its own id, and the library as it was.</summary>
public sealed class BadAnswerTests : CmdletTest
{
    private const string Runbooks = @"/Runbooks(\?|$)";
    private const string Sync = Commands + "SyncOrchestratorConnectorCommand";

    private static readonly Dictionary<string, Func<Fault>> Faults = new()
    {
        ["Malformed"] = Fault.Malformed,
        ["CutClean"] = () => Fault.CutClean(),
        ["EntityBomb"] = Fault.EntityBomb,
        ["ExternalEntity"] = () => Fault.ExternalEntity(new Uri("http://127.0.0.1:1/secret")),
        ["HtmlPage"] = Fault.HtmlPage,
        ["Empty"] = Fault.Empty,
        ["HugeString"] = () => Fault.HugeString(20),
        ["FalseGzip"] = Fault.FalseGzip,
        ["EndlessBody"] = () => Fault.EndlessBody(limit: 64 << 20),
        ["RepeatingNextLink"] = Fault.RepeatingNextLink,
        ["EndlessNextLinks"] = Fault.EndlessNextLinks,
        ["ForeignNextLink"] = () => Fault.ForeignNextLink(new Uri("http://127.0.0.1:1/more")),
        ["RedirectAway"] = () => Fault.Redirect("http://127.0.0.1:1/elsewhere"),
        ["RedirectLoop"] = () => Fault.RedirectLoop(),
        ["403"] = () => Fault.Status(403),
        ["404"] = () => Fault.Status(404),
        ["400"] = () => Fault.Status(400),
        ["501"] = () => Fault.Status(501),
        ["BusyForLong"] = () => Fault.Status(429).RetryAfter(TimeSpan.FromHours(1)),
    };

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "Malformed", "ResponseMalformed")]
    [InlineData(ConnectorProtocol.Atom, "CutClean", "ResponseTruncated")]
    [InlineData(ConnectorProtocol.Atom, "EntityBomb", "ResponseHasDtd")]
    [InlineData(ConnectorProtocol.Atom, "ExternalEntity", "ResponseHasDtd")]
    [InlineData(ConnectorProtocol.Atom, "HtmlPage", "ResponseIsHtml")]
    [InlineData(ConnectorProtocol.Atom, "Empty", "ResponseEmpty")]
    [InlineData(ConnectorProtocol.Atom, "HugeString", "ResponseTooLarge")]
    [InlineData(ConnectorProtocol.Atom, "FalseGzip", "ResponseMalformed")]
    [InlineData(ConnectorProtocol.Atom, "EndlessBody", "ResponseTooLarge")]
    [InlineData(ConnectorProtocol.Atom, "RedirectAway", "RedirectRefused")]
    [InlineData(ConnectorProtocol.Atom, "RedirectLoop", "RedirectRefused")]
    [InlineData(ConnectorProtocol.Atom, "403", "AccessDenied")]
    [InlineData(ConnectorProtocol.Atom, "404", "ResourceNotFound")]
    [InlineData(ConnectorProtocol.Atom, "501", "ServerFailed")]
    [InlineData(ConnectorProtocol.Atom, "BusyForLong", "ServerBusy")]
    [InlineData(ConnectorProtocol.WebApi, "Malformed", "ResponseMalformed")]
    [InlineData(ConnectorProtocol.WebApi, "CutClean", "ResponseTruncated")]
    [InlineData(ConnectorProtocol.WebApi, "HtmlPage", "ResponseIsHtml")]
    [InlineData(ConnectorProtocol.WebApi, "Empty", "ResponseEmpty")]
    [InlineData(ConnectorProtocol.WebApi, "HugeString", "ResponseTooLarge")]
    [InlineData(ConnectorProtocol.WebApi, "FalseGzip", "ResponseMalformed")]
    [InlineData(ConnectorProtocol.WebApi, "EndlessBody", "ResponseTooLarge")]
    [InlineData(ConnectorProtocol.WebApi, "RedirectAway", "RedirectRefused")]
    [InlineData(ConnectorProtocol.WebApi, "403", "AccessDenied")]
    [InlineData(ConnectorProtocol.WebApi, "404", "ResourceNotFound")]
    [InlineData(ConnectorProtocol.WebApi, "400", "RequestRejected")]
    [InlineData(ConnectorProtocol.WebApi, "501", "ServerFailed")]
    [InlineData(ConnectorProtocol.WebApi, "BusyForLong", "ServerBusy")]
    public async Task The_library_stays_as_it_was(ConnectorProtocol protocol, string fault, string id)
    {
        FakeServer server = await StartAsync(configure: o => (o.PageSize, o.WebApiPageSize) = (20, 20));
        Good($"New-OrchestratorConnector Berlin {UrlOf(server, protocol)}");
        Good("Sync-OrchestratorConnector Berlin");
        server.Model.AddRunbook(@"\New", "New");
        string before = Library();
        server.Faults.Add(Faults[fault]().On(Runbooks));

        ShellResult result = Run("Sync-OrchestratorConnector Berlin");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Null(result.TerminatingError);
        Assert.Equal(id + Sync, error.FullyQualifiedErrorId);
        ConnectorSyncResult failed = Assert.IsType<ConnectorSyncResult>(Assert.Single(result.Output));
        Assert.Equal((ConnectorStatus.FinishedWithError, 0L, 0L), (failed.Status, failed.Added, failed.Missing));
        Assert.Equal(error.Exception.Message, failed.Error);
        Assert.Equal(before, Library());
        Output.OrchestratorConnector after = One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin");
        Assert.Equal((ConnectorStatus.FinishedWithError, failed.Error), (after.Status, after.LastError));
        Assert.True(after.LastSuccessTime < after.LastFinishTime);
        Assert.Equal(failed.Error, Many<ConnectorSyncResult>("Get-OrchestratorConnectorHistory Berlin")[0].Error);

        server.Faults.Clear();
        Assert.Equal(1, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Added);
        Assert.Null(One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin").LastError);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "RepeatingNextLink", "NextLinkRepeats")]
    [InlineData(ConnectorProtocol.Atom, "EndlessNextLinks", "NextLinkRepeats")]
    [InlineData(ConnectorProtocol.Atom, "ForeignNextLink", "NextLinkInvalid")]
    [InlineData(ConnectorProtocol.WebApi, "RepeatingNextLink", "NextLinkRepeats")]
    [InlineData(ConnectorProtocol.WebApi, "EndlessNextLinks", "NextLinkRepeats")]
    [InlineData(ConnectorProtocol.WebApi, "ForeignNextLink", "NextLinkInvalid")]
    public async Task A_next_link_that_leads_astray_where_only_links_lead_on(ConnectorProtocol protocol, string fault, string id)
    {
        FakeServer server = await StartAsync(configure: o =>
        {
            (o.PageSize, o.WebApiPageSize) = (20, 20);
            o.Quirks = new Quirks { SupportsSkip = false, SupportsInlineCount = false, WebApiNextLink = WebApiNextLink.SkipToken };
        });
        Good($"New-OrchestratorConnector Berlin {UrlOf(server, protocol)}");
        Good("Sync-OrchestratorConnector Berlin");
        string before = Library();
        server.Faults.Add(Faults[fault]().On(Runbooks));

        ShellResult result = Run("Sync-OrchestratorConnector Berlin");

        Assert.Equal(id + Sync, Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal(before, Library());
    }

    [Theory]
    [InlineData("Malformed", "ResponseMalformed")]
    [InlineData("HtmlPage", "ResponseIsHtml")]
    public async Task WhatIf_fails_with_the_same_error_and_leaves_no_trace(string fault, string id)
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        server.Faults.Add(Faults[fault]().On(Runbooks));

        Refused(id + Sync, "Sync-OrchestratorConnector Berlin -WhatIf");
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom)]
    [InlineData(ConnectorProtocol.WebApi)]
    public async Task No_runbook_at_all_where_there_were_many_is_not_believed(ConnectorProtocol protocol)
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {UrlOf(server, protocol)}");
        Good("Sync-OrchestratorConnector Berlin");
        server.Quirks = new Quirks { InvisibleRunbooks = [.. server.Model.Runbooks.Select(r => r.Id)] };
        string before = Library();

        ShellResult result = Run("Sync-OrchestratorConnector Berlin");

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal("EmptyAnswerSuspicious" + Sync, error.FullyQualifiedErrorId);
        Assert.Contains("-Force", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(before, Library());
        Assert.Equal(60, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin -Force").Missing);
        Assert.Equal(60, Good("Get-SMRunbook -Status Missing").Count);
    }

    [Fact]
    public async Task An_empty_server_is_no_error_the_first_time()
    {
        FakeServer server = await StartAsync(new SourceModel());
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");

        Assert.Equal((ConnectorStatus.FinishedSuccess, 0L), (One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Status, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Total));
    }

    [Theory]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_failure_that_passes_is_no_failure(int status)
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Fault once = server.Faults.Add(Fault.Status(status).RetryAfter(TimeSpan.Zero).On(Runbooks).Once());

        ConnectorSyncResult result = One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin");

        Assert.Equal((1, 60L), (once.Hits, result.Added));
    }

    [Fact]
    public async Task A_connector_that_is_removed_while_it_synchronizes()
    {
        FakeServer server = await StartAsync(configure: o => o.PageSize = 10);
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Good("Sync-OrchestratorConnector Berlin");
        using Shell other = NewShell();
        ShellResult? removal = null;
        server.Faults.Add(Fault.Delay(TimeSpan.Zero).On(Runbooks).When(_ =>
        {
            removal ??= other.Invoke("Remove-OrchestratorConnector Berlin -Confirm:$false -StatePath $state", ("state", StatePath));
            return false;
        }));

        ShellResult result = Run("Sync-OrchestratorConnector Berlin");

        AssertGood(removal!);
        Assert.Equal("ConnectorRemoved" + Sync, Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Empty(Good("Get-OrchestratorConnector"));
        Assert.Equal(string.Empty, Library());
    }

    [Fact]
    public async Task Two_at_once_are_one_and_an_error()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        using Shell other = NewShell();
        ShellResult? second = null;
        server.Faults.Add(Fault.Delay(TimeSpan.Zero).On(Runbooks).When(_ =>
        {
            second ??= other.Invoke("Sync-OrchestratorConnector Berlin -StatePath $state", ("state", StatePath));
            return false;
        }));

        ConnectorSyncResult result = One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin");

        Assert.Equal((ConnectorStatus.FinishedSuccess, 60L), (result.Status, result.Added));
        ErrorRecord error = Assert.Single(second!.Errors);
        Assert.Equal("ResourceBusy" + Sync, error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ResourceBusy, error.CategoryInfo.Category);
        Assert.Empty(second.Output);
        Assert.Single(Good("Get-OrchestratorConnectorHistory"));
    }

    [Fact]
    public async Task One_that_is_disabled_meanwhile_ends_by_itself()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        using Shell other = NewShell();
        server.Faults.Add(Fault.Delay(TimeSpan.Zero).On(Runbooks).When(_ =>
        {
            other.Invoke("Disable-OrchestratorConnector Berlin -StatePath $state", ("state", StatePath));
            return false;
        }));

        Assert.Equal(60, One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin").Added);
        Assert.False(One<Output.OrchestratorConnector>("Get-OrchestratorConnector Berlin").Enabled);
    }

    [Fact]
    public async Task One_server_that_fails_does_not_stop_the_others()
    {
        FakeServer bad = await StartAsync();
        FakeServer good = await StartAsync();
        Register("Bad", bad.AtomUrl, "-Protocol Atom");
        Register("Good", good.AtomUrl, "-Protocol Atom");
        bad.Faults.Add(Fault.HtmlPage());

        ShellResult result = Run("Sync-OrchestratorConnector Bad,Good");

        Assert.Equal("ResponseIsHtml" + Sync, Assert.Single(result.Errors).FullyQualifiedErrorId);
        Assert.Equal(["Bad FinishedWithError", "Good FinishedSuccess"], result.Output.Cast<ConnectorSyncResult>().Select(r => $"{r.Connector} {r.Status}"));
    }
}
