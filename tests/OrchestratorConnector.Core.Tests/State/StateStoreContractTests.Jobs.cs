using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

public abstract partial class StateStoreContractTests
{
    public static TheoryData<JobStatus> JobStatuses => [.. Enum.GetValues<JobStatus>()];

    [Fact]
    public void A_job_comes_back_as_it_went_in()
    {
        JobRecord full = Store.AddJob(Samples.FullJob());
        JobRecord bare = Store.AddJob(new JobRecord { ConnectorId = 0, Connector = "", RunbookId = default, Runbook = "", RunbookPath = "" });
        using IStateStore again = OpenAs(_there);
        IReadOnlyList<JobRecord> read = again.FindJobs(new JobQuery());

        Assert.True(full.Key > 0);
        Assert.True(bare.Key > full.Key);
        Assert.Equal(Samples.Text(Samples.FullJob() with { Key = full.Key }), Samples.Text(full));
        Assert.Equal(Clock.Now, bare.RequestTime);
        Assert.Equal([Samples.Text(bare), Samples.Text(full)], read.Select(Samples.Text));
        Assert.Equal(DateTimeKind.Utc, read[1].RequestTime.Kind);
        Assert.Contains(Samples.Pair("Password", "********"), read[1].Parameters);
    }

    [Fact]
    public void Jobs_come_newest_first()
    {
        JobRecord Added(string name, int minute) => Store.AddJob(Samples.Job(name) with { RequestTime = Clock.Now.AddMinutes(minute) });
        Added("b", 1);
        Added("d", 2);
        Added("a", 0);
        Added("c", 1);

        Assert.Equal(["d", "c", "b", "a"], Jobs(new JobQuery()));
        Assert.Equal(["d", "c"], Jobs(new JobQuery { Last = 2 }));
        Assert.Equal(["d", "c", "b"], Jobs(new JobQuery { Since = Clock.Now.AddMinutes(1) }));
        Assert.Equal(["d"], Jobs(new JobQuery { Since = Clock.Now.AddMinutes(1).AddTicks(1) }));
        Assert.Equal(["d"], Jobs(new JobQuery { Since = Clock.Now.AddMinutes(1), Last = 1 }));
        Assert.Equal(["c", "b"], Jobs(new JobQuery { Runbooks = [NamePattern.Parse("[bc]")], Last = 2 }));
        Assert.Equal(["d", "b"], Jobs(new JobQuery { Runbooks = [NamePattern.Parse("B"), NamePattern.Parse("D")], Last = 9 }));
        Assert.Empty(Jobs(new JobQuery { Last = 0 }));
        Assert.Empty(Jobs(new JobQuery { Since = DateTime.MaxValue }));
        Assert.Equal(4, Jobs(new JobQuery { Since = DateTime.MinValue, Last = int.MaxValue }).Length);
    }

