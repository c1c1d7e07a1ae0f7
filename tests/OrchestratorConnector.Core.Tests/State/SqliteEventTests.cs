using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Events;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>How many events are kept, when the machine's log hears of one, and whose schedule is whose.</summary>
public sealed class SqliteEventTests : SqliteTestBase
{
    [Theory]
    [InlineData(1)]
    [InlineData(99)]
    [InlineData(250)]
    public void No_more_are_kept_than_should_be_and_the_oldest_go(int kept)
    {
        using SqliteStateStore store = Open(new SqliteStoreOptions { KeptEvents = kept });
        for (int i = 0; i < 3 * kept; i++)
        {
            store.AddEvent(new ConnectorEvent { Kind = EventKind.TestSucceeded, Message = $"{i}" });
        }

        IReadOnlyList<ConnectorEvent> events = store.FindEvents(new EventQuery());
        Assert.InRange(events.Count, kept, kept + Math.Max(1, kept / 100));
        Assert.Equal($"{(3 * kept) - 1}", events[^1].Message);
    }

    [Fact]
    public void A_clock_that_is_wrong_once_takes_no_other_event_along()
    {
        int added = 0;
        using SqliteStateStore store = Open(new SqliteStoreOptions { KeptEvents = 10_000, UtcNow = () => new DateTime(added == 200 ? 2000 : 2026, 1, 1, 0, 0, 0, DateTimeKind.Utc) });
        for (; added < 400; added++)
        {
            store.AddEvent(new ConnectorEvent { Kind = EventKind.TestSucceeded, Message = $"{added}" });
        }

        Assert.InRange(store.FindEvents(new EventQuery()).Count, 399, 400);
    }

    [Fact]
    public void The_machines_log_hears_of_what_was_committed_and_of_nothing_else()
    {
        Log log = new();
        using SqliteStateStore store = Open(new SqliteStoreOptions { SystemLog = log });
        Connector connector = store.AddConnector(Samples.Connector());
        Fails(nameof(Error.ConnectorExists), () => store.AddConnector(Samples.Connector()));
        Samples.Sync(store, connector, Samples.Runbook(1));

        Assert.Equal([EventKind.ConnectorCreated, EventKind.SyncFinished], log.Written.Select(e => e.Kind));
        Assert.Equal(store.FindEvents(new EventQuery()).Select(e => e.Key), log.Written.Select(e => e.Key));
    }

    [Fact]
    public void A_transaction_that_fails_at_its_end_leaves_no_event()
    {
        Log log = new();
        Connector connector = Fill();
        using SqliteStateStore store = Open(new SqliteStoreOptions { SystemLog = log });
        int before = store.FindEvents(new EventQuery()).Count;
        SyncLease lease = store.BeginSync(connector, force: false);
        using ISyncStage stage = store.OpenStage(connector);
        stage.Add([Samples.Runbook(1, description: "new")]);
        stage.Complete();

        Assert.Throws<OperationCanceledException>(() => store.CommitSync(lease, stage, Samples.Commit(), new System.Threading.CancellationToken(canceled: true)));

        Assert.Empty(log.Written);
        Assert.Equal(before, store.FindEvents(new EventQuery()).Count);
    }

    [Fact]
    public void A_schedule_belongs_to_the_machine_that_its_connector_was_registered_on()
    {
        using (SqliteStateStore here = Open(new SqliteStoreOptions { Machine = "here" }))
        {
            here.AddConnector(Samples.Connector());
            Assert.False(here.FindConnector("Main")!.IsScheduleHeld);
            Assert.NotNull(here.FindConnector("Main")!.NextRunTime(TimeZoneInfo.Utc));
        }

        using (SqliteStateStore unknown = Open(new SqliteStoreOptions { Machine = null }))
        {
            Assert.False(unknown.FindConnector("Main")!.IsScheduleHeld);
        }

        using SqliteStateStore copy = Open(new SqliteStoreOptions { Machine = "there" });
        ConnectorState state = copy.FindConnector("Main")!;
        Assert.True(state.IsScheduleHeld);
        Assert.Null(state.NextRunTime(TimeZoneInfo.Utc));

        copy.UpdateConnector(state.Connector, c => c with { Home = "there" });
        Assert.False(copy.FindConnector("Main")!.IsScheduleHeld);
        Assert.Equal(EventKind.ScheduleConfirmed, copy.FindEvents(new EventQuery())[^1].Kind);
    }

    [Fact]
    public void This_machine_is_the_same_every_time_and_does_not_tell_its_own_id()
    {
        string? machine = MachineIdentity.Current;

        Assert.Equal(machine, MachineIdentity.Current);
        if (machine is not null)
        {
            Assert.Matches("^[0-9A-F]{32}$", machine);
            Assert.DoesNotContain(machine, System.IO.File.Exists("/etc/machine-id") ? System.IO.File.ReadAllText("/etc/machine-id").ToUpperInvariant() : string.Empty, StringComparison.Ordinal);
        }
    }

    private sealed class Log : ISystemLog
    {
        public List<ConnectorEvent> Written { get; } = [];

        public void Write(ConnectorEvent entry) => Written.Add(entry);
    }
}
