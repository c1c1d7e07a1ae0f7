using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>Many processes on one store, and processes that are killed.</summary>
public sealed class SqliteProcessTests : IDisposable
{
    private const int Processes = 16;
    private const int Rounds = 3;
    private const int Count = 300;

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder.File("state.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Sixteen_processes_open_a_new_store_and_work_on_it_at_once()
    {
        Worker[] workers = [.. Enumerable.Range(0, Processes).Select(n => Worker.Start("mixed", Path, $"{n}", $"{Rounds}"))];
        try
        {
            await Task.WhenAll(workers.Select(w => w.ExpectAsync("ready")));
            foreach (Worker worker in workers)
            {
                worker.Go();
            }

            await Task.WhenAll(workers.Select(w => w.FinishAsync()));
        }
        finally
        {
            Array.ForEach(workers, w => w.Dispose());
        }

        using SqliteStateStore store = SqliteStateStore.Open(Path);
        Assert.Equal(Processes + 1, store.GetConnectors().Count);
        Assert.Equal((Processes * Rounds).ToString(CultureInfo.InvariantCulture), store.FindConnector("Shared")!.Connector.Description);
        Assert.Equal(Processes * Rounds, store.GetHistory(n => n != "Shared", null).Count);
        Assert.All(store.GetHistory(_ => true, null), s => Assert.Equal(ConnectorStatus.FinishedSuccess, s.Status));
        Assert.Equal((Processes + 1) * 20, store.FindRunbooks(new RunbookQuery(), default).Count());
        IReadOnlyList<JobRecord> jobs = store.FindJobs(new JobQuery { Statuses = [JobStatus.Completed] });
        Assert.Equal(Processes * Rounds, jobs.Select(j => j.Key).Distinct().Count());
        Assert.All(jobs.GroupBy(j => j.ConnectorId), g => Assert.Equal(Enumerable.Range(0, Rounds).Select(r => $"{r}"), g.Select(j => j.Outputs.Single().Value).Order(StringComparer.Ordinal)));
    }

    [Fact]
    public async Task A_process_killed_while_it_adds_jobs_leaves_all_that_it_told_of()
    {
        const int Told = 40;
        Prepare();
        using (Worker worker = Worker.Start("jobs", Path))
        {
            await worker.ExpectAsync("ready");
            worker.Go();
            for (int key = 1; key <= Told; key++)
            {
                await worker.ExpectAsync($"added {key}");
            }

            worker.Kill();
        }

        using SqliteStateStore store = SqliteStateStore.Open(Path);
        JobRecord[] jobs = [.. store.FindJobs(new JobQuery()).Reverse()];
        Assert.Equal(Enumerable.Range(1, jobs.Length).Select(k => (long)k), jobs.Select(j => j.Key));
        Assert.All(jobs, j => Assert.Equal(10_000, j.Parameters.Single().Value.Length));
        Assert.All(jobs.Take(Told), j => Assert.Equal((JobStatus.Completed, j.Parameters.Single()), (j.Status, j.Outputs.Single())));
        Assert.Equal(jobs.Length + 1, store.AddJob(Samples.Job()).Key);
    }

    [Fact]
    public async Task A_process_killed_within_a_change_of_a_job_leaves_the_job_as_it_was()
    {
        JobRecord job;
        using (SqliteStateStore store = SqliteStateStore.Open(Path))
        {
            job = store.AddJob(Samples.FullJob());
        }

        using (Worker worker = Worker.Start("change", Path))
        {
            await worker.ExpectAsync("ready");
            worker.Go();
            await worker.ExpectAsync("inside");
            worker.Kill();
        }

        using SqliteStateStore after = SqliteStateStore.Open(Path);
        Assert.Equal(Samples.Text(job), Samples.Text(Assert.Single(after.FindJobs(new JobQuery()))));
        Assert.Equal(JobStatus.Failed, after.UpdateJob(job, j => j with { Status = JobStatus.Failed })!.Status);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(Count)]
    public async Task A_process_killed_within_its_commit_leaves_the_old_library(int stopAt)
    {
        Connector connector = Prepare();
        using (Worker worker = Worker.Start("commit", Path, "Main", "new", $"{Count}", $"{stopAt}"))
        {
            await worker.ExpectAsync("ready");
            worker.Go();
            await worker.ExpectAsync("committing");
            await worker.ExpectAsync("inside");
            worker.Kill();
        }

        using SqliteStateStore store = SqliteStateStore.Open(Path);
        Assert.Equal("old", Assert.Single(Marks(store)));
        ConnectorState state = store.FindConnector("Main")!;
        Assert.Equal(ConnectorStatus.FinishedWithError, state.Status);
        Assert.Contains("ended before it finished", state.LastError, StringComparison.Ordinal);
        SyncLease lease = store.BeginSync(connector, force: false);
        Assert.Equal([ConnectorStatus.Running, ConnectorStatus.FinishedWithError, ConnectorStatus.FinishedSuccess], store.GetHistory(_ => true, null).Select(s => s.Status));
        using ISyncStage stage = store.OpenStage(connector);
        stage.Complete();
        Assert.Equal(Count, store.CommitSync(lease, stage, Samples.Commit(), default).Counts.Missing);
    }

    [Fact]
    public async Task A_process_killed_at_any_moment_leaves_the_old_or_the_new_library()
    {
        Connector connector = Prepare();
        string before = "old";
        for (int round = 0; round < 6; round++)
        {
            string mark = $"round {round}";
            using (Worker worker = Worker.Start("commit", Path, "Main", mark, $"{Count}", "0"))
            {
                await worker.ExpectAsync("ready");
                worker.Go();
                await worker.ExpectAsync("committing");
                worker.Kill();
            }

            using SqliteStateStore store = SqliteStateStore.Open(Path);
            string found = Assert.Single(Marks(store));
            Assert.Contains(found, new[] { before, mark });
            Assert.Equal(found == mark ? ConnectorStatus.FinishedSuccess : ConnectorStatus.FinishedWithError, store.FindConnector("Main")!.Status);
            SyncRecord last = store.GetHistory(_ => true, 1)[0];
            Assert.Equal(found == mark ? Count : 0, store.GetChanges(last.Id).Count());
            store.FailSync(store.BeginSync(connector, force: false), "taken over", Samples.Totals);
            before = found;
        }
    }

    private static string[] Marks(SqliteStateStore store) =>
        [.. store.FindRunbooks(new RunbookQuery(), default).Select(r => r.Runbook.Description!).Distinct()];

    private Connector Prepare()
    {
        using SqliteStateStore store = SqliteStateStore.Open(Path);
        Connector connector = store.AddConnector(Samples.Connector());
        Samples.Sync(store, connector, [.. Enumerable.Range(0, Count).Select(n => Samples.Runbook(n, description: "old"))]);
        return connector;
    }
}
