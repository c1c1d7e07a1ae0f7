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

/// <summary>Set-OrchestratorConnector changes what it is given, and nothing else.</summary>
public sealed class SetTests : CmdletTest
{
    [Theory]
    [InlineData("-Description Other", "Description", "Other")]
    [InlineData("-Description ''", "Description", "")]
    [InlineData("-Description $null", "Description", "")]
    [InlineData("-WebConsoleUrl http://other:82/", "WebConsoleUrl", "http://other:82/")]
    [InlineData("-WebConsoleUrl $null", "WebConsoleUrl", "")]
    [InlineData("-TimeoutSeconds 7", "TimeoutSeconds", "7")]
    [InlineData("-AllowUnencryptedAuthentication:$false", "AllowUnencryptedAuthentication", "False")]
    [InlineData("-Schedule None", "Schedule NextRunTime", "None")]
    [InlineData("-At 04:30:00", "Schedule NextRunTime", "Daily at 04:30")]
    [InlineData("-Schedule Daily", "Schedule NextRunTime", "Daily at 02:00")]
    [InlineData("-Every 1.00:00:00", "Schedule", "Every 1.00:00:00")]
    [InlineData("-Folder sub/folder -SkipTest", "Folder", @"\sub\folder")]
    [InlineData("-RunAsAccount '' -SkipTest", "RunAsAccount", "")]
    [InlineData("-Protocol WebApi -SkipTest", "Protocol", "WebApi")]
    [InlineData("-ServiceUrl http://127.0.0.1:2/api -SkipTest", "ServiceUrl Protocol", "http://127.0.0.1:2/api")]
    [InlineData("-ServiceUrl http://127.0.0.1:1/ORCHESTRATOR.svc/ -SkipTest", "", "")]
    [InlineData("-Disabled", "Enabled NextRunTime", "False")]
    [InlineData("-NewName Hamburg", "Name", "Hamburg")]
    [InlineData("-NewName BERLIN", "Name", "BERLIN")]
    [InlineData("", "", "")]
    public void One_setting(string given, string changed, string value)
    {
        Assert.NotNull(changed);
        Good("New-OrchestratorRunAsAccount Runbooks -SecretName s");
        Run("New-OrchestratorConnector Berlin http://127.0.0.1:1/ORCHESTRATOR.svc -SkipTest -Protocol Atom -Folder A -WebConsoleUrl http://console:82 -Description Text -RunAsAccount Runbooks "
            + "-Every 04:00:00 -AllowUnencryptedAuthentication -TimeoutSeconds 30");
        Dictionary<string, string> before = Properties(One<Output.OrchestratorConnector>("Get-OrchestratorConnector"));

        ShellResult result = Run($"Set-OrchestratorConnector berlin -PassThru {given}");

        AssertGood(result);
        Dictionary<string, string> after = Properties(Assert.IsType<Output.OrchestratorConnector>(Assert.Single(result.Output)));
        string[] names = changed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(names.Order(StringComparer.Ordinal), after.Keys.Where(k => after[k] != before[k]).Order(StringComparer.Ordinal));
        if (names.Length > 0)
        {
            Assert.Equal(value, after[names[0]]);
        }

        Assert.Equal(after, Properties(One<Output.OrchestratorConnector>("Get-OrchestratorConnector")));
    }

    [Fact]
    public void It_is_silent_without_PassThru()
    {
        Register("Berlin", new Uri("http://127.0.0.1:1"));

        Assert.Empty(Good("Set-OrchestratorConnector Berlin -Description x"));
    }

    [Fact]
    public async Task What_touches_the_connection_is_tested_and_nothing_else_is()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        server.ClearRequests();
        Good("Set-OrchestratorConnector Berlin -Description x -TimeoutSeconds 5 -NewName Bremen");
        Assert.Equal(0, server.RequestCount);

