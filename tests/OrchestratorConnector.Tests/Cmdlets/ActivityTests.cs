using System;
using System.Collections;
using System.Collections.Specialized;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Cmdlets;

/// <summary>Runbook activities are made, shown, changed and removed, and always fit their runbook when they are.</summary>
public sealed class ActivityTests : JobTest
{
    private const string New = Commands + "NewSMRunbookActivityCommand";
    private const string Set = Commands + "SetSMRunbookActivityCommand";

    private static readonly Hashtable Whole = new() { ["Computer Name"] = "Server", ["User"] = "Owner" };

    private SMRunbookActivity[] All => Many<SMRunbookActivity>("Get-SMRunbookActivity");

    private static string Text(OrderedDictionary table) => string.Join(";", table.Keys.Cast<string>().Select(k => $"{k}={table[k]}").Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_new_one_has_what_it_was_given()
    {
        await PrepareAsync();
        ScriptBlock owner = Scripts.For("$_.Owner.ToUpper()", item => Property(item, "Owner")?.ToString()!.ToUpperInvariant());

        SMRunbookActivity made = One<SMRunbookActivity>(
            "New-SMRunbookActivity 'Clean up' reset -Description 'Of old files' -Map $map -OutputMap $outputs -Default $defaults -ReadyForAutomation",
            ("map", new Hashtable { ["computer name"] = owner }),
            ("outputs", new Hashtable { ["RESULT"] = "Outcome" }),
            ("defaults", new Hashtable { ["User"] = new object[] { 1, true } }));

        foreach (SMRunbookActivity activity in new[] { made, Assert.Single(All) })
        {
            Assert.Equal(("Clean up", "Of old files", @"\Jobs\Reset", Runbook("Reset").Id, "Berlin", true, StatePath), (activity.Name, activity.Description, activity.Runbook, activity.RunbookId, activity.Connector, activity.ReadyForAutomation, activity.StatePath));
            Assert.Equal("$_.Owner.ToUpper()", Assert.IsType<ScriptBlock>(activity.Map["COMPUTER NAME"]).ToString());
            Assert.Equal("Outcome", activity.OutputMap["Result"]);
            Assert.Equal("1\ntrue", activity.Default["user"]);
            Assert.Equal(DateTimeKind.Local, activity.CreationTime.Kind);
            Assert.Equal("Clean up", activity.ToString());
        }

        Assert.Equal(0, Server.RequestCount);
        Assert.False(One<SMRunbookActivity>("New-SMRunbookActivity Other Plain").ReadyForAutomation);
    }

    [Theory]
    [InlineData(@"\Jobs\Reset", @"\Jobs\Reset")]
    [InlineData(@"\jobs\RESET", @"\Jobs\Reset")]
    [InlineData("'Gamma [x]'", @"\Jobs\Gamma [x]")]
    [InlineData("'Gamma `[x`]'", @"\Jobs\Gamma [x]")]
    [InlineData(@"'\Jobs\Gamma [x]'", @"\Jobs\Gamma [x]")]
    [InlineData("$book", @"\Jobs\Gamma [x]")]
    public async Task The_runbook_is_named_by_path_name_or_object(string named, string path)
    {
        await PrepareAsync(ConnectorProtocol.WebApi, source => source.AddRunbook(@"\Jobs", "Gamma [x]"));
        SMRunbook book = One<SMRunbook>("Get-SMRunbook Gamma*");

        Assert.Equal(path, One<SMRunbookActivity>("New-SMRunbookActivity A " + named, ("book", book)).Runbook);
    }

    [Theory]
    [InlineData("A Nobody", "RunbookNotFound", "whose name is 'Nobody'")]
    [InlineData(@"A \Nowhere\At", "RunbookNotFound", @"whose path is '\Nowhere\At'")]
    [InlineData("A Reset -Connector Nobody", "ConnectorNotFound", "'Nobody'")]
    [InlineData("A *", "RunbookNotUnique", "'*' fits 4 runbooks")]
    [InlineData("A Reset", "ActivityBroken", "does not fit its runbook: nothing fills the input 'Computer Name'; nothing fills the input 'User'.")]
    [InlineData("A Reset -Map $half", "ActivityBroken", "nothing fills the input 'User'.")]
    [InlineData("A Reset -Map $whole -Default $unknown", "ActivityBroken", "there is no input 'Usr'")]
    [InlineData("A Reset -Map $whole -OutputMap $unknown", "ActivityBroken", "there is no output 'Usr'")]
    [InlineData("A Reset -Map $whole -OutputMap $inputs", "ActivityBroken", "there is no output 'User'")]
    [InlineData("A Reset -Map $outputs", "ActivityBroken", "there is no input 'Result'")]
    [InlineData("A Reset -Map $twice", "ActivityBroken", "is mapped twice")]
    [InlineData("A Reset -Map $whole -OutputMap $nowhere", "ActivityBroken", "the output 'Result' goes into no property")]
    [InlineData("A Reset -Map $empty", "MapFailed", "a map takes the name of a property, or a script block.")]
    [InlineData("A Reset -Map $whole -Default $secret", "SecretNotAllowed", "The value of 'User' is a secret")]
    [InlineData("'a*' Plain", "ActivityNameInvalid", "it holds a wildcard")]
    [InlineData("' a' Plain", "ActivityNameInvalid", "it begins or ends with a blank")]
    [InlineData("'' Plain", "ActivityNameInvalid", "it is empty")]
    [InlineData("$long Plain", "ActivityNameInvalid", "it has 129 characters, and 128 is the most")]
    [InlineData("THERE Plain", "ActivityExists", "A runbook activity named 'There' exists already")]
    public async Task One_that_does_not_fit_is_not_kept(string given, string id, string part)
    {
        await PrepareAsync();
        Good("New-SMRunbookActivity There Plain");

        string message = Refused(
            id + New,
            "New-SMRunbookActivity " + given,
            ("whole", Whole),
            ("half", new Hashtable { ["Computer Name"] = "Server" }),
            ("unknown", new Hashtable { ["Usr"] = "x" }),
            ("inputs", new Hashtable { ["User"] = "x" }),
            ("outputs", new Hashtable { ["Computer Name"] = "a", ["User"] = "b", ["Result"] = "x" }),
            ("twice", new Hashtable(StringComparer.Ordinal) { ["Computer Name"] = "a", ["User"] = "b", ["user"] = "c" }),
            ("nowhere", new Hashtable { ["Result"] = string.Empty }),
            ("empty", new Hashtable { ["User"] = null }),
            ("secret", new Hashtable { ["User"] = CredentialOf("a", "b") }),
            ("long", new string('n', 129))).Exception.Message;

        Assert.Contains(part, message, StringComparison.Ordinal);
        Assert.Equal("There", Assert.Single(All).Name);
    }

    [Fact]
    public async Task The_newer_server_leaves_inputs_without_a_source()
    {
        await PrepareAsync(ConnectorProtocol.WebApi);

        Assert.Empty(One<SMRunbookActivity>("New-SMRunbookActivity A Reset").Map);
        Assert.Contains("there is no input 'x'", Refused("ActivityBroken" + New, "New-SMRunbookActivity B Reset -Map $m", ("m", new Hashtable { ["x"] = "y" })).Exception.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-SMRunbookActivity B Plain", "Make runbook activity", @"B (\Jobs\Plain)")]
    [InlineData("Set-SMRunbookActivity a -Description x", "Change runbook activity", "A")]
    [InlineData("Set-SMRunbookActivity A -Runbook Plain -Map $none", "Change runbook activity", "A")]
    [InlineData("Remove-SMRunbookActivity *", "Remove runbook activity", "A")]
    public async Task WhatIf_says_it_and_does_nothing(string line, string action, string target)
    {
        await PrepareAsync();
        Good("New-SMRunbookActivity A Plain -Description old");

        ShellResult result = Run(line + " -WhatIf", ("none", new Hashtable()));

        AssertGood(result);
        Assert.Equal([$"What if: Performing the operation \"{action}\" on target \"{target}\"."], result.WhatIf);
        Assert.Empty(result.Output);
        Assert.Equal(("A", "old", @"\Jobs\Plain"), (Assert.Single(All).Name, All[0].Description, All[0].Runbook));
    }

    [Theory]
    [InlineData("", "Alpha,Beta,Gamma")]
    [InlineData("*", "Alpha,Beta,Gamma")]
    [InlineData("*a -StatePath $state", "Alpha,Beta,Gamma")]
    [InlineData("b*,G*", "Beta,Gamma")]
    [InlineData("BETA", "Beta")]
    [InlineData("Beta,Alpha,beta", "Beta,Alpha")]
    [InlineData("X*", "")]
    public async Task They_are_found_by_name(string asked, string names)
    {
        await PrepareAsync();
        foreach (string name in new[] { "Gamma", "Alpha", "Beta" })
        {
            Good($"New-SMRunbookActivity {name} Plain");
        }

        Assert.Equal(names, string.Join(',', Many<SMRunbookActivity>("Get-SMRunbookActivity " + asked).Select(a => a.Name)));
        ShellResult missing = Run("'Beta','Bet' | Get-SMRunbookActivity");
        Assert.Equal([$"ActivityNotFound{Commands}GetSMRunbookActivityCommand: There is no runbook activity named 'Bet'. Did you mean 'Beta'?"], ErrorsOf(missing));
        Assert.Single(missing.Output);
        Assert.Equal(3, Good("Get-SMRunbookActivity | Get-SMRunbookActivity").Count);
    }

    [Theory]
    [InlineData("-Description New", "description")]
    [InlineData("-Description ''", "description")]
    [InlineData("-NewName Other", "name")]
    [InlineData("-NewName ACTIVITY", "name")]
    [InlineData("-ReadyForAutomation:$false", "ready")]
    [InlineData("-ReadyForAutomation", "")]
    [InlineData("-Map $map", "map")]
    [InlineData("-OutputMap $outputs", "outputs")]
    [InlineData("-OutputMap $none", "outputs")]
    [InlineData("-Default $defaults", "defaults")]
    [InlineData(@"-Runbook '\Jobs\Reset too'", "runbook")]
    [InlineData("", "")]
    public async Task A_change_is_of_what_is_given_and_of_nothing_else(string given, string changed)
    {
        await PrepareAsync(more: source => source.AddRunbook(@"\Jobs", "Reset too", ("User", "In"), ("Computer Name", "In"), ("Result", "Out")));
        AddActivity("Activity", "-ReadyForAutomation -Description Old");
        object[] Values(SMRunbookActivity a) => [a.Name, a.Description ?? string.Empty, a.Runbook + a.RunbookId, Text(a.Map), Text(a.OutputMap), Text(a.Default), a.ReadyForAutomation];
        string[] names = ["name", "description", "runbook", "map", "outputs", "defaults", "ready"];
        object[] before = Values(Assert.Single(All));

        SMRunbookActivity passed = One<SMRunbookActivity>(
            $"Set-SMRunbookActivity activity {given} -PassThru",
            ("map", new Hashtable { ["Computer Name"] = "Other", ["User"] = "Owner" }),
            ("outputs", new Hashtable { ["Result"] = "Other" }),
            ("defaults", new Hashtable { ["User"] = "x" }),
            ("none", new Hashtable()));

        object[] after = Values(Assert.Single(All));
        Assert.Equal(changed, string.Join(',', names.Where((_, i) => !before[i].Equals(after[i]))));
        Assert.Equal(after, Values(passed));
    }

    [Theory]
    [InlineData("Nobody -Description x", "ActivityNotFound", "There is no runbook activity named 'Nobody'.")]
    [InlineData("A -NewName B", "ActivityExists", "'B' exists already")]
    [InlineData("A -NewName 'x?'", "ActivityNameInvalid", "it holds a wildcard")]
    [InlineData("A -Map $none", "ActivityBroken", "nothing fills the input 'Computer Name'")]
    [InlineData("A -Runbook Plain", "ActivityBroken", "there is no input 'Computer Name'")]
    [InlineData("A -OutputMap $unknown", "ActivityBroken", "there is no output 'Other'")]
    [InlineData("A -Runbook Nobody", "RunbookNotFound", "'Nobody'")]
    public async Task A_change_that_does_not_fit_is_none(string given, string id, string part)
    {
        await PrepareAsync();
        AddActivity("A");
        Good("New-SMRunbookActivity B Plain");
        string before = string.Join('\n', All.Select(a => $"{a.Name} {a.Description} {a.Runbook} {Text(a.Map)} {Text(a.OutputMap)}"));

        ErrorRecord error = Refused(id + Set, "Set-SMRunbookActivity " + given, ("none", new Hashtable()), ("unknown", new Hashtable { ["Other"] = "x" }));

        Assert.Contains(part, error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(before, string.Join('\n', All.Select(a => $"{a.Name} {a.Description} {a.Runbook} {Text(a.Map)} {Text(a.OutputMap)}")));
    }

    [Fact]
    public async Task Another_runbook_comes_with_another_map_in_one_step()
    {
        await PrepareAsync();
        AddActivity("A");

        SMRunbookActivity changed = One<SMRunbookActivity>(
            "Set-SMRunbookActivity A -Runbook Echo -Map $map -OutputMap $out -PassThru",
            ("map", new Hashtable { ["Text"] = "Message" }),
            ("out", new Hashtable { ["Text"] = "Answer" }));

        Assert.Equal((@"\Jobs\Echo", "Text=Message", "Text=Answer"), (changed.Runbook, Text(changed.Map), Text(changed.OutputMap)));
    }

    [Fact]
    public async Task Several_are_changed_by_pipeline_and_silently()
    {
        await PrepareAsync();
        foreach (string name in new[] { "A", "B", "C" })
        {
            Good($"New-SMRunbookActivity {name} Plain");
        }

        Assert.Empty(Good("Get-SMRunbookActivity A,B | Set-SMRunbookActivity -ReadyForAutomation"));
        Assert.Empty(Good("'C' | Set-SMRunbookActivity -Description c"));
        ShellResult partly = Run("'A','X','B' | Set-SMRunbookActivity -Description x -PassThru");

        Assert.Equal(["ActivityNotFound"], ErrorIdsOf(partly));
        Assert.Equal(2, partly.Output.Count);
        Assert.Equal(["A True x", "B True x", "C False c"], All.Select(a => $"{a.Name} {a.ReadyForAutomation} {a.Description}"));
    }

    [Fact]
    public async Task Removal_asks_for_each()
    {
        await PrepareAsync();
        foreach (string name in new[] { "One", "Three", "Two" })
        {
            Good($"New-SMRunbookActivity {name} Plain");
        }

        Assert.NotNull(Run("Remove-SMRunbookActivity One").TerminatingError);
        Shell.Confirmation = prompt => prompt.Message.Contains("Two", StringComparison.Ordinal) ? ShellAnswer.No : ShellAnswer.Yes;
        ShellResult result = Run("Remove-SMRunbookActivity T*");
        AssertGood(result);
        Assert.Equal(2, result.Prompts.Count);
        Assert.Equal(["One", "Two"], All.Select(a => a.Name));

        Assert.Equal(["ActivityNotFound"], ErrorIdsOf(Run("Remove-SMRunbookActivity Three -Confirm:$false")));
        Assert.Empty(Good("Get-SMRunbookActivity | Remove-SMRunbookActivity -Confirm:$false"));
        Assert.Empty(All);
        Assert.Single(Good("Get-SMRunbook Plain"));
    }

    [Fact]
    public async Task The_view_shows_where_inputs_come_from()
    {
        await PrepareAsync();
        AddActivity();

        string text = Shell.Formatter.Format(Good("Get-SMRunbookActivity"));

        Assert.Matches("Name +Runbook +Ready +Map", text);
        Assert.Matches(@"Clean up +\\Jobs\\Reset +yes", text);
        Assert.Contains("Computer Name ← Server", text, StringComparison.Ordinal);
    }
}
