using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

public abstract partial class StateStoreContractTests
{
    [Fact]
    public void A_runbook_comes_back_as_it_was_staged()
    {
        Connector connector = Store.AddConnector(Samples.Connector() with { WebConsoleUrl = new Uri("http://sco:82/"), Protocol = ConnectorProtocol.Atom });
        Runbook full = Samples.FullRunbook();
        Runbook bare = new() { Id = Samples.Id(2), Name = "", Path = "\\", Parameters = [] };

        SyncRecord record = Samples.Sync(Store, connector, full, bare);

        Assert.Equal(new SyncCounts { Total = 2, Added = 2 }, record.Counts);
        Dictionary<Guid, LibraryRunbook> all = Samples.All(Store).ToDictionary(r => r.Runbook.Id);
        Assert.Equal(Samples.Text(full), Samples.Text(all[full.Id].Runbook));
        Assert.Equal(Samples.Text(bare), Samples.Text(all[bare.Id].Runbook));
        LibraryRunbook read = all[full.Id];
        Assert.Equal((connector.Id, "Main", RunbookStatus.Active, null), (read.ConnectorId, read.Connector, read.Status, read.StatusReason));
        Assert.Equal((Clock.Now, connector.WebConsoleUrl, ConnectorProtocol.Atom), (read.LastSeenTime, read.WebConsoleUrl, read.Protocol));
        Assert.Equal(new SyncCounts { Total = 2, Unchanged = 2 }, Samples.Sync(Store, connector, full, bare).Counts);
    }

    [Fact]
    public void A_success_tells_all_about_itself()
    {
        Connector connector = Added();
        DateTime start = Clock.Now;
        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Add([Samples.Runbook(1)]);
        Assert.Equal(1, stage.Complete());
        DateTime finish = Clock.Advance(TimeSpan.FromSeconds(30));

        SyncRecord record = Store.CommitSync(lease, stage, Samples.Commit(), default);

        Assert.Equal(
            new SyncRecord
            {
                Id = lease.SyncId,
                ConnectorId = connector.Id,
                Connector = "Main",
                Status = ConnectorStatus.FinishedSuccess,
                StartTime = start,
                FinishTime = finish,
                Counts = new SyncCounts { Total = 1, Added = 1 },
                Requests = 7,
                Bytes = 1234,
            },
            record);
        Assert.Equal(record, Assert.Single(Store.GetHistory(_ => true, null)));
        ConnectorState state = State();
        Assert.Equal((ConnectorStatus.FinishedSuccess, start, finish, finish), (state.Status, state.LastStartTime, state.LastFinishTime, state.LastSuccessTime));
        Assert.Equal((100, null, 1L), (state.PercentComplete, state.LastError, state.RunbookCount));
        Store.BeginSync(connector, force: false);
    }

