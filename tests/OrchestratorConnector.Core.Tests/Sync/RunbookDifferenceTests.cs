using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.Sync;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Sync;

/// <summary>What differs between two looks at one runbook, and how much it matters.</summary>
public sealed class RunbookDifferenceTests
{
    private static readonly DateTime Time = new(2026, 3, 1, 2, 3, 4, DateTimeKind.Utc);

    public static TheoryData<string, string?, string?> PropertyChanges => new()
    {
        { "Name", "Old", "New" },
        { "Name", "name", "NAME" },
        { "Path", @"\A\Old", @"\B\Old" },
        { "FolderId", "00000000-0000-0000-0000-000000000001", "00000000-0000-0000-0000-000000000002" },
        { "Description", null, "" },
        { "Description", "", null },
        { "Description", "a", "a " },
        { "IsMonitor", "false", "true" },
        { "CreatedBy", "S-1", null },
        { "CreationTime", "2026-03-01T02:03:04.0000000Z", "2026-03-01T02:03:04.0000001Z" },
        { "LastModifiedBy", "S-1", "S-2" },
        { "LastModifiedTime", null, "2026-03-01T02:03:04.0000000Z" },
        { "CheckedOutBy", null, "S-1" },
        { "CheckedOutTime", "2026-03-01T02:03:04.0000000Z", null },
    };

    [Theory]
    [MemberData(nameof(PropertyChanges))]
    public void Every_property_is_compared_exactly(string property, string? before, string? after)
    {
        RunbookChange change = Compare(With(property, before), With(property, after));

        Assert.Equal(new PropertyChange(property, before, after), Assert.Single(change.Properties));
        Assert.Equal((RunbookChangeKind.Changed, ContractChange.None), (change.Kind, change.Contract));
        Assert.Empty(change.Parameters);
    }

