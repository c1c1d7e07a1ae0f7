using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>A contract that changes under an activity, from the synchronization that finds it to the day it is accepted.</summary>
public sealed class ContractTests : JobTest
{
    private Guid Reset => Runbook("Reset").Id;

    private SMRunbook InLibrary(string name = "Reset") => One<SMRunbook>($"Get-SMRunbook '{name}'");

    private SMRunbookDifference[] Differences(string asked = "") => Many<SMRunbookDifference>("Compare-SMRunbook " + asked);

    private static string Text(SMRunbookDifference d) => $"{d.Parameter}: {d.Accepted} -> {d.Now} [{string.Join(",", d.Activities.Order(StringComparer.Ordinal))}]";

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_change_that_breaks_an_activity_makes_the_runbook_invalid_until_it_is_accepted(ConnectorProtocol protocol)
    {
        await PrepareAsync(protocol);
        AddActivity("First");
        AddActivity("Second", string.Empty);
        Source.AddParameter(Reset, "Domain");
        Source.RenameParameter(Reset, "Result", "Answer");

        ConnectorSyncResult preview = Assert.IsType<ConnectorSyncResult>(Assert.Single(Run("Sync-OrchestratorConnector Berlin -WhatIf").Output));
        SMRunbookChange foreseen = Assert.Single(preview.Changes);
        Assert.Contains("the input 'Domain' is new", foreseen.InvalidReason, StringComparison.Ordinal);
        Assert.Contains("'First' (", foreseen.InvalidReason, StringComparison.Ordinal);
        Assert.Contains("'Second' (", foreseen.InvalidReason, StringComparison.Ordinal);
        Assert.Equal(1, preview.Invalid);
        Assert.Equal(RunbookStatus.Active, InLibrary().Status);

        ShellResult sync = Run("Sync-OrchestratorConnector Berlin");
        AssertGood(sync);
        string warning = Assert.Single(sync.Warnings);
        Assert.Equal("Runbooks of 'Berlin' that became invalid, because their contracts changed under runbook activities: 1. They are not started until the difference, which Compare-SMRunbook shows, is accepted with Approve-SMRunbook.", warning);
        Assert.Equal(1, Assert.IsType<ConnectorSyncResult>(Assert.Single(sync.Output)).Invalid);
        SMRunbook invalid = InLibrary();
        Assert.Equal(RunbookStatus.Invalid, invalid.Status);
        Assert.StartsWith("Its contract changed under the runbook activities that depend on it: ", invalid.StatusReason, StringComparison.Ordinal);
        Assert.Equal(["Computer Name", "Domain", "User", "Answer →Out"], invalid.Parameters.Select(p => p.ToString()).Order(StringComparer.Ordinal).OrderBy(p => p.Contains('→', StringComparison.Ordinal)));

        Assert.Equal(
            [
                "Answer: none -> Out 'Answer' (String) []",
                "Domain: none -> In 'Domain' (String) [First,Second]",
                "Result: Out 'Result' (String) -> none [First,Second]",
            ],
            Differences().Select(Text).Order(StringComparer.Ordinal));

        // Nothing new: it stays so, and nobody is warned again.
        Assert.Empty(Run("Sync-OrchestratorConnector Berlin").Warnings);
        Assert.Equal(RunbookStatus.Invalid, InLibrary().Status);

        Good("Get-SMRunbookActivity | Set-SMRunbookActivity -Map $map -OutputMap $out", ("map", new Hashtable { ["Computer Name"] = "Server", ["User"] = "Owner", ["Domain"] = "Domain" }), ("out", new Hashtable { ["Answer"] = "Outcome" }));
        Assert.Empty(Good("Approve-SMRunbook Reset -WhatIf"));
        Assert.Equal(RunbookStatus.Invalid, InLibrary().Status);
        SMRunbook approved = One<SMRunbook>("Approve-SMRunbook Reset -PassThru");
        Assert.Equal((RunbookStatus.Active, (string?)null), (approved.Status, approved.StatusReason));
        Assert.Empty(Differences("Reset"));
        Assert.Empty(Run("Sync-OrchestratorConnector Berlin").Warnings);
        Assert.Equal(RunbookStatus.Active, InLibrary().Status);
        Job("Start-SMRunbook Reset -ComputerName c -User u -Domain d");
    }

    [Fact]
    public async Task A_contract_that_comes_back_is_valid_again_by_itself()
    {
        await PrepareAsync();
        AddActivity();
        Source.RenameParameter(Reset, "User", "Account");
        Assert.Single(Run("Sync-OrchestratorConnector Berlin").Warnings);
        Assert.Contains("the input 'User' is gone", InLibrary().StatusReason, StringComparison.Ordinal);
        Source.RenameParameter(Reset, "Account", "User");

        ShellResult back = Run("Sync-OrchestratorConnector Berlin");

        AssertGood(back);
        Assert.Empty(back.Warnings);
        Assert.Equal((RunbookStatus.Active, (string?)null), (InLibrary().Status, InLibrary().StatusReason));
        Assert.Empty(Differences("Reset"));
        Job("Start-SMRunbook Reset -ComputerName c -User u");
    }

