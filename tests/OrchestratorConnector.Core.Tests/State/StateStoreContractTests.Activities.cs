using System;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

public abstract partial class StateStoreContractTests
{
    private static RunbookActivity FullActivity => new()
    {
        Name = "Größe 'x' 🚀",
        Description = "",
        ConnectorId = 4711,
        RunbookId = Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"),
        RunbookPath = @"\Ops\Größe 漢字 🚀",
        Map =
        [
            new ActivityMapping("Größe", "Size", IsScript: false),
            new ActivityMapping("Computer", "{ $_.Name\r\n  # " + new string('漢', 100_000) + " }", IsScript: true),
            new ActivityMapping("", "", IsScript: false),
        ],
        OutputMap = [Samples.Pair("Out", "Result"), Samples.Pair("out", "")],
        Defaults = [Samples.Pair("Text", "line one\nline two\0after a zero"), Samples.Pair("Large", new string('ß', 100_000))],
        ReadyForAutomation = true,
    };

    [Fact]
    public void An_activity_comes_back_as_it_went_in()
    {
        RunbookActivity full = Store.AddActivity(FullActivity);
        RunbookActivity bare = Store.AddActivity(Samples.Activity("bare") with { CreationTime = Clock.Now.AddDays(-1) });
        using IStateStore again = OpenAs(_there);
        RunbookActivity read = again.FindActivity("gRÖßE 'X' 🚀")!;

        Assert.True(full.Id > 0);
        Assert.Equal(Clock.Now, full.CreationTime);
        Assert.Equal(Samples.Text(FullActivity with { Id = full.Id, CreationTime = Clock.Now }), Samples.Text(read));
        Assert.Equal(DateTimeKind.Utc, read.CreationTime.Kind);
        Assert.Equal(Samples.Text(bare), Samples.Text(again.FindActivity("BARE")!));
        Assert.Equal((Clock.Now.AddDays(-1), false, null), (bare.CreationTime, bare.ReadyForAutomation, bare.Description));
        Assert.Null(again.FindActivity("b*"));
    }

    [Fact]
    public void Activities_come_by_name_and_their_names_are_taken_in_any_case()
    {
        Store.AddActivity(Samples.Activity("b"));
        RunbookActivity other = Store.AddActivity(Samples.Activity("A"));
        Store.AddActivity(Samples.Activity("C"));

        Assert.Equal(["A", "b", "C"], Store.GetActivities().Select(a => a.Name));
        OrchestratorException error = Fails(nameof(Error.ActivityExists), () => Store.AddActivity(Samples.Activity("B")));
        Assert.Contains("'b'", error.Message, StringComparison.Ordinal);
        Fails(nameof(Error.ActivityExists), () => Store.UpdateActivity(other, a => a with { Name = "B" }));
        Assert.Equal("a", Store.UpdateActivity(other, a => a with { Name = "a" }).Name);
        Assert.Equal(["a", "b", "C"], Store.GetActivities().Select(a => a.Name));
    }

    [Fact]
    public void A_change_of_an_activity_sees_what_others_changed_and_keeps_the_key()
    {
        RunbookActivity mine = Store.AddActivity(Samples.Activity());
        using IStateStore other = OpenAs(_there);
        other.UpdateActivity(mine, a => a with { Description = "theirs" });

        RunbookActivity changed = Store.UpdateActivity(mine, a => a with { Id = 99, ReadyForAutomation = true, Map = [new ActivityMapping("P", "{ 1 }", true)] });

        Assert.Equal((mine.Id, "theirs", true), (changed.Id, changed.Description, changed.ReadyForAutomation));
        Assert.Equal(Samples.Text(changed), Samples.Text(Assert.Single(Store.GetActivities())));
        Assert.Equal(
            Samples.Text(FullActivity with { Id = mine.Id, CreationTime = mine.CreationTime }),
            Samples.Text(Store.UpdateActivity(mine, a => FullActivity with { CreationTime = a.CreationTime })));
        Assert.Equal(FullActivity.Name, Assert.Single(Store.GetActivities()).Name);
    }

    [Fact]
    public void A_change_of_an_activity_that_fails_changes_nothing()
    {
        RunbookActivity activity = Store.AddActivity(Samples.Activity());
        Assert.Throws<FormatException>(() => Store.UpdateActivity(activity, _ => throw new FormatException()));
        Assert.Equal(Samples.Text(activity), Samples.Text(Store.FindActivity(activity.Name)!));
    }

    [Fact]
    public void An_activity_that_is_gone_is_an_error()
    {
        RunbookActivity activity = Store.AddActivity(Samples.Activity());
        Store.AddActivity(Samples.Activity("Restart servers"));
        Store.RemoveActivity(activity);

        Assert.Null(Store.FindActivity(activity.Name));
        OrchestratorException error = Fails(nameof(Error.ActivityNotFound), () => Store.RemoveActivity(activity));
        Assert.Contains("Restart servers", error.Message, StringComparison.Ordinal);
        // Another one of the same name is not the same.
        RunbookActivity again = Store.AddActivity(Samples.Activity());
        Assert.NotEqual(activity.Id, again.Id);
        Fails(nameof(Error.ActivityNotFound), () => Store.UpdateActivity(activity, a => a));
        Fails(nameof(Error.ActivityNotFound), () => Store.RemoveActivity(activity));
        Assert.Equal(2, Store.GetActivities().Count);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_removed_connectors_activities_stay(bool keepRunbooks)
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1));
        RunbookActivity activity = Store.AddActivity(Samples.Activity() with { ConnectorId = connector.Id });

        Store.RemoveConnector(connector, keepRunbooks);
        Store.PurgeRemovedConnector("Main");

        Assert.Equal(Samples.Text(activity), Samples.Text(Assert.Single(Store.GetActivities())));
    }
}
