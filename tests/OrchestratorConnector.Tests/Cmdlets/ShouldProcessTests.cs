using System;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>-WhatIf, -Confirm, and what they say.</summary>
public sealed class ShouldProcessTests : CmdletTest
{
    private static readonly Uri Somewhere = new("http://127.0.0.1:1/api");

    [Theory]
    [InlineData("New-OrchestratorConnector Bremen http://127.0.0.1:2/api/", "Register connector", "Bremen (http://127.0.0.1:2/api)")]
    [InlineData("Set-OrchestratorConnector berlin -Description x", "Change connector", "Berlin")]
    [InlineData("Enable-OrchestratorConnector Berlin", "Enable connector", "Berlin")]
    [InlineData("Disable-OrchestratorConnector Berlin", "Disable connector", "Berlin")]
    [InlineData("Remove-OrchestratorConnector Berlin", "Remove connector", "'Berlin' with its 0 runbooks")]
    [InlineData("Remove-OrchestratorConnector Berlin -KeepRunbook", "Remove connector", "'Berlin' keeping its 0 runbooks as PendingDelete")]
    [InlineData("New-OrchestratorRunAsAccount Other -SecretName s", "Make Run As account", "Other")]
    [InlineData("Set-OrchestratorRunAsAccount vault -Description x", "Change Run As account", "Vault")]
    [InlineData("Remove-OrchestratorRunAsAccount Vault", "Remove Run As account", "Vault")]
    public void WhatIf_says_it_and_does_nothing(string line, string action, string target)
    {
        Register("Berlin", Somewhere);
        Good("New-OrchestratorRunAsAccount Vault -SecretName s");
        string before = State();

        ShellResult result = Run(line + " -WhatIf");

        AssertGood(result);
        Assert.Equal([$"What if: Performing the operation \"{action}\" on target \"{target}\"."], result.WhatIf);
        Assert.Empty(result.Output);
        Assert.Empty(result.Prompts);
        Assert.Equal(before, State());
    }

    [Fact]
    public async Task WhatIf_of_a_synchronization_says_a_sentence_and_shows_the_difference()
    {
        FakeServer server = await StartAsync();
        Good($"New-OrchestratorConnector Berlin {server.AtomUrl}");
        string before = State();

        ShellResult result = Run("Sync-OrchestratorConnector Berlin -WhatIf");

        AssertGood(result);
        string said = Assert.Single(result.WhatIf);
        Assert.Contains("'Berlin'", said.Replace("\"", "'", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("ynchroniz", said, StringComparison.Ordinal);
        Assert.EndsWith(".", said, StringComparison.Ordinal);
        ConnectorSyncResult preview = Assert.IsType<ConnectorSyncResult>(Assert.Single(result.Output));
        Assert.Equal((60L, 60, true), (preview.Added, preview.Changes.Count, preview.WhatIf));
        Assert.Equal(before, State());
    }

    [Fact]
    public async Task WhatIf_of_a_registration_asks_no_server()
    {
        FakeServer server = await StartAsync();

        Run($"New-OrchestratorConnector Berlin {server.AtomUrl} -WhatIf");

        Assert.Equal(0, server.RequestCount);
    }

    [Fact]
    public void WhatIf_still_finds_what_is_wrong()
    {
        Register("Berlin", Somewhere);

        Refused("ConnectorExists" + Commands + "NewOrchestratorConnectorCommand", "New-OrchestratorConnector berlin http://127.0.0.1:1 -WhatIf");
        Refused("ServiceUrlInvalid" + Commands + "NewOrchestratorConnectorCommand", "New-OrchestratorConnector Bremen ftp://x -WhatIf");
    }

    [Theory]
    [InlineData("Remove-OrchestratorConnector *")]
    [InlineData("Remove-OrchestratorRunAsAccount *")]
    public void Removal_asks_for_each_and_the_answer_counts(string line)
    {
        foreach (string name in new[] { "One", "Three", "Two" })
        {
            Register(name, Somewhere);
            Good($"New-OrchestratorRunAsAccount {name} -SecretName s");
        }

        Shell.Confirmation = prompt => prompt.Message.Contains("Two", StringComparison.Ordinal) ? ShellAnswer.No : ShellAnswer.Yes;
        ShellResult result = Run(line);

        AssertGood(result);
        Assert.Equal(3, result.Prompts.Count);
        Assert.Equal(["Two"], Good(line.Replace("Remove", "Get", StringComparison.Ordinal)).Select(o => o!.ToString()));
    }

    [Fact]
    public void Without_somebody_to_answer_removal_fails_and_nothing_is_removed()
    {
        Register("Berlin", Somewhere);
        string before = State();

        Assert.NotNull(Run("Remove-OrchestratorConnector Berlin").TerminatingError);
        Assert.Equal(before, State());
    }

    [Theory]
    [InlineData("Set-OrchestratorConnector Berlin -Description x")]
    [InlineData("Disable-OrchestratorConnector Berlin")]
    [InlineData("New-OrchestratorRunAsAccount Other -SecretName s")]
    [InlineData("Sync-OrchestratorConnector Berlin")]
    [InlineData("New-OrchestratorConnector Bremen http://127.0.0.1:2 -SkipTest")]
    public void Confirm_asks_and_no_means_no(string line)
    {
        Register("Berlin", Somewhere);
        string before = State();
        Shell.Confirmation = _ => ShellAnswer.No;

        ShellResult result = Run(line + " -Confirm");

        AssertGood(result);
        Assert.Single(result.Prompts);
        Assert.Empty(result.Output);
        Assert.Equal(before, State());
    }
}
