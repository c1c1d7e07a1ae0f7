using System;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

public abstract partial class StateStoreContractTests
{
    [Fact]
    public void A_running_synchronization_is_seen_and_keeps_others_out()
    {
        Connector connector = Added();
        SyncLease lease = Store.BeginSync(connector, force: false);
        Assert.Equal((connector.Id, "Main", _here, Clock.Now, Clock.Now), (lease.ConnectorId, lease.Connector, lease.Holder, lease.StartTime, lease.RenewTime));
        Clock.Advance(TimeSpan.FromSeconds(90));
        Store.RenewSync(lease, 40);
        Store.RenewSync(lease, null);
        Clock.Advance(TimeSpan.FromSeconds(90));

        using IStateStore other = OpenAs(_there);
        OrchestratorException error = Fails(nameof(Error.ResourceBusy), () => other.BeginSync(connector, force: true));

        Assert.Contains("process 100 on HERE", error.Message, StringComparison.Ordinal);
        Fails(nameof(Error.ResourceBusy), () => Store.BeginSync(connector, force: true));
        ConnectorState state = other.FindConnector("Main")!;
        Assert.Equal((ConnectorStatus.Running, 40, lease.StartTime, null), (state.Status, state.PercentComplete, state.LastStartTime, state.LastFinishTime));
        SyncRecord running = Assert.Single(other.GetHistory(_ => true, null));
        Assert.Equal((ConnectorStatus.Running, lease.SyncId, null, null), (running.Status, running.Id, running.FinishTime, running.Error));
    }

    [Fact]
    public void A_disabled_connector_needs_force()
    {
        Connector connector = Store.AddConnector(Samples.Connector() with { Enabled = false });
        Fails(nameof(Error.ConnectorDisabled), () => Store.BeginSync(connector, force: false));
        Assert.Equal(ConnectorStatus.NeverRun, State().Status);
        Assert.Empty(Store.GetHistory(_ => true, null));
        Store.BeginSync(connector, force: true);
    }

