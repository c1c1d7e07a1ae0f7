using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>What comes again as the library has it, in part or as a whole, and what comes twice.</summary>
public abstract partial class StateStoreContractTests
{
    [Fact]
    public void Of_a_runbook_that_comes_twice_the_last_holds_also_when_one_is_the_librarys()
    {
        Connector connector = Added();
        Runbook old = Samples.Runbook(1, description: "old");
        Runbook other = Samples.Runbook(1, description: "other");
        Samples.Sync(Store, connector, old);

        Assert.Equal(new SyncCounts { Total = 1, Unchanged = 1 }, Samples.Sync(Store, connector, other, old).Counts);
        Assert.Equal("old", Assert.Single(Samples.All(Store)).Runbook.Description);
        Assert.Equal(new SyncCounts { Total = 1, Unchanged = 1 }, Samples.Sync(Store, connector, old, old).Counts);
        Assert.Equal(new SyncCounts { Total = 1, Changed = 1 }, Samples.Sync(Store, connector, old, other).Counts);
        Assert.Equal("other", Assert.Single(Samples.All(Store)).Runbook.Description);
    }

    [Fact]
    public void A_kept_runbook_returns_also_when_it_is_as_it_was()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.FullRunbook(1), Samples.Runbook(2));
        Store.RemoveConnector(connector, keepRunbooks: true);
        connector = Added();

        SyncRecord record = Samples.Sync(Store, connector, Samples.FullRunbook(1));

        Assert.Equal(new SyncCounts { Total = 1, Returned = 1, Missing = 1 }, record.Counts);
        LibraryRunbook returned = Samples.All(Store).Single(r => r.Runbook.Id == Samples.Id(1));
        Assert.Equal((RunbookStatus.Active, null), (returned.Status, returned.StatusReason));
        Assert.Equal(Samples.Text(Samples.FullRunbook(1)), Samples.Text(returned.Runbook));
    }

    [Fact]
    public void Clearing_forgets_what_was_seen()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2));
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Add([Samples.Runbook(1), Samples.Runbook(2)]);
        Assert.Equal(2, stage.Complete());
        Assert.Empty(stage.ReadDifferences());

        stage.Clear();
        stage.Add([Samples.Runbook(2)]);

        Assert.Equal(1, stage.Complete());
        Assert.Equal(Samples.Id(1), Assert.Single(stage.ReadDifferences()).Before!.Runbook.Id);
    }

    [Theory]
    [InlineData("1a 2b", "1a,2b", null)]
    [InlineData("2b 1a", "1a,2b", null)]
    [InlineData("2b 1a 2b 1a", "1a,2b", null)]
    [InlineData("1a", "1a", "1a")]
    [InlineData("", "", "")]
    [InlineData("1a 2b 3c", "1a,2b,3c", "1a,2b,3c")]
    [InlineData("3c 2b 1a", "1a,2b,3c", "1a,2b,3c")]
    [InlineData("1a 2x", "1a,2x", "1a,2x")]
    [InlineData("1a 2b 2x", "1a,2x", "1a,2x")]
    [InlineData("1a 2x 2b", "1a,2b", null)]
    [InlineData("3b 1a", "1a,3b", "1a,3b")]
    public void Parameters_that_come_by_themselves_are_compared_with_the_librarys(string feed, string contract, string? changed)
    {
        Connector connector = Added();
        Runbook runbook = new() { Id = Samples.Id(1), Name = "R", Path = @"\R" };
        Runbook other = new() { Id = Samples.Id(2), Name = "S", Path = @"\S" };
        SyncFeed(connector, [runbook, other], "1a 2b");
        RunbookPair[] pairs = [];

        SyncRecord record = SyncFeed(connector, [other, runbook], feed, s => pairs = [.. s.ReadDifferences()]);

        Assert.Equal(changed is null ? 0 : 1, record.Counts.Changed);
        Assert.Equal((2L, 0L), (record.Counts.Total, record.Counts.Added + record.Counts.Missing + record.Counts.Returned));
        Assert.Equal([contract, ""], Samples.All(Store).Select(r => Contract(r.Runbook)));
        Assert.Equal(changed is null ? [] : [("1a,2b", changed)], pairs.Select(p => (Contract(p.Before!.Runbook), Contract(p.After!))));
    }

    [Theory]
    [InlineData("1a 2b", "1a,2b")]
    [InlineData("1a", "1a")]
    [InlineData("", "")]
    [InlineData("1a 3c", "1a,3c")]
    public void A_runbook_that_changed_keeps_the_parameters_that_did_not(string feed, string contract)
    {
        Connector connector = Added();
        SyncFeed(connector, [new Runbook { Id = Samples.Id(1), Name = "R", Path = @"\R" }], "1a 2b");

        SyncRecord record = SyncFeed(connector, [new Runbook { Id = Samples.Id(1), Name = "R", Path = @"\R", Description = "new" }], feed);

        Assert.Equal(new SyncCounts { Total = 1, Changed = 1 }, record.Counts);
        Runbook now = Assert.Single(Samples.All(Store)).Runbook;
        Assert.Equal(("new", contract), (now.Description, Contract(now)));
        Assert.Equal(new SyncCounts { Total = 1, Unchanged = 1 }, SyncFeed(connector, [now], "9z").Counts);
    }

    [Fact]
    public void A_preview_goes_on_while_another_process_synchronizes()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2), Samples.Runbook(3));
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Add([Samples.Runbook(1), Samples.Runbook(2, description: "new"), Samples.Runbook(4)]);
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2, description: "new"), Samples.Runbook(4), Samples.Runbook(5));
        stage.Complete();

        Assert.Equal(Samples.Id(5), Assert.Single(stage.ReadDifferences()).Before!.Runbook.Id);
        SyncLease lease = Store.BeginSync(connector, force: false);
        Assert.Throws<InvalidOperationException>(() => Store.CommitSync(lease, stage, Samples.Commit(), default));
    }

    [Theory]
    [InlineData("*", "ab,b,cab")]
    [InlineData("*b", "ab,b,cab")]
    [InlineData("?b", "ab")]
    [InlineData("*a*b", "ab,cab")]
    [InlineData("[bc]*", "b,cab")]
    [InlineData("*[a]b", "ab,cab")]
    [InlineData("*[x]*", "")]
    public void A_pattern_may_start_with_a_wildcard(string pattern, string expected)
    {
        Samples.Sync(Store, Added(), Samples.Runbook(1, "AB"), Samples.Runbook(2, "cab"), Samples.Runbook(3, "b"));

        string[] found = Find(new RunbookQuery { Names = [NamePattern.Parse(pattern)] });

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries), found.Select(n => n.ToLowerInvariant()).Order(StringComparer.Ordinal));
    }

    private static string Contract(Runbook runbook) =>
        string.Join(",", runbook.Parameters!.Select(p => p.Id.ToString("N")[7] + p.Name));

    /// <summary>A synchronization in which parameters, as id and name, come by themselves for the first sample, before and after the runbooks.</summary>
    private SyncRecord SyncFeed(Connector connector, IReadOnlyList<Runbook> runbooks, string feed, Action<ISyncStage>? look = null)
    {
        OwnedParameter[] parameters = [.. feed.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(p => new OwnedParameter(Samples.Id(1), Samples.Parameter(p[0] - '0', p.Substring(1))))];
        SyncLease lease = Store.BeginSync(connector, force: true);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.AddParameters([.. parameters.Take(1)]);
        stage.Add(runbooks);
        stage.AddParameters([.. parameters.Skip(1)]);
        stage.Complete();
        look?.Invoke(stage);
        return Store.CommitSync(lease, stage, Samples.Commit(), default);
    }
}