    [Theory]
    [InlineData("restart *", "Restart web,restart db")]
    [InlineData("RESTART WEB", "Restart web")]
    [InlineData("*e*", "Restart web,restart db,Größe,a*e")]
    [InlineData("GRÖßE", "Größe")]
    [InlineData("größ?", "Größe")]
    [InlineData("a`*e", "a*e")]
    [InlineData("*", "Restart web,restart db,Größe,a*e,100%_")]
    [InlineData("100%_", "100%_")]
    [InlineData("nothing*", "")]
    [InlineData("nothing", "")]
    public void Jobs_are_found_by_their_runbooks_name(string pattern, string expected)
    {
        foreach (string name in new[] { "Restart web", "restart db", "Größe", "a*e", "100%_" })
        {
            Store.AddJob(Samples.Job(name));
        }

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Reverse(), Jobs(new JobQuery { Runbooks = [NamePattern.Parse(pattern)] }));
    }

    [Fact]
    public void A_star_that_is_meant_is_a_name_like_any_other()
    {
        Store.AddJob(Samples.Job("*"));
        Store.AddJob(Samples.Job("a"));
        Assert.Equal(["*"], Jobs(new JobQuery { Runbooks = [NamePattern.Exactly("*")] }));
    }

    [Theory]
    [MemberData(nameof(JobStatuses))]
    public void Jobs_are_found_by_status(JobStatus status)
    {
        foreach (JobStatus each in Enum.GetValues<JobStatus>())
        {
            Store.AddJob(Samples.Job(each.ToString(), each));
        }

        Assert.Equal([status.ToString()], Jobs(new JobQuery { Statuses = [status] }));
        Assert.Equal(
            Enum.GetNames<JobStatus>().Reverse().Where(n => n == nameof(JobStatus.Running) || n == status.ToString()),
            Jobs(new JobQuery { Statuses = [JobStatus.Running, status] }));
    }

    [Fact]
    public void Several_values_are_alternatives_and_several_questions_are_conditions_for_jobs_too()
    {
        JobRecord Of(string runbook, int id, string connector, JobStatus status) => Samples.Job(runbook, status) with
        {
            RunbookId = Samples.Id(id),
            Connector = connector,
            JobId = Samples.Id(id + 100),
        };
        Store.AddJob(Of("a", 1, "One", JobStatus.Running));
        Store.AddJob(Of("b", 2, "One", JobStatus.Completed));
        Store.AddJob(Of("c", 3, "Two", JobStatus.Running));
        Store.AddJob(Of("a", 1, "Two", JobStatus.Failed) with { JobId = null });
        NamePattern one = NamePattern.Parse("ONE");

        Assert.Equal(["a", "b", "a"], Jobs(new JobQuery { RunbookIds = [Samples.Id(1), Samples.Id(2), Samples.Id(9)] }));
        Assert.Equal(["a"], Jobs(new JobQuery { RunbookIds = [Samples.Id(1)], Connectors = [one] }));
        Assert.Equal(["b", "a"], Jobs(new JobQuery { Connectors = [one] }));
        Assert.Equal(["a", "c"], Jobs(new JobQuery { Connectors = [NamePattern.Parse("t*")] }));
        Assert.Equal(["a", "c", "b", "a"], Jobs(new JobQuery { Connectors = [NamePattern.Parse("t*"), one] }));
        Assert.Equal(["c", "a"], Jobs(new JobQuery { Ids = [Samples.Id(103), Samples.Id(101), Samples.Id(1)] }));
        Assert.Equal(["c"], Jobs(new JobQuery { Ids = [Samples.Id(103), Samples.Id(101)], Last = 1 }));
        Assert.Empty(Jobs(new JobQuery { Ids = [Samples.Id(103)], Runbooks = [NamePattern.Parse("a")] }));
        Assert.Equal(["a", "a"], Jobs(new JobQuery { Runbooks = [NamePattern.Parse("A")], Statuses = [JobStatus.Failed, JobStatus.Running] }));
        Assert.Equal(["a"], Jobs(new JobQuery { Statuses = [JobStatus.Running], Connectors = [NamePattern.Parse("One")], Since = Clock.Now }));
        Assert.Empty(Jobs(new JobQuery { Connectors = [NamePattern.Parse("nobody")] }));
        Assert.Empty(Jobs(new JobQuery { Ids = [default] }));
    }

    [Fact]
    public void A_renamed_connectors_jobs_are_found_by_both_names()
    {
        Connector connector = Added("Old");
        Store.AddJob(Samples.Job("then") with { ConnectorId = connector.Id, Connector = connector.Name });
        Store.UpdateConnector(connector, c => c with { Name = "New" });
        Store.AddJob(Samples.Job("now") with { ConnectorId = connector.Id, Connector = "New" });
        Store.AddJob(Samples.Job("other") with { ConnectorId = connector.Id + 100, Connector = "Other" });

        Assert.Equal(["now", "then"], Jobs(new JobQuery { Connectors = [NamePattern.Parse("new")] }));
        Assert.Equal(["then"], Jobs(new JobQuery { Connectors = [NamePattern.Parse("old")] }));
        Assert.Equal(["New"], Store.FindJobs(new JobQuery { Runbooks = [NamePattern.Parse("then")] }).Select(j => j.Connector));
        Added("OLD");
        Assert.Empty(Jobs(new JobQuery { Connectors = [NamePattern.Parse("old")] }));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_removed_connectors_jobs_stay(bool keepRunbooks)
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1));
        JobRecord job = Store.AddJob(Samples.FullJob() with { ConnectorId = connector.Id, Connector = "Main" });

        Store.RemoveConnector(connector, keepRunbooks);
        Store.PurgeRemovedConnector("Main");

        Assert.Equal(Samples.Text(job), Samples.Text(Assert.Single(Store.FindJobs(new JobQuery { Connectors = [NamePattern.Parse("main")] }))));
        Assert.Equal(["S-1-5-21-1"], Store.GetJobCreators(connector.Id, "Service"));
        Assert.NotNull(Store.UpdateJob(job, j => j with { Status = JobStatus.Canceled }));
    }

    [Fact]
    public void A_change_of_a_job_sees_what_others_changed_and_keeps_the_key()
    {
        JobRecord mine = Store.AddJob(Samples.Job());
        JobRecord another = Store.AddJob(Samples.Job("another"));
        using IStateStore other = OpenAs(_there);
        other.UpdateJob(mine, j => j with { JobId = Samples.Id(5), Status = JobStatus.Running });

        JobRecord changed = Store.UpdateJob(mine, j => j with { Key = 99, Error = "why", Outputs = [Samples.Pair("a", "b")] })!;

        Assert.Equal((mine.Key, Samples.Id(5), JobStatus.Running, "why"), (changed.Key, changed.JobId, changed.Status, changed.Error));
        Assert.Equal([Samples.Text(another), Samples.Text(changed)], Store.FindJobs(new JobQuery()).Select(Samples.Text));
    }

    [Fact]
    public void Everything_about_a_job_can_change()
    {
        JobRecord job = Store.AddJob(Samples.Job());

        JobRecord changed = Store.UpdateJob(job, _ => Samples.FullJob())!;

        Assert.Equal(Samples.Text(Samples.FullJob() with { Key = job.Key }), Samples.Text(changed));
        Assert.Equal(Samples.Text(changed), Samples.Text(Assert.Single(Store.FindJobs(new JobQuery { Ids = [Samples.FullJob().JobId!.Value] }))));
        Assert.Empty(Jobs(new JobQuery { Runbooks = [NamePattern.Parse("Restart")] }));
        Assert.Empty(Jobs(new JobQuery { Statuses = [JobStatus.Pending] }));
        Assert.Equal(Samples.Text(changed), Samples.Text(Store.UpdateJob(job, j => j)!));
    }

    [Fact]
    public void A_change_of_a_job_that_fails_changes_nothing()
    {
        JobRecord job = Store.AddJob(Samples.Job());
        Assert.Throws<FormatException>(() => Store.UpdateJob(job, _ => throw new FormatException()));
        Assert.Equal(Samples.Text(job), Samples.Text(Assert.Single(Store.FindJobs(new JobQuery()))));
        Assert.Equal("afterwards", Store.UpdateJob(job, j => j with { Error = "afterwards" })!.Error);
    }

    [Fact]
    public void A_job_that_is_gone_is_not_changed()
    {
        JobRecord job = Store.AddJob(Samples.Job());
        Assert.Null(Store.UpdateJob(job with { Key = job.Key + 1 }, _ => throw new InvalidOperationException("There is nothing to change.")));
        Assert.Null(Store.UpdateJob(Samples.Job(), j => j));
        Assert.Single(Store.FindJobs(new JobQuery()));
    }

    [Fact]
    public void Creators_are_told_by_connector_and_account_the_newest_first()
    {
        void Add(long connector, string? account, string? creator, int minute) => Store.AddJob(Samples.Job() with
        {
            ConnectorId = connector,
            RunAsAccount = account,
            CreatedBy = creator,
            RequestTime = Clock.Now.AddMinutes(minute),
        });
        Add(1, null, "current", 1);
        Add(1, "Service", "first", 2);
        Add(1, "SERVICE", "second", 4);
        Add(1, "Service", "first", 3);
        Add(1, "Service", null, 5);
        Add(2, "Service", "of another connector", 6);

        Assert.Equal(["second", "first"], Store.GetJobCreators(1, "service"));
        Assert.Equal(["current"], Store.GetJobCreators(1, null));
        Assert.Empty(Store.GetJobCreators(1, "nobody"));
        Assert.Empty(Store.GetJobCreators(3, null));
    }

    [Fact]
    public async Task Many_add_and_change_jobs_at_once()
    {
        const int Adders = 16;
        const int Each = 20;
        JobRecord counter = Store.AddJob(Samples.Job("counter") with { Error = "0" });
        IStateStore[] stores = [.. Enumerable.Range(0, 4).Select(_ => OpenAs(_there))];
        try
        {
            await Task.WhenAll(Enumerable.Range(0, Adders).Select(n => Task.Run(() =>
            {
                IStateStore store = stores[n % stores.Length];
                for (int i = 0; i < Each; i++)
                {
                    JobRecord job = store.AddJob(Samples.Job($"{n}") with { Parameters = [Samples.Pair("i", $"{i}")] });
                    Assert.NotNull(store.UpdateJob(job, j => j with { Status = JobStatus.Completed, Outputs = j.Parameters }));
                    store.UpdateJob(counter, j => j with { Error = $"{int.Parse(j.Error!, CultureInfo.InvariantCulture) + 1}" });
                }
            })));
        }
        finally
        {
            Array.ForEach(stores, s => s.Dispose());
        }

        IReadOnlyList<JobRecord> jobs = Store.FindJobs(new JobQuery { Statuses = [JobStatus.Completed] });
        Assert.Equal(Adders * Each, jobs.Select(j => j.Key).Distinct().Count());
        Assert.All(jobs.GroupBy(j => j.Runbook), g => Assert.Equal(Each, g.Select(j => j.Outputs.Single().Value).Distinct().Count()));
        Assert.Equal($"{Adders * Each}", Assert.Single(Store.FindJobs(new JobQuery { Runbooks = [NamePattern.Parse("counter")] })).Error);
    }

    private string[] Jobs(JobQuery query) => [.. Store.FindJobs(query).Select(j => j.Runbook)];
}