    [Fact]
    public void Disabling_lets_a_running_synchronization_finish()
    {
        Connector connector = Added();
        SyncLease lease = Store.BeginSync(connector, force: false);
        Store.UpdateConnector(connector, c => c with { Enabled = false });
        Store.RenewSync(lease, 5);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Complete();
        Assert.Equal(ConnectorStatus.FinishedSuccess, Store.CommitSync(lease, stage, Samples.Commit(), default).Status);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void The_lease_of_a_holder_that_is_gone_is_taken_over(bool byClock)
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1));
        DateTime success = Clock.Now;
        DateTime start = Clock.Advance(TimeSpan.FromHours(1));
        SyncLease old = Store.BeginSync(connector, force: false);
        using ISyncStage oldStage = Store.OpenStage(connector);
        oldStage.Complete();
        DateTime renewed = Clock.Advance(TimeSpan.FromSeconds(10));
        Store.RenewSync(old, 30);
        if (byClock)
        {
            Clock.Advance(SyncLease.Duration);
        }
        else
        {
            _isAlive = h => h != _here;
        }

        using IStateStore other = OpenAs(_there);
        const string Interrupted = "The synchronization that process 100 on HERE started at 2026-03-01 03:00:00Z ended before it finished; the library was not changed.";
        ConnectorState state = other.FindConnector("Main")!;
        Assert.Equal((ConnectorStatus.FinishedWithError, Interrupted, 30), (state.Status, state.LastError, state.PercentComplete));
        Assert.Equal((start, renewed, success), (state.LastStartTime, state.LastFinishTime, state.LastSuccessTime));
        SyncRecord derived = other.GetHistory(_ => true, 1)[0];
        Assert.Equal((ConnectorStatus.FinishedWithError, Interrupted, renewed), (derived.Status, derived.Error, derived.FinishTime));

        SyncLease taken = other.BeginSync(connector, force: false);

        Assert.NotEqual(old.Token, taken.Token);
        Assert.Equal([ConnectorStatus.Running, ConnectorStatus.FinishedWithError, ConnectorStatus.FinishedSuccess], other.GetHistory(_ => true, null).Select(s => s.Status));
        Assert.Equal(derived, other.GetHistory(_ => true, null)[1]);
        Fails(nameof(Error.LeaseLost), () => Store.RenewSync(old, 50));
        Fails(nameof(Error.LeaseLost), () => Store.CommitSync(old, oldStage, Samples.Commit(), default));
        Assert.Equal(derived, Store.FailSync(old, "lost it", Samples.Totals));
        Assert.Equal(ConnectorStatus.Running, other.FindConnector("Main")!.Status);
        Assert.Equal(RunbookStatus.Active, Assert.Single(Samples.All(other)).Status);
        other.RenewSync(taken, 1);
    }

    [Fact]
    public void A_silent_holder_that_nobody_replaced_may_still_commit()
    {
        Connector connector = Added();
        SyncLease lease = Store.BeginSync(connector, force: false);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Complete();
        Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(ConnectorStatus.FinishedSuccess, Store.CommitSync(lease, stage, Samples.Commit(), default).Status);
    }

    [Fact]
    public void A_failure_is_told_and_leaves_the_library()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1));
        DateTime success = Clock.Now;
        Clock.Advance(TimeSpan.FromHours(1));
        SyncLease lease = Store.BeginSync(connector, force: false);
        Store.RenewSync(lease, 60);
        DateTime finish = Clock.Advance(TimeSpan.FromMinutes(1));

        SyncRecord record = Store.FailSync(lease, "The server is gone.", new SyncTotals(3, 9));

        Assert.Equal((ConnectorStatus.FinishedWithError, "The server is gone.", finish, 3L, 9L), (record.Status, record.Error, record.FinishTime, record.Requests, record.Bytes));
        Assert.Equal(new SyncCounts(), record.Counts);
        ConnectorState state = State();
        Assert.Equal((ConnectorStatus.FinishedWithError, "The server is gone.", 60), (state.Status, state.LastError, state.PercentComplete));
        Assert.Equal((lease.StartTime, finish, success), (state.LastStartTime, state.LastFinishTime, state.LastSuccessTime));
        Assert.Equal(success, Assert.Single(Samples.All(Store)).LastSeenTime);

        // The text stays until a success.
        Clock.Advance(TimeSpan.FromHours(1));
        SyncLease next = Store.BeginSync(connector, force: false);
        Assert.Equal("The server is gone.", State().LastError);
        using ISyncStage stage = Store.OpenStage(connector);
        stage.Add([Samples.Runbook(1)]);
        stage.Complete();
        Store.CommitSync(next, stage, Samples.Commit(), default);
        Assert.Null(State().LastError);
    }

    [Fact]
    public void The_history_keeps_the_newest_hundred_of_each_connector()
    {
        Connector one = Added("One");
        Connector two = Added("Two");
        Samples.Sync(Store, two, Samples.Runbook(1));
        SyncRecord first = Samples.Sync(Store, one, Samples.Runbook(1));
        for (int i = 0; i < 100; i++)
        {
            Clock.Advance(TimeSpan.FromMinutes(1));
            Store.FailSync(Store.BeginSync(one, force: false), $"failure {i}", Samples.Totals);
        }

        Assert.Equal(100, Store.GetHistory(n => n == "One", null).Count);
        Assert.Equal("failure 99", Store.GetHistory(n => n == "One", null)[0].Error);
        Assert.Empty(Store.GetChanges(first.Id));
        Assert.Single(Store.GetHistory(n => n == "Two", null));
        Assert.Equal([5, 1], Store.GetHistory(_ => true, 5).GroupBy(r => r.ConnectorId).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.NotNull(State("One").LastSuccessTime);
    }

    [Fact]
    public void A_renamed_connector_keeps_its_history_under_the_new_name()
    {
        Connector connector = Added("Old");
        Samples.Sync(Store, connector);
        Store.UpdateConnector(connector, c => c with { Name = "New" });

        Assert.Equal("New", Assert.Single(Store.GetHistory(n => n == "New", null)).Connector);
        Assert.Empty(Store.GetHistory(n => n == "Old", null));
    }
}