    [Fact]
    public void Every_difference_is_found_written_and_told()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2), Samples.Runbook(3), Samples.Runbook(4));
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2), Samples.Runbook(3));
        DateTime seen = Clock.Now;
        Clock.Advance(TimeSpan.FromDays(1));

        SyncRecord record = Samples.Sync(Store, connector, Samples.Runbook(5), Samples.Runbook(4), Samples.Runbook(3, description: "new"), Samples.Runbook(1));

        Assert.Equal(new SyncCounts { Total = 4, Added = 1, Changed = 1, Unchanged = 1, Missing = 1, Returned = 1 }, record.Counts);
        Dictionary<Guid, LibraryRunbook> all = Samples.All(Store).ToDictionary(r => r.Runbook.Id);
        Assert.Equal(5, all.Count);
        Assert.Equal("new", all[Samples.Id(3)].Runbook.Description);
        LibraryRunbook missing = all[Samples.Id(2)];
        Assert.Equal((RunbookStatus.Missing, "No longer returned.", seen), (missing.Status, missing.StatusReason, missing.LastSeenTime));
        Assert.All(all.Values.Where(r => r != missing), r => Assert.Equal((RunbookStatus.Active, null, Clock.Now), (r.Status, r.StatusReason, r.LastSeenTime)));
        Dictionary<Guid, RunbookChange> changes = Store.GetChanges(record.Id).ToDictionary(c => c.Id);
        Assert.Equal(
            [(2, RunbookChangeKind.Missing), (3, RunbookChangeKind.Changed), (4, RunbookChangeKind.Returned), (5, RunbookChangeKind.Added)],
            changes.OrderBy(c => c.Key).Select(c => (Array.IndexOf([.. Enumerable.Range(0, 6).Select(Samples.Id)], c.Key), c.Value.Kind)));
        RunbookChange changed = changes[Samples.Id(3)];
        Assert.Equal(("Runbook 3", @"\Ops\Runbook 3", ContractChange.IdsOnly), (changed.Name, changed.Path, changed.Contract));
        Assert.Equal([new PropertyChange("Description", null, "new")], changed.Properties);
        Assert.Equal([new ParameterChange("P", ParameterDirection.Out, ParameterChangeKind.Id, null, "x")], changed.Parameters);
        Assert.Empty(changes[Samples.Id(5)].Parameters);
    }

    [Fact]
    public void Every_property_counts_as_a_difference()
    {
        Connector connector = Added();
        Runbook full = Samples.FullRunbook();
        Samples.Sync(Store, connector, full);
        RunbookParameter[] parameters = [.. full.Parameters!];
        Runbook[] variants =
        [
            new() { Id = full.Id, Name = "x", Path = full.Path, Parameters = parameters },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = parameters },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [] },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], FolderId = full.FolderId },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], Description = "" },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], Description = "d" },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], IsMonitor = true },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], CreatedBy = "a" },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], LastModifiedBy = "a" },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], CheckedOutBy = "a" },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], CreationTime = full.CreationTime },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], LastModifiedTime = full.CreationTime },
            new() { Id = full.Id, Name = "x", Path = "y", Parameters = [], CheckedOutTime = full.CreationTime },
            new() { Id = full.Id, Name = "X", Path = "y", Parameters = [], CheckedOutTime = full.CreationTime!.Value.AddTicks(1) },
        ];
        foreach (Runbook variant in variants)
        {
            Assert.Equal(new SyncCounts { Total = 1, Changed = 1 }, Samples.Sync(Store, connector, variant).Counts);
            Assert.Equal(Samples.Text(variant), Samples.Text(Assert.Single(Samples.All(Store)).Runbook));
        }
    }

    [Fact]
    public void A_stage_reads_what_a_commit_would_write_and_writes_nothing()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2), Samples.Runbook(3), Samples.Runbook(4));
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2), Samples.Runbook(3));
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Add([Samples.Runbook(1), Samples.Runbook(3, name: "renamed"), Samples.Runbook(4), Samples.FullRunbook(5)]);
        stage.Complete();
        string before = string.Join("\n", Samples.All(Store).Select(r => r.Status + Samples.Text(r.Runbook)));

        for (int i = 0; i < 2; i++)
        {
            RunbookPair[] pairs = [.. stage.ReadDifferences()];
            Assert.Equal(4, pairs.Length);
            RunbookPair Of(int n) => pairs.Single(p => (p.After ?? p.Before!.Runbook).Id == Samples.Id(n));
            Assert.Equal((@"\Ops\Runbook 2", null), (Of(2).Before!.Runbook.Path, Of(2).After));
            Assert.Equal(("Runbook 3", "renamed"), (Of(3).Before!.Runbook.Name, Of(3).After!.Name));
            Assert.Equal(RunbookStatus.Missing, Of(4).Before!.Status);
            Assert.Null(Of(5).Before);
            Assert.Equal(Samples.Text(Samples.FullRunbook(5)), Samples.Text(Of(5).After!));
            Assert.Equal(3, stage.CountPresent());
        }

        Assert.Equal(before, string.Join("\n", Samples.All(Store).Select(r => r.Status + Samples.Text(r.Runbook))));
        Assert.Equal(2, Store.GetHistory(_ => true, null).Count);
    }

    [Fact]
    public void Another_connectors_runbooks_are_not_touched()
    {
        Connector one = Added("One");
        Connector two = Added("Two");
        Samples.Sync(Store, one, Samples.Runbook(1), Samples.Runbook(2));
        Assert.Equal(new SyncCounts { Total = 2, Added = 2 }, Samples.Sync(Store, two, Samples.Runbook(1, description: "of two"), Samples.Runbook(3)).Counts);
        Samples.Sync(Store, one, Samples.Runbook(1));

        Assert.Equal([2L, 2L], Store.GetConnectors().Select(c => c.RunbookCount));
        Assert.Equal(2, Samples.All(Store).Count(r => r.Connector == "Two" && r.Status == RunbookStatus.Active));
        Assert.Equal(1, Store.RemoveConnector(one, keepRunbooks: false) - 1);
        Assert.Equal(2, Samples.All(Store).Count);
    }

    [Fact]
    public void A_suspicious_answer_marks_nothing_missing()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1));
        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage stage = Store.OpenStage(connector);
        Assert.Equal(0, stage.Complete());
        Assert.Equal(1, stage.CountPresent());

        SyncRecord record = Store.CommitSync(lease, stage, Samples.Commit(markMissing: false), default);

        Assert.Equal(new SyncCounts(), record.Counts);
        Assert.Equal(RunbookStatus.Active, Assert.Single(Samples.All(Store)).Status);
        Assert.Empty(Store.GetChanges(record.Id));
    }

    [Fact]
    public void The_last_of_several_with_one_id_holds_and_clearing_forgets_all()
    {
        Connector connector = Added();
        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Add([Samples.Runbook(8), Samples.Runbook(9)]);
        stage.AddParameters([new OwnedParameter(Samples.Id(1), Samples.Parameter(1, "old"))]);
        stage.Complete();
        stage.Clear();
        stage.Add([Samples.Runbook(1, description: "first"), Samples.Runbook(2)]);
        stage.Add([Samples.Runbook(1, description: "second"), Samples.Runbook(1, description: "third")]);

        Assert.Equal(2, stage.Complete());
        Store.CommitSync(lease, stage, Samples.Commit(), default);

        Assert.Equal(["third", null], Samples.All(Store).Select(r => r.Runbook.Description));
    }

    [Fact]
    public void Parameters_find_their_runbooks_in_any_order()
    {
        Connector connector = Added();
        Runbook Without(int n) => new() { Id = Samples.Id(n), Name = $"R{n}", Path = $@"\R{n}" };
        OwnedParameter Owned(int runbook, int n, string name) => new(Samples.Id(runbook), Samples.Parameter(n, name));
        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.AddParameters([Owned(2, 22, "b"), Owned(1, 11, "z"), Owned(9, 99, "nobody's")]);
        stage.Add([Without(1), Without(2), Without(3), Samples.Runbook(4, name: "R4", folder: "", description: null, Samples.Parameter(40, "own"))]);
        // A page that came twice, and a feed that knows of a runbook that brought its parameters.
        stage.AddParameters([Owned(2, 21, "a"), Owned(1, 11, "z"), Owned(4, 41, "other"), Owned(2, 22, "B")]);
        stage.Complete();
        Store.CommitSync(lease, stage, Samples.Commit(), default);

        Assert.Equal(["z", "a,B", "", "own"], Samples.All(Store).Select(r => string.Join(",", r.Runbook.Parameters!.Select(p => p.Name))));
        Runbook same = Samples.Runbook(2, "R2", "", null, Samples.Parameter(22, "B"), Samples.Parameter(21, "a"));
        using ISyncStage next = Store.OpenStage(connector);
        next.Add([new Runbook { Id = same.Id, Name = same.Name, Path = same.Path, Parameters = same.Parameters }]);
        next.Complete();
        Assert.DoesNotContain(next.ReadDifferences(), p => p.After is not null);
    }

    [Fact]
    public void A_cancelled_commit_leaves_everything_as_it_was()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2));
        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Add([Samples.Runbook(1, description: "x"), Samples.Runbook(2, description: "y"), Samples.Runbook(3)]);
        stage.Complete();
        using CancellationTokenSource source = new();
        SyncCommit commit = new()
        {
            Compare = pair =>
            {
                source.Cancel();
                return Samples.Compare(pair);
            },
            MarkMissing = true,
            MissingReason = "",
            Totals = Samples.Totals,
        };

        Assert.ThrowsAny<OperationCanceledException>(() => Store.CommitSync(lease, stage, commit, source.Token));

        Assert.Equal([null, null], Samples.All(Store).Select(r => r.Runbook.Description));
        Assert.Equal(ConnectorStatus.Running, State().Status);
        // The lease still stands, and so does the stage.
        Assert.Equal(3, Store.CommitSync(lease, stage, Samples.Commit(), default).Counts.Total);
        Assert.Equal(["x", "y", null], Samples.All(Store).Select(r => r.Runbook.Description));
    }

    [Fact]
    public void A_commit_of_an_incomplete_or_foreign_stage_is_refused()
    {
        Connector connector = Added();
        Connector other = Added("Other");
        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage incomplete = Store.OpenStage(connector);
        Assert.Throws<InvalidOperationException>(() => Store.CommitSync(lease, incomplete, Samples.Commit(), default));
        using ISyncStage foreign = Store.OpenStage(other);
        foreign.Complete();
        Assert.Throws<ArgumentException>(() => Store.CommitSync(lease, foreign, Samples.Commit(), default));
    }

    [Fact]
    public void A_commit_into_a_removed_connector_writes_nothing()
    {
        Connector connector = Added();
        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Add([Samples.Runbook(1)]);
        stage.Complete();
        Store.RemoveConnector(connector, keepRunbooks: true);

        Fails(nameof(Error.ConnectorRemoved), () => Store.CommitSync(lease, stage, Samples.Commit(), default));
        Fails(nameof(Error.ConnectorRemoved), () => Store.RenewSync(lease, 1));

        Assert.Empty(Samples.All(Store));
        SyncRecord record = Store.FailSync(lease, "why", Samples.Totals);
        Assert.Equal(ConnectorStatus.FinishedWithError, record.Status);
        Assert.Contains("removed", record.Error, StringComparison.Ordinal);
        Assert.Equal(record, Assert.Single(Store.GetHistory(n => n == "Main", null)));
    }
}