    [Fact]
    public async Task What_is_accepted_is_what_the_activities_were_made_for_and_not_what_came_in_between()
    {
        await PrepareAsync();
        AddActivity();
        Source.AddParameter(Reset, "Domain");
        AssertGood(Run("Sync-OrchestratorConnector Berlin"));
        Source.AddParameter(Reset, "Forest");
        ShellResult second = Run("Sync-OrchestratorConnector Berlin");

        AssertGood(second);
        Assert.Equal(["Domain", "Forest"], Differences("Reset").Select(d => d.Parameter).Order(StringComparer.Ordinal));
        Assert.Contains("'Forest' is new", InLibrary().StatusReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("description")]
    [InlineData("rebuild")]
    [InlineData("unused output")]
    [InlineData("rename runbook")]
    [InlineData("other runbook")]
    public async Task What_no_activity_depends_on_breaks_none(string change)
    {
        await PrepareAsync();
        Good("New-SMRunbookActivity A Reset -Map $map", ("map", new Hashtable { ["Computer Name"] = "Server", ["User"] = "Owner" }));
        switch (change)
        {
            case "description":
                Source.Edit(Reset, r => r.Description = "Another one");
                break;
            case "rebuild":
                Source.RebuildParameters(Reset);
                break;
            case "unused output":
                Source.RemoveParameter(Reset, "Result");
                break;
            case "rename runbook":
                Source.RenameRunbook(Reset, "Reset all");
                break;
            default:
                Source.AddParameter(Runbook("Echo").Id, "More");
                break;
        }

        Assert.Null(Assert.Single(Assert.IsType<ConnectorSyncResult>(Assert.Single(Run("Sync-OrchestratorConnector Berlin -WhatIf").Output)).Changes).InvalidReason);
        Assert.Empty(Run("Sync-OrchestratorConnector Berlin").Warnings);
        Assert.Empty(Good("Get-SMRunbook -Status Invalid"));
        Assert.Empty(Differences());
    }

    [Theory]
    [InlineData("type", "the input 'User' was String and is Integer", "In 'User' (String) -> In 'User' (Integer)")]
    [InlineData("direction", "the input 'User' goes the other way now", "In 'User' (String) -> Out 'User' (String)")]
    [InlineData("gone", "the input 'User' is gone", "In 'User' (String) -> none")]
    public async Task What_breaks_is_told_in_words(string change, string reason, string difference)
    {
        await PrepareAsync();
        AddActivity();
        switch (change)
        {
            case "type":
                Source.SetParameterType(Reset, "User", "Integer");
                break;
            case "direction":
                Source.SetParameterDirection(Reset, "User", "Out");
                break;
            default:
                Source.RemoveParameter(Reset, "User");
                break;
        }

        AssertGood(Run("Sync-OrchestratorConnector Berlin"));

        Assert.Contains(reason, InLibrary().StatusReason, StringComparison.Ordinal);
        SMRunbookDifference shown = Assert.Single(Differences());
        Assert.Equal($"User: {difference} [Clean up]", Text(shown));
        Assert.Equal((@"\Jobs\Reset", Reset, "Berlin", StatePath), (shown.Runbook, shown.Id, shown.Connector, shown.StatePath));
        Assert.Equal($@"\Jobs\Reset: {difference}", shown.ToString());
        Assert.Contains("Clean up", Shell.Formatter.Format([shown]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task They_are_chosen_by_name_path_id_or_pipeline_and_without_any_all_invalid_ones()
    {
        await PrepareAsync();
        AddActivity();
        Good("New-SMRunbookActivity Speak Echo -Map $map", ("map", new Hashtable { ["Text"] = "x" }));
        Guid reset = Reset;
        Guid echo = Runbook("Echo").Id;
        Source.AddParameter(reset, "More");
        Source.AddParameter(echo, "More");
        AssertGood(Run("Sync-OrchestratorConnector Berlin"));

        IEnumerable<string> Found(string line, params (string Name, object? Value)[] variables) => Many<SMRunbookDifference>(line, variables).Select(d => d.Runbook).Order(StringComparer.Ordinal);
        Assert.Equal([@"\Jobs\Echo", @"\Jobs\Reset"], Found("Compare-SMRunbook"));
        Assert.Equal([@"\Jobs\Echo", @"\Jobs\Reset"], Found("Compare-SMRunbook *"));
        Assert.Equal([@"\Jobs\Reset"], Found("Compare-SMRunbook reset,Plain"));
        Assert.Equal([@"\Jobs\Echo"], Found(@"Compare-SMRunbook -Path \Jobs\E*"));
        Assert.Equal([@"\Jobs\Echo"], Found("Compare-SMRunbook -Id $id", ("id", echo)));
        Assert.Equal([@"\Jobs\Echo", @"\Jobs\Reset"], Found("Get-SMRunbook | Compare-SMRunbook"));
        Assert.Empty(Found("Compare-SMRunbook -Connector X*"));
        Assert.Equal(["RunbookNotFound"], ErrorIdsOf(Run("Compare-SMRunbook Nobody,Reset")));
        Assert.Single(Run("Compare-SMRunbook Nobody,Reset").Output);
        Assert.Equal(["RunbookNotFound"], ErrorIdsOf(Run("Approve-SMRunbook -Id $id", ("id", Guid.NewGuid()))));

        // Approval of what is valid is nothing.
        Assert.Empty(Good("Approve-SMRunbook Plain -PassThru"));
        Shell.Confirmation = prompt => prompt.Message.Contains("Echo", StringComparison.Ordinal) ? ShellAnswer.Yes : ShellAnswer.No;
        ShellResult asked = Run("Approve-SMRunbook -Confirm -PassThru");
        AssertGood(asked);
        Assert.Equal(2, asked.Prompts.Count);
        Assert.Equal("Echo", Assert.IsType<SMRunbook>(Assert.Single(asked.Output)).Name);
        Assert.Empty(Good("Get-SMRunbook | Approve-SMRunbook"));
        Assert.Empty(Good("Get-SMRunbook -Status Invalid"));
    }
}
