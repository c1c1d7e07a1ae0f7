using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>Runbooks that become invalid because something depends on the contract that they had.</summary>
public abstract partial class StateStoreContractTests
{
    [Fact]
    public void A_reason_makes_a_runbook_invalid_and_its_contract_is_remembered()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, WithContract(1, "a", "b"), WithContract(2, "x"));

        SyncRecord record = Invalidate(connector, _ => "it changed", WithContract(1, "a", "c"), WithContract(2, "x"));

        Assert.Equal(new SyncCounts { Total = 2, Changed = 1, Unchanged = 1, Invalid = 1 }, record.Counts);
        Assert.Equal(record, Store.GetHistory(_ => true, 1)[0]);
        Assert.Equal("Invalid it changed a,c/a,b", Describe(1));
        Assert.Equal("Active - x/-", Describe(2));
        Assert.Equal(Clock.Now, Library(1).LastSeenTime);
        Assert.Single(Store.FindRunbooks(new RunbookQuery { Statuses = [RunbookStatus.Invalid] }, default));
    }

    [Fact]
    public void The_contract_that_was_accepted_is_remembered_until_the_runbook_is_active()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, WithContract(1, "a"));
        Invalidate(connector, _ => "first", WithContract(1, "b"));

        Assert.Equal(new SyncCounts { Total = 1, Changed = 1 }, Invalidate(connector, _ => "second", WithContract(1, "c")).Counts);
        Assert.Equal("Invalid second c/a", Describe(1));

        // Nothing changed, so nothing new is known of it.
        Assert.Equal(new SyncCounts { Total = 1, Unchanged = 1 }, Invalidate(connector, _ => null, WithContract(1, "c")).Counts);
        Assert.Equal("Invalid second c/a", Describe(1));

        Assert.Equal(new SyncCounts { Total = 1, Changed = 1 }, Invalidate(connector, _ => null, WithContract(1, "a")).Counts);
        Assert.Equal("Active - a/-", Describe(1));
        Assert.Equal(1, Invalidate(connector, _ => "third", WithContract(1, "d")).Counts.Invalid);
        Assert.Equal("Invalid third d/a", Describe(1));
    }

    [Fact]
    public void What_came_again_and_is_written_is_asked_for_and_nothing_else()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, WithContract(1, "a"), WithContract(2, "a"), WithContract(3, "a"), WithContract(4, "a"), WithContract(5, "a"));
        Invalidate(connector, p => p.Before!.Runbook.Id == Samples.Id(5) ? "why" : null, WithContract(1, "a"), WithContract(2, "a"), WithContract(3, "a"), WithContract(5, "b"));
        List<string> asked = [];

        SyncRecord record = Invalidate(
            connector,
            pair =>
            {
                LibraryRunbook before = pair.Before!;
                asked.Add($"{before.Runbook.Name}: {before.Status} {Contract(before.Runbook)}/{(before.AcceptedContract is { } c ? Contract(c) : "-")} -> {Contract(pair.After!)}");
                return null;
            },
            WithContract(1, "a"),
            WithContract(2, "b"),
            WithContract(4, "a"),
            Samples.Runbook(5, description: "new", parameters: Samples.Parameter(1, "b")),
            WithContract(6, "a"));

        Assert.Equal(new SyncCounts { Total = 5, Added = 1, Changed = 2, Unchanged = 1, Missing = 1, Returned = 1 }, record.Counts);
        Assert.Equal(
            ["Runbook 2: Active 1a/- -> 1b", "Runbook 4: Missing 1a/- -> 1a", "Runbook 5: Invalid 1b/1a -> 1b"],
            asked.Order(StringComparer.Ordinal));
        Assert.Equal(RunbookStatus.Missing, Library(3).Status);
        Assert.Equal("Active - b/-", Describe(5));
        Assert.All(Samples.All(Store).Where(r => r.Status == RunbookStatus.Active), r => Assert.Null(r.AcceptedContract));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_invalid_runbook_that_was_away_is_asked_for_when_it_returns(bool byRemoval)
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, WithContract(1, "a"), WithContract(2, "a"));
        Invalidate(connector, _ => "why", WithContract(1, "b"), WithContract(2, "b"));
        if (byRemoval)
        {
            Store.RemoveConnector(connector, keepRunbooks: true);
            connector = Added();
        }
        else
        {
            Samples.Sync(Store, connector);
        }

        RunbookStatus away = byRemoval ? RunbookStatus.PendingDelete : RunbookStatus.Missing;
        Assert.All(Samples.All(Store), r => Assert.Equal((away, "1a"), (r.Status, Contract(r.AcceptedContract!))));
        List<RunbookStatus> before = [];

        SyncRecord record = Invalidate(
            connector,
            pair =>
            {
                before.Add(pair.Before!.Status);
                return Contract(pair.Before.AcceptedContract!) == Contract(pair.After!) ? null : "again";
            },
            WithContract(1, "b"),
            WithContract(2, "a"));

        Assert.Equal([away, away], before);
        Assert.Equal(new SyncCounts { Total = 2, Returned = 2, Invalid = 1 }, record.Counts);
        Assert.Equal("Invalid again b/a", Describe(1));
        Assert.Equal("Active - a/-", Describe(2));
    }

    [Fact]
    public void An_approved_runbook_is_active_with_the_contract_that_it_has()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, WithContract(1, "a"), WithContract(2, "a"));
        Invalidate(connector, _ => "why", WithContract(1, "b"), WithContract(2, "b"));

        LibraryRunbook approved = Store.ApproveRunbook(Library(1));

        Assert.Equal((RunbookStatus.Active, null, null), (approved.Status, approved.StatusReason, approved.AcceptedContract));
        Assert.Equal(("Main", Clock.Now), (approved.Connector, approved.LastSeenTime));
        Assert.Equal(Samples.Text(WithContract(1, "b")), Samples.Text(approved.Runbook));
        Assert.Equal("Active - b/-", Describe(1));
        Assert.Equal("Invalid why b/a", Describe(2));
        // And from there on.
        Invalidate(connector, _ => "why", WithContract(1, "c"), WithContract(2, "b"));
        Assert.Equal("Invalid why c/b", Describe(1));
    }

    [Fact]
    public void Only_an_invalid_runbook_can_be_approved()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, WithContract(1, "a"), WithContract(2, "a"));
        LibraryRunbook active = Library(1);
        Invalidate(connector, _ => "why", WithContract(1, "a"), WithContract(2, "b"));
        Samples.Sync(Store, connector, WithContract(1, "a"));

        Assert.Equal(Samples.Text(active.Runbook), Samples.Text(Store.ApproveRunbook(active).Runbook));
        LibraryRunbook missing = Store.ApproveRunbook(Library(2));

        Assert.Equal("Active - a/-", Describe(1));
        Assert.Equal((RunbookStatus.Missing, "No longer returned."), (missing.Status, missing.StatusReason));
        Assert.Equal("Missing No longer returned. b/a", Describe(2));
        LibraryRunbook gone = Library(1);
        Store.RemoveConnector(connector, keepRunbooks: false);
        Fails(nameof(Error.RunbookNotFound), () => Store.ApproveRunbook(gone));
    }

    [Fact]
    public void Another_connectors_runbook_of_the_same_id_is_not_approved()
    {
        Connector one = Added("One");
        Connector two = Added("Two");
        foreach (Connector connector in new[] { one, two })
        {
            Samples.Sync(Store, connector, WithContract(1, "a"));
            Invalidate(connector, _ => "why", WithContract(1, "b"));
        }

        Store.ApproveRunbook(Samples.All(Store).Single(r => r.ConnectorId == two.Id));

        Assert.Equal(
            [(one.Id, RunbookStatus.Invalid), (two.Id, RunbookStatus.Active)],
            Samples.All(Store).Select(r => (r.ConnectorId, r.Status)).Order());
    }

    [Fact]
    public void A_commit_that_is_cancelled_at_the_question_leaves_everything_as_it_was()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, WithContract(1, "a"), WithContract(2, "a"));
        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Add([WithContract(1, "b"), WithContract(2, "b")]);
        stage.Complete();
        using CancellationTokenSource source = new();
        SyncCommit commit = Samples.Commit(invalidates: _ =>
        {
            source.Cancel();
            return "why";
        });

        Assert.ThrowsAny<OperationCanceledException>(() => Store.CommitSync(lease, stage, commit, source.Token));

        Assert.Equal(["Active - a/-", "Active - a/-"], new[] { Describe(1), Describe(2) });
        Assert.Equal(2, Store.CommitSync(lease, stage, Samples.Commit(invalidates: _ => "why"), default).Counts.Invalid);
    }

    private static Runbook WithContract(int number, params string[] names) =>
        Samples.Runbook(number, parameters: [.. names.Select((n, i) => Samples.Parameter(i + 1, n))]);

    private static string Contract(IReadOnlyList<RunbookParameter> parameters) => string.Join(",", parameters.Select(p => p.Id.ToString("N")[7] + p.Name));

    private static string Names(IReadOnlyList<RunbookParameter> parameters) => string.Join(",", parameters.Select(p => p.Name));

    private SyncRecord Invalidate(Connector connector, Func<RunbookPair, string?> why, params Runbook[] runbooks) =>
        Samples.Sync(Store, connector, Samples.Commit(invalidates: why), runbooks);

    private LibraryRunbook Library(int number) => Samples.All(Store).Single(r => r.Runbook.Id == Samples.Id(number));

    /// <summary>Status, reason, contract and accepted contract.</summary>
    private string Describe(int number)
    {
        LibraryRunbook runbook = Library(number);
        return $"{runbook.Status} {runbook.StatusReason ?? "-"} {Names(runbook.Runbook.Parameters!)}/{(runbook.AcceptedContract is { } c ? Names(c) : "-")}";
    }
}