    [Fact]
    public void The_table_above_has_every_property() => Assert.Equal(
        typeof(Runbook).GetProperties().Select(p => p.Name).Except(["Id", "Parameters"]).Order(StringComparer.Ordinal),
        PropertyChanges.Select(row => (string)((object?[])row)[0]!).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void New_gone_and_back()
    {
        Runbook runbook = With("Name", "A");

        RunbookChange added = RunbookDifference.Compare(new RunbookPair(null, runbook));
        RunbookChange missing = RunbookDifference.Compare(new RunbookPair(InLibrary(runbook), null));

        Assert.Equal((RunbookChangeKind.Added, runbook.Id, "A", runbook.Path), (added.Kind, added.Id, added.Name, added.Path));
        Assert.Equal((RunbookChangeKind.Missing, runbook.Id, "A", runbook.Path), (missing.Kind, missing.Id, missing.Name, missing.Path));
        Assert.Equal(RunbookChangeKind.Returned, Compare(runbook, runbook, RunbookStatus.Missing).Kind);
        Assert.Equal(RunbookChangeKind.Returned, Compare(runbook, runbook, RunbookStatus.PendingDelete).Kind);
        Assert.Equal(RunbookChangeKind.Changed, Compare(runbook, runbook, RunbookStatus.Invalid).Kind);
        Assert.Throws<ArgumentException>(() => RunbookDifference.Compare(default));
    }

    [Fact]
    public void A_returned_runbook_says_what_else_differs()
    {
        RunbookChange change = Compare(Parameters(In(1, "A")), Parameters(In(1, "B")), RunbookStatus.Missing);

        Assert.Equal((RunbookChangeKind.Returned, ContractChange.Names), (change.Kind, change.Contract));
        Assert.Single(change.Parameters);
    }

    [Fact]
    public void What_is_equal_has_no_difference()
    {
        RunbookChange change = Compare(Parameters(In(1, "A", "String", "d"), Out(2, "A")), Parameters(In(1, "A", "String", "d"), Out(2, "A")));

        Assert.Empty(change.Properties);
        Assert.Empty(change.Parameters);
        Assert.Equal(ContractChange.None, change.Contract);
    }

    [Fact]
    public void Added_and_removed()
    {
        RunbookChange change = Compare(Parameters(In(1, "Gone")), Parameters(Out(2, "Fresh")));

        Assert.Equal(["+Out Fresh", "-In Gone"], change.Parameters.Select(p => p.ToString()).Order(StringComparer.Ordinal));
        Assert.Equal(ContractChange.Names, change.Contract);
    }

    [Fact]
    public void Ids_alone_do_not_break_what_goes_by_name()
    {
        RunbookChange change = Compare(Parameters(In(1, "A"), In(2, "B"), Out(3, "A")), Parameters(In(11, "A"), In(12, "B"), Out(13, "A")));

        Assert.Equal(ContractChange.IdsOnly, change.Contract);
        Assert.Equal(
            [new ParameterChange("A", ParameterDirection.In, ParameterChangeKind.Id, Key(1).ToString(), Key(11).ToString()),
             new ParameterChange("B", ParameterDirection.In, ParameterChangeKind.Id, Key(2).ToString(), Key(12).ToString()),
             new ParameterChange("A", ParameterDirection.Out, ParameterChangeKind.Id, Key(3).ToString(), Key(13).ToString())],
            change.Parameters);
    }

    [Fact]
    public void A_name_under_the_same_id_was_changed()
    {
        RunbookChange change = Compare(Parameters(In(1, "Old")), Parameters(In(1, "New")));

        Assert.Equal(new ParameterChange("New", ParameterDirection.In, ParameterChangeKind.Name, "Old", "New"), Assert.Single(change.Parameters));
        Assert.Equal(ContractChange.Names, change.Contract);
    }

    [Fact]
    public void A_name_in_another_case_still_fits()
    {
        RunbookChange change = Compare(Parameters(In(1, "name")), Parameters(In(1, "NAME")));

        Assert.Equal(ParameterChangeKind.Name, Assert.Single(change.Parameters).Kind);
        Assert.Equal(ContractChange.None, change.Contract);
    }

    [Fact]
    public void A_parameter_may_be_turned_round()
    {
        RunbookChange change = Compare(Parameters(In(1, "A")), Parameters(Out(1, "A")));

        Assert.Equal(new ParameterChange("A", ParameterDirection.Out, ParameterChangeKind.Direction, "In", "Out"), Assert.Single(change.Parameters));
        Assert.Equal(ContractChange.Names, change.Contract);
    }

    [Fact]
    public void A_type_is_a_part_of_the_contract_and_a_description_is_none()
    {
        RunbookChange type = Compare(Parameters(In(1, "A", "String")), Parameters(In(1, "A", "Integer")));
        RunbookChange description = Compare(Parameters(In(1, "A", "String")), Parameters(In(1, "A", "String", "told")));

        Assert.Equal((ParameterChangeKind.Type, ContractChange.Names), (Assert.Single(type.Parameters).Kind, type.Contract));
        Assert.Equal(new ParameterChange("A", ParameterDirection.In, ParameterChangeKind.Description, null, "told"), Assert.Single(description.Parameters));
        Assert.Equal(ContractChange.None, description.Contract);
    }

    [Fact]
    public void Two_that_change_their_names_with_each_other_keep_them()
    {
        // What kept its name is the same parameter: only the ids went.
        RunbookChange change = Compare(Parameters(In(1, "A"), In(2, "B")), Parameters(In(2, "A"), In(1, "B")));

        Assert.Equal(ContractChange.IdsOnly, change.Contract);
        Assert.All(change.Parameters, p => Assert.Equal(ParameterChangeKind.Id, p.Kind));
    }

    [Fact]
    public void Namesakes_are_told_apart_by_their_ids()
    {
        RunbookChange change = Compare(Parameters(In(1, "A", null, "one"), In(2, "A", null, "two")), Parameters(In(2, "A", null, "two")));

        Assert.Equal(new ParameterChange("A", ParameterDirection.In, ParameterChangeKind.Removed, Key(1).ToString(), null), Assert.Single(change.Parameters));
    }

    [Fact]
    public void Generated_pairs_are_compared_sanely()
    {
        Random random = new(7);
        for (int i = 0; i < 3000; i++)
        {
            Runbook one = Generate(random);
            Runbook other = Generate(random);
            RunbookChange there = Compare(one, other);
            RunbookChange back = Compare(other, one);

            Assert.Empty(Compare(one, one).Parameters);
            Assert.Equal(there.Properties.Select(p => (p.Name, p.Before, p.After)), back.Properties.Select(p => (p.Name, p.After, p.Before)));
            // What comes in on one way goes out on the other.
            int added = there.Parameters.Count(p => p.Kind == ParameterChangeKind.Added);
            int removed = there.Parameters.Count(p => p.Kind == ParameterChangeKind.Removed);
            Assert.Equal(other.Parameters!.Count - one.Parameters!.Count, added - removed);
            Assert.Equal((added, removed), (back.Parameters.Count(p => p.Kind == ParameterChangeKind.Removed), back.Parameters.Count(p => p.Kind == ParameterChangeKind.Added)));
            Assert.Equal(there.Contract, back.Contract);
            bool same = Text(one) == Text(other);
            Assert.Equal(same, there.Parameters.Count == 0);
            // The contract is weighed by its worst change.
            Assert.Equal(
                there.Parameters.Any(p => p.Kind is ParameterChangeKind.Added or ParameterChangeKind.Removed or ParameterChangeKind.Direction or ParameterChangeKind.Type
                    || (p.Kind == ParameterChangeKind.Name && !string.Equals(p.Before, p.After, StringComparison.OrdinalIgnoreCase))),
                there.Contract == ContractChange.Names);
        }

        static string Text(Runbook runbook) => string.Join('|', runbook.Parameters!.Select(p => $"{p.Id} {p.Direction} {p.Name} {p.Type} {p.Description}").Order(StringComparer.Ordinal));
    }

    private static Runbook Generate(Random random)
    {
        List<RunbookParameter> parameters = [];
        foreach (int key in Enumerable.Range(1, 6).Where(_ => random.Next(2) == 0))
        {
            string name = "ABCD"[random.Next(4)].ToString();
            ParameterDirection direction = random.Next(2) == 0 ? ParameterDirection.In : ParameterDirection.Out;
            if (!parameters.Exists(p => p.Name == name && p.Direction == direction))
            {
                parameters.Add(new RunbookParameter { Id = Key(key), Name = name, Direction = direction, Type = random.Next(4) == 0 ? "Integer" : "String" });
            }
        }

        return Parameters([.. parameters]);
    }

    private static Guid Key(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);

    private static RunbookParameter In(int id, string name, string? type = null, string? description = null) =>
        new() { Id = Key(id), Name = name, Type = type, Description = description, Direction = ParameterDirection.In };

    private static RunbookParameter Out(int id, string name) => new() { Id = Key(id), Name = name, Direction = ParameterDirection.Out };

    private static Runbook Parameters(params RunbookParameter[] parameters) =>
        new() { Id = Key(1), Name = "A", Path = @"\A", Parameters = RunbookContract.Normalize(parameters) };

    private static Runbook With(string property, string? value) => new()
    {
        Id = Key(1),
        Name = property == "Name" ? value! : "A",
        Path = property == "Path" ? value! : @"\A",
        FolderId = property == "FolderId" ? Guid.Parse(value!) : Guid.Empty,
        Description = property == "Description" ? value : null,
        IsMonitor = property == "IsMonitor" && value == "true",
        CreatedBy = property == "CreatedBy" ? value : null,
        CreationTime = property == "CreationTime" ? At(value) : Time,
        LastModifiedBy = property == "LastModifiedBy" ? value : null,
        LastModifiedTime = property == "LastModifiedTime" ? At(value) : Time,
        CheckedOutBy = property == "CheckedOutBy" ? value : null,
        CheckedOutTime = property == "CheckedOutTime" ? At(value) : null,
        Parameters = [],
    };

    private static DateTime? At(string? text) =>
        text is null ? null : DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.RoundtripKind);

    private static LibraryRunbook InLibrary(Runbook runbook, RunbookStatus status = RunbookStatus.Active) =>
        new() { ConnectorId = 1, Connector = "Main", Runbook = runbook, Status = status };

    private static RunbookChange Compare(Runbook before, Runbook after, RunbookStatus status = RunbookStatus.Active) =>
        RunbookDifference.Compare(new RunbookPair(InLibrary(before, status), after));
}
