using System;
using System.Collections.Generic;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>What breaks a runbook activity and what does not.</summary>
public sealed class ActivityCheckTests
{
    [Theory]
    [InlineData("In A, In B, Out C", "")] // ids only
    [InlineData("In a, In b, Out c", "")]
    [InlineData("In A:Integer, In B, Out C", "")] // only one side tells a type
    [InlineData("In A, In B, Out C, Out New", "")]
    [InlineData("In A, Out C", "the input 'B' is gone")]
    [InlineData("In A, In B", "the output 'C' is gone")]
    [InlineData("Out A, In B, Out C", "the input 'A' goes the other way now")]
    [InlineData("In A, In B, In C", "the output 'C' goes the other way now|the input 'C' is new")]
    [InlineData("In A, In B, In New, Out C", "the input 'New' is new")]
    [InlineData("", "the input 'A' is gone|the input 'B' is gone|the output 'C' is gone")]
    public void Mapped_things_break_by_name(string now, string breaks)
    {
        Assert.Equal(breaks, Breaks(Activity(), "In A, In B, Out C", now));
    }

    [Theory]
    [InlineData("In A:String, Out C:String", "In A:Integer, Out C:Date", "the input 'A' was String and is Integer|the output 'C' was String and is Date")]
    [InlineData("In A:String, Out C", "In A:STRING, Out C:Date", "")]
    public void Types_break_in_either_direction(string accepted, string now, string breaks)
    {
        RunbookActivity activity = Activity() with { Defaults = [] };

        Assert.Equal(breaks, Breaks(activity, accepted, now));
    }

    [Theory]
    [InlineData("In A, Out C", "")]
    [InlineData("In A, In B:Other, Out C", "")]
    [InlineData("In A, In B, Out C, Out D", "")]
    [InlineData("In A, Out B, Out C", "")]
    public void What_is_not_mapped_breaks_nothing(string now, string breaks)
    {
        RunbookActivity activity = Activity() with { Defaults = [] };

        Assert.Equal(breaks, Breaks(activity, "In A, In B:String, Out C, Out D", now));
    }

    [Fact]
    public void What_stood_in_both_directions_is_gone_in_one()
    {
        RunbookActivity activity = Activity() with { Defaults = [], OutputMap = [] };

        Assert.Equal("the input 'A' is gone", Breaks(activity, "In A, Out A", "Out A"));
    }

    [Fact]
    public void A_new_input_that_something_fills_breaks_nothing()
    {
        RunbookActivity activity = Activity() with { Defaults = [Samples.Pair("b", "x"), Samples.Pair("NEW", "x")] };

        Assert.Equal("", Breaks(activity, "In A, In B, Out C", "In A, In B, In New, Out C"));
    }

    [Fact]
    public void Mistakes_are_what_does_not_fit_at_all()
    {
        RunbookActivity activity = Activity() with
        {
            Map = [new ActivityMapping("a", "Name", false), new ActivityMapping("C", "$_.x", true), new ActivityMapping("No", "x", false)],
            Defaults = [Samples.Pair("b", ""), Samples.Pair("Neither", "")],
            OutputMap = [Samples.Pair("c", "Result"), Samples.Pair("A", "Result")],
        };
        IReadOnlyList<RunbookParameter> contract = Contract.Of("In A, In B, In D, Out C");

        Assert.Equal(
            ["there is no input 'C'", "there is no input 'No'", "there is no input 'Neither'", "there is no output 'A'", "nothing fills the input 'D'"],
            ActivityCheck.FindMistakes(activity, contract, demandsAll: true));
        Assert.Equal(
            ["there is no input 'C'", "there is no input 'No'", "there is no input 'Neither'", "there is no output 'A'"],
            ActivityCheck.FindMistakes(activity, contract, demandsAll: false));
        Assert.Empty(ActivityCheck.FindMistakes(Activity(), Contract.Of("In A, In B, Out C"), demandsAll: true));
    }

    [Fact]
    public void A_runbook_becomes_invalid_by_the_activities_of_its_own()
    {
        LibraryRunbook before = Contract.Runbook("In A, In B, Out C");
        Runbook after = Contract.Runbook("In B, Out C").Runbook;
        RunbookActivity own = Activity();

        Assert.Equal(
            "Its contract changed under the runbook activities that depend on it: 'First' (the input 'A' is gone); 'Second' (the input 'A' is gone, the output 'No' is gone).",
            Reason(before, after, [own with { Name = "First" }, own with { Name = "Second", OutputMap = [Samples.Pair("No", "x")] }]));
        Assert.Null(Reason(before, after, []));
        Assert.Null(Reason(before, after, [own with { ConnectorId = 2 }, own with { RunbookId = Samples.Id(2) }]));
        Assert.Null(Reason(before, after, [own with { Map = [] }]));
        Assert.Null(Reason(before, before.Runbook, [own]));
        Assert.Null(Reason(null, after, [own]));
        Assert.Null(Reason(before, null, [own]));
    }

    [Fact]
    public void The_contract_that_was_accepted_is_the_one_to_go_by()
    {
        // It was invalid for want of A, and A is back.
        LibraryRunbook before = Contract.Runbook("In B, Out C", status: RunbookStatus.Invalid, accepted: "In A, In B, Out C");

        Assert.Null(Reason(before, Contract.Runbook("In A, In B, Out C").Runbook, [Activity()]));
        Assert.Contains("'A' is gone", Reason(before, Contract.Runbook("In B, Out C, Out D").Runbook, [Activity()]), StringComparison.Ordinal);
    }

    private static RunbookActivity Activity() => Samples.Activity() with
    {
        Map = [new ActivityMapping("a", "Name", false)],
        Defaults = [Samples.Pair("b", "x")],
        OutputMap = [Samples.Pair("c", "Result")],
    };

    /// <summary>Names are compared in any case, and shown as the activity has them; here all in capitals.</summary>
    private static string Breaks(RunbookActivity activity, string accepted, string now) => string
        .Join('|', ActivityCheck.FindBreaks(activity, Contract.Of(accepted), Contract.Of(now)))
        .Replace("'a'", "'A'", StringComparison.Ordinal).Replace("'b'", "'B'", StringComparison.Ordinal).Replace("'c'", "'C'", StringComparison.Ordinal);

    private static string? Reason(LibraryRunbook? before, Runbook? after, IReadOnlyList<RunbookActivity> activities) =>
        ActivityCheck.Invalidates(new RunbookPair(before, after), activities)?.Replace("'a'", "'A'", StringComparison.Ordinal);
}
