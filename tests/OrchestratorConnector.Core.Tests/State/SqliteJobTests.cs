using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>How many jobs are kept, which go first, and that neither writing nor looking for one does more than it has to.</summary>
public sealed class SqliteJobTests : SqliteTestBase
{
    private static readonly DateTime Start = new(2026, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(99)]
    [InlineData(250)]
    public void No_more_are_kept_than_should_be_and_the_oldest_go(int kept)
    {
        using SqliteStateStore store = Open(new SqliteStoreOptions { KeptJobs = kept });
        int most = 0;
        for (int i = 0; i < (2 * kept) + 7; i++)
        {
            store.AddJob(Job(i, JobStatus.Completed));
            most = Math.Max(most, store.FindJobs(new JobQuery()).Count);
        }

        string[] left = [.. store.FindJobs(new JobQuery()).Select(j => j.Runbook)];

        Assert.Equal(kept, most);
        Assert.InRange(left.Length, Math.Max(1, kept - (kept / 100)), kept);
        Assert.Equal(Enumerable.Range(0, left.Length).Select(i => $"{(2 * kept) + 6 - i}"), left);
    }

    [Fact]
    public void Those_that_are_over_go_first()
    {
        using SqliteStateStore store = Open(new SqliteStoreOptions { KeptJobs = 6 });
        JobStatus[] all = Enum.GetValues<JobStatus>();
        foreach (JobStatus status in all)
        {
            store.AddJob(Job((int)status, status));
        }

        List<string> kept = [string.Join(" ", Statuses(store))];
        for (int i = 0; i < 5; i++)
        {
            store.AddJob(Job(10 + i, JobStatus.Running));
            kept.Add(string.Join(" ", Statuses(store)));
        }

        Assert.Equal(
            [
                "Unknown Pending Running Completed Failed Canceled",
                "Unknown Pending Running Failed Canceled Running",
                "Unknown Pending Running Canceled Running Running",
                "Unknown Pending Running Running Running Running",
                "Pending Running Running Running Running Running",
                "Running Running Running Running Running Running",
            ],
            kept);
        Assert.All(all, s => Assert.Equal(Samples.Job(status: s).IsOver, (long)Run($"SELECT NOT status {JobRow.IsOpen["status".Length..]} FROM (SELECT {(int)s} AS status)")! == 1));
    }

    [Fact]
    public void The_one_that_came_stays_and_one_that_went_is_gone()
    {
        using SqliteStateStore store = Open(new SqliteStoreOptions { KeptJobs = 2 });
        JobRecord first = store.AddJob(Job(5, JobStatus.Running));
        store.AddJob(Job(6, JobStatus.Running));
        JobRecord old = store.AddJob(Job(0, JobStatus.Completed));

        Assert.Equal(["6", "0"], store.FindJobs(new JobQuery()).Select(j => j.Runbook));
        Assert.Null(store.UpdateJob(first, j => j));
        Assert.NotNull(store.UpdateJob(old, j => j));
    }

