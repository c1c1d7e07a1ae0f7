using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>Waiting for others, and not waiting any more.</summary>
public sealed class SqliteBusyTests : SqliteTestBase
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Never = TimeSpan.FromHours(1);

    [Fact]
    public void A_store_that_stays_locked_is_busy_for_writers_only()
    {
        Fill();
        using SqliteStateStore store = Open(new SqliteStoreOptions { BusyTimeout = Soon });
        using SqliteConnection other = Connect();
        Run(other, "BEGIN IMMEDIATE");

        OrchestratorException error = Fails(nameof(Error.StoreBusy), () => store.AddConnector(Samples.Connector("Other")));

        Assert.Equal(ErrorKind.Busy, error.Kind);
        Assert.Equal(3, Samples.All(store).Count);
        Run(other, "ROLLBACK");
        store.AddConnector(Samples.Connector("Other"));
    }

    [Fact]
    public void A_store_that_is_locked_altogether_is_busy()
    {
        Fill();
        using SqliteConnection other = Connect();
        Run(other, "PRAGMA locking_mode=EXCLUSIVE");
        Run(other, "BEGIN IMMEDIATE");
        Run(other, "CREATE TABLE x (y)");
        Fails(nameof(Error.StoreBusy), () => Open(new SqliteStoreOptions { BusyTimeout = Soon }));
    }

    [Fact]
    public async Task A_writer_gets_its_turn()
    {
        Fill();
        using SqliteStateStore store = Open(new SqliteStoreOptions { BusyTimeout = Never });
        using SqliteConnection other = Connect();
        Run(other, "BEGIN IMMEDIATE");
        Task write = Task.Run(() => store.AddConnector(Samples.Connector("Other")));
        Run(other, "COMMIT");
        await write;
        Assert.NotNull(store.FindConnector("Other"));
    }

    [Fact]
    public async Task Without_a_log_a_writer_waits_for_who_reads()
    {
        FillWithoutLog();
        using SqliteStateStore store = Open(new SqliteStoreOptions { BusyTimeout = Never });
        using IEnumerator<LibraryRunbook> reader = store.FindRunbooks(new RunbookQuery(), default).GetEnumerator();
        Assert.True(reader.MoveNext());
        Task write = Task.Run(() => store.AddConnector(Samples.Connector("Other")));

        reader.Dispose();

        await write;
        Assert.NotNull(store.FindConnector("Other"));
    }

    [Fact]
    public void Without_a_log_a_wait_for_who_reads_has_an_end()
    {
        FillWithoutLog();
        using SqliteStateStore store = Open(new SqliteStoreOptions { BusyTimeout = Soon });
        using IEnumerator<LibraryRunbook> reader = store.FindRunbooks(new RunbookQuery(), default).GetEnumerator();
        Assert.True(reader.MoveNext());
        Stopwatch watch = Stopwatch.StartNew();

        Fails(nameof(Error.StoreBusy), () => store.AddConnector(Samples.Connector("Other")));

        Assert.True(watch.Elapsed >= Soon, $"It gave up after {watch.Elapsed}.");
        reader.Dispose();
        Assert.Null(store.FindConnector("Other"));
    }

    [Fact]
    public async Task A_wait_ends_when_it_is_cancelled()
    {
        Fill();
        using CancellationTokenSource source = new();
        using SqliteStateStore store = Open(new SqliteStoreOptions { BusyTimeout = Never, CancellationToken = source.Token });
        using SqliteConnection other = Connect();
        Run(other, "BEGIN IMMEDIATE");
        Task write = Task.Run(() => store.AddConnector(Samples.Connector("Other")), default);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => write);
    }

    [Fact]
    public async Task A_failure_is_written_though_all_else_is_cancelled()
    {
        Connector connector = Fill();
        using CancellationTokenSource source = new();
        using SqliteStateStore store = Open(new SqliteStoreOptions { CancellationToken = source.Token });
        SyncLease lease = store.BeginSync(connector, force: false);
        using ISyncStage stage = store.OpenStage(connector);
        stage.Complete();
        await source.CancelAsync();

        Assert.ThrowsAny<OperationCanceledException>(() => store.CommitSync(lease, stage, Samples.Commit(), default));
        Assert.ThrowsAny<OperationCanceledException>(() => store.RenewSync(lease, 1));
        Assert.ThrowsAny<OperationCanceledException>(() => store.GetConnectors());
        Assert.Equal("cancelled", store.FailSync(lease, "cancelled", Samples.Totals).Error);

        using SqliteStateStore other = Open();
        Assert.Equal("cancelled", other.FindConnector("Main")!.LastError);
        Assert.Equal(3, Samples.All(other).Count);
    }

    [Fact]
    public async Task A_query_that_finds_nothing_ends_when_it_is_cancelled()
    {
        Fill();
        using CancellationTokenSource source = new();
        using SqliteSession session = SqliteSession.Open(Path, new SqliteStoreOptions(), default);
        session.Obey(source.Token);
        // Runs for ever, and gives no row in between.
        Task<long> query = Task.Run(() => session.Number("WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT count(*) FROM n"), default);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => query);
        session.Obey(default);
        Assert.Equal(3, session.Number("SELECT count(*) FROM runbook"));
    }

    /// <summary>A store as on a file system that cannot do with a log beside the file.</summary>
    private void FillWithoutLog()
    {
        Fill();
        using SqliteConnection plain = Connect();
        Run(plain, "PRAGMA journal_mode=DELETE");
    }
}