        Refused("FolderNotFound" + Commands + "SetOrchestratorConnectorCommand", @"Set-OrchestratorConnector Bremen -Folder \Nowhere -WarningAction Ignore");
        Refused("ConnectionRefused" + Commands + "SetOrchestratorConnectorCommand", "Set-OrchestratorConnector Bremen -ServiceUrl http://127.0.0.1:1 -WarningAction Ignore");
        Refused("AccountNotFound" + Commands + "SetOrchestratorConnectorCommand", "Set-OrchestratorConnector Bremen -RunAsAccount Nobody");
    }

    [Fact]
    public async Task A_wider_folder_loses_no_runbook_and_says_nothing_of_it()
    {
        FakeServer server = await StartAsync();
        string folder = server.Model.Runbooks.Select(r => r.Path[..r.Path.LastIndexOf('\\')]).First(f => f.Length > 1);
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl} -Folder '{folder}'");
        Good("Sync-OrchestratorConnector Berlin");

        Assert.Empty(Run(@"Set-OrchestratorConnector Berlin -Folder \ -WhatIf").Warnings);
        Assert.Single(Run(@"Set-OrchestratorConnector Berlin -Folder \Other -WhatIf").Warnings);
    }

    [Fact]
    public async Task A_renamed_connector_keeps_its_library_and_its_history()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Good("Sync-OrchestratorConnector Berlin");

        Good("Set-OrchestratorConnector Berlin -NewName Hamburg");

        Assert.Equal(60, Many<SMRunbook>("Get-SMRunbook -Connector Hamburg").Length);
        Assert.Equal(60, One<ConnectorSyncResult>("Sync-OrchestratorConnector Hamburg").Unchanged);
        Refused("ConnectorNotFound" + Commands + "GetOrchestratorConnectorCommand", "Get-OrchestratorConnector Berlin");
        Assert.Equal(["Hamburg", "Hamburg"], Many<ConnectorSyncResult>("Get-OrchestratorConnectorHistory").Select(r => r.Connector));
    }

    [Fact]
    public async Task A_name_that_is_used_again_brings_none_of_the_past_of_the_one_that_bore_it()
    {
        SourceModel source = new();
        source.AddRunbook(@"\A", "Alpha");
        FakeServer server = await StartAsync(source);
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Good("Sync-OrchestratorConnector Berlin");
        Good("Start-SMRunbook Alpha");
        Good("Set-OrchestratorConnector Berlin -NewName Hamburg");
        Good($"New-OrchestratorConnector Berlin {server.BaseUrl} -WarningAction Ignore");

        Assert.Empty(Good("Get-SMRunbookJob -Connector Berlin"));
        Assert.Equal("Hamburg", One<SMRunbookJob>("Get-SMRunbookJob -Connector Hamburg").Connector);
        Assert.Equal("Hamburg", One<SMRunbookJob>("Get-SMRunbookJob | Get-SMRunbookJob -Remote").Connector);
    }

    [Fact]
    public async Task Another_generation_at_another_address_keeps_the_library()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        Good("Sync-OrchestratorConnector Berlin");

        Output.OrchestratorConnector changed = Assert.IsType<Output.OrchestratorConnector>(Assert.Single(Run($"Set-OrchestratorConnector Berlin -ServiceUrl {server.BaseUrl} -PassThru").Output));

        Assert.Equal((ConnectorProtocol.WebApi, 60L), (changed.Protocol, changed.RunbookCount));
        ConnectorSyncResult result = One<ConnectorSyncResult>("Sync-OrchestratorConnector Berlin");
        Assert.Equal((60L, 0L, 0L), (result.Total, result.Added, result.Missing));
    }

    private static Dictionary<string, string> Properties(Output.OrchestratorConnector connector)
        => PSObject.AsPSObject(connector).Properties.ToDictionary(p => p.Name, p => Convert.ToString(p.Value, System.Globalization.CultureInfo.InvariantCulture) ?? string.Empty);
}