    [Fact]
    public async Task Many_who_add_at_once_keep_no_more()
    {
        const int Kept = 200;
        SqliteStateStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => Open(new SqliteStoreOptions { KeptJobs = Kept }))];
        await Task.WhenAll(Enumerable.Range(0, 16).Select(n => Task.Run(() =>
        {
            for (int i = 0; i < 40; i++)
            {
                stores[n % stores.Length].AddJob(Job(i, JobStatus.Completed));
            }
        })));

        Assert.InRange(stores[0].FindJobs(new JobQuery()).Count, Kept - 2, Kept);
        Array.ForEach(stores, s => s.Dispose());
    }

    [Fact]
    public void A_bound_that_was_larger_before_holds_from_the_next_time_on()
    {
        using (SqliteStateStore store = Open())
        {
            for (int i = 0; i < 50; i++)
            {
                store.AddJob(Job(i, JobStatus.Completed));
            }

            Assert.Equal(50, store.FindJobs(new JobQuery()).Count);
        }

        using SqliteStateStore smaller = Open(new SqliteStoreOptions { KeptJobs = 10 });
        smaller.AddJob(Job(50, JobStatus.Completed));
        Assert.Equal(["50", "49"], smaller.FindJobs(new JobQuery()).Take(2).Select(j => j.Runbook));
        Assert.Equal(10, smaller.FindJobs(new JobQuery()).Count);
    }

    [Fact]
    public void What_did_not_change_is_not_written()
    {
        using SqliteStateStore store = Open();
        JobRecord job = store.AddJob(Samples.FullJob());
        Run("CREATE TABLE written (key); CREATE TRIGGER t AFTER UPDATE ON job BEGIN INSERT INTO written VALUES (new.key); END");

        store.UpdateJob(job, j => j);
        store.UpdateJob(job, _ => Samples.FullJob());
        Assert.Equal(0L, Run("SELECT count(*) FROM written"));

        store.UpdateJob(job, j => j with { Status = JobStatus.Failed });
        store.UpdateJob(job, j => j with { Outputs = [.. j.Outputs.Skip(1)] });
        store.UpdateJob(job, j => j with { Parameters = [Samples.Pair("Größe", "another"), .. j.Parameters.Skip(1)] });
        Assert.Equal(3L, Run("SELECT count(*) FROM written"));
    }

    [Fact]
    public void Creators_are_few_and_not_of_long_ago()
    {
        using SqliteStateStore store = Open();
        store.AddJob(Job(0, JobStatus.Completed) with { CreatedBy = "long ago" });
        for (int i = 1; i <= 20; i++)
        {
            store.AddJob(Job(i, JobStatus.Completed) with { CreatedBy = $"creator {i}" });
        }

        Assert.Equal(Enumerable.Range(11, 10).Reverse().Select(i => $"creator {i}"), store.GetJobCreators(1, null));
        Run("DELETE FROM job WHERE key > 1");
        Assert.Equal(["long ago"], store.GetJobCreators(1, null));
        for (int i = 1; i <= 1_000; i++)
        {
            store.AddJob(Job(i, JobStatus.Completed) with { CreatedBy = "always the same" });
        }

        Assert.Equal(["always the same"], store.GetJobCreators(1, null));
    }

    [Fact]
    public void No_search_reads_what_it_could_skip()
    {
        Open().Dispose();
        NamePattern[] P(params string[] texts) => [.. texts.Select(NamePattern.Parse)];
        (string Expected, bool Sorts, JobQuery Query)[] queries =
        [
            ("SCAN USING INDEX job_time", false, new JobQuery { Last = 10 }),
            ("SEARCH USING INDEX job_time (request_time>?)", false, new JobQuery { Since = Start }),
            ("SCAN USING INDEX job_time", false, new JobQuery { Runbooks = P("a*", "b"), Connectors = P("c", "d*"), Statuses = [JobStatus.Completed] }),
            ("SCAN USING INDEX job_time", false, new JobQuery { Statuses = [JobStatus.Completed, JobStatus.Running] }),
            ("SCAN USING INDEX job_open", false, new JobQuery { Statuses = [JobStatus.Unknown, JobStatus.Pending, JobStatus.Running] }),
            ("SEARCH USING INDEX job_open (request_time>?)", false, new JobQuery { Statuses = [JobStatus.Running], Since = Start }),
            ("SEARCH USING INDEX job_name (runbook_key=?)", false, new JobQuery { Runbooks = P("a") }),
            ("SEARCH USING INDEX job_name (runbook_key=? AND request_time>?)", true, new JobQuery { Runbooks = P("a", "b"), Since = Start }),
            ("SEARCH USING INDEX job_runbook (runbook_id=?)", false, new JobQuery { RunbookIds = [Samples.Id(1)], Runbooks = P("a") }),
            ("SEARCH USING INDEX job_id (job_id=?)", true, new JobQuery { Ids = [Samples.Id(1), Samples.Id(2)], Statuses = [JobStatus.Running] }),
        ];
        using SqliteConnection connection = Connect();
        foreach ((string expected, bool sorts, JobQuery query) in queries)
        {
            string[] plan = [.. Plan(connection, new JobQueryBuilder(query, [1]).Sql).Select(p => p.Replace("TABLE job AS j ", "", StringComparison.Ordinal).Replace(" j ", " ", StringComparison.Ordinal))];
            Assert.Equal(expected, plan[0]);
            Assert.Equal(sorts, plan.Any(p => p.Contains("TEMP B-TREE", StringComparison.Ordinal)));
        }
    }

    private static JobRecord Job(int number, JobStatus status) => Samples.Job($"{number}", status) with { RequestTime = Start.AddMinutes(number) };

    private static IEnumerable<string> Statuses(SqliteStateStore store) => store.FindJobs(new JobQuery()).Select(j => j.Status.ToString()).Reverse();
}
