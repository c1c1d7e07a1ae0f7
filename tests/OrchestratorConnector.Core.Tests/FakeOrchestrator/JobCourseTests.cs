using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;
using static OrchestratorConnector.Core.Tests.StandIns.StandIn;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>How jobs go, by their scripts (facts A.9).</summary>
public sealed class JobCourseTests
{
    [Fact]
    public async Task By_default_the_first_look_shows_the_job_done_and_its_input_echoed()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Guid job = await server.AnyAsync();
        XElement entry = await server.JobAsync(job);
        Assert.Equal("Completed", Property(entry, "Status")!.Value);
        Assert.NotEqual(Property(entry, "CreationTime")!.Value, Property(entry, "LastModifiedTime")!.Value);
        Assert.Contains(server.Server.Server.Model.Servers, known => known.Id.ToString() == Property(entry, "RunbookServerId")!.Value);
        XElement instance = Assert.Single(await server.InstancesAsync(job));
        Assert.Equal("success", Property(instance, "Status")!.Value);
        Assert.Equal(new() { ["Computer"] = "PC1", ["User"] = "anna" }, await server.ValuesAsync(job, "In"));

        // Result stands where Computer does; user is found by its name.
        Assert.Equal(new() { ["Result"] = "PC1", ["user"] = "anna" }, await server.ValuesAsync(job, "Out"));
    }

    [Fact]
    public async Task States_are_passed_by_reads_of_the_job_and_by_nothing_else()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: new JobScript { PendingPolls = 2, RunningPolls = 2 });
        Guid job = await server.AnyAsync();
        var seen = new List<(string Job, string Instances)>();
        for (int i = 0; i < 6; i++)
        {
            string status = await server.StatusAsync(job);
            string[] instances = [.. (await server.InstancesAsync(job)).Select(instance => Property(instance, "Status")!.Value)];
            Assert.Equal(instances, (await server.InstancesAsync(job)).Select(instance => Property(instance, "Status")!.Value));
            Assert.Equal(status, server.Jobs.Find(job)!.Status);
            seen.Add((status, string.Join(',', instances)));
        }

        Assert.Equal([("Pending", ""), ("Pending", ""), ("Running", "InProgress"), ("Running", "InProgress"), ("Completed", "success"), ("Completed", "success")], seen);
    }

    [Fact]
    public async Task A_page_of_a_list_is_a_read_and_an_expanded_instance_fits_the_job()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: new JobScript { PendingPolls = 1, RunningPolls = 1 });
        Guid job = await server.AnyAsync();
        _ = await server.AnyAsync();
        string[] addresses = [$"Jobs?$filter=Id eq guid'{job}'&$expand=Instances", $"Jobs?$expand=Instances&$filter=RunbookId eq guid'{server.Runbook.Id}'", $"Jobs(guid'{job}')?$expand=Instances"];
        var seen = new List<string>();
        foreach (string address in addresses)
        {
            XElement answer = await server.Server.AtomAsync(address);
            XElement entry = answer.DescendantsAndSelf(Atom + "entry").First(entry => IdOf(entry) == job);
            IEnumerable<string> instances = entry.Descendants(Meta + "inline").Descendants(Meta + "properties").Select(properties => properties.Element(Data + "Status")!.Value);
            seen.Add($"{Property(entry, "Status")!.Value} {string.Join(',', instances)}");
        }

        Assert.Equal(["Pending ", "Running InProgress", "Completed success"], seen);
    }

    [Fact]
    public async Task States_are_passed_by_time_and_bear_the_time_at_which_they_were()
    {
        var clock = new ManualClock();
        DateTime start = clock.Utc;
        await using JobStandIn server = await JobStandIn.StartAsync(
            options => options.Clock = clock,
            new JobScript { PendingTime = TimeSpan.FromSeconds(2), RunningTime = TimeSpan.FromSeconds(3) });
        Guid job = await server.AnyAsync();
        Assert.Equal("Pending", await server.StatusAsync(job));
        clock.Move(1.9);
        Assert.Equal("Pending", await server.StatusAsync(job));
        clock.Move(0.1);
        Assert.Equal("Running", await server.StatusAsync(job));
        clock.Move(2.5);
        Assert.Equal("InProgress", Property(Assert.Single(await server.InstancesAsync(job)), "Status")!.Value);
        clock.Move(60);
        SourceInstance instance = Assert.Single(server.Jobs.InstancesOf(job));
        Assert.Equal((start.AddSeconds(2), start.AddSeconds(5)), (instance.CreationTime, instance.CompletionTime));
        Assert.Equal(("Completed", start.AddSeconds(5)), (server.Jobs.Find(job)!.Status, server.Jobs.Find(job)!.LastModifiedTime));
    }

    [Fact]
    public async Task Where_reads_and_time_are_set_both_must_have_passed()
    {
        var clock = new ManualClock();
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Clock = clock, new JobScript { PendingPolls = 1, RunningTime = TimeSpan.FromSeconds(3) });
        Guid job = await server.AnyAsync();
        clock.Move(10);
        Assert.Equal("Pending", await server.StatusAsync(job));
        Assert.Equal("Running", await server.StatusAsync(job));
        Assert.Equal("Running", await server.StatusAsync(job));
        clock.Move(3);
        Assert.Equal("Completed", await server.StatusAsync(job));
    }

    [Theory]
    [InlineData(JobEnd.Warning, "warning", "Completed")]
    [InlineData(JobEnd.Failure, "failed", "Completed")]
    public async Task A_bad_end_is_the_instances_and_not_the_jobs(JobEnd end, string instance, string job)
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: new JobScript { End = end });
        Guid id = await server.AnyAsync();
        Assert.Equal(job, await server.StatusAsync(id));
        Assert.Equal(instance, Property(Assert.Single(await server.InstancesAsync(id)), "Status")!.Value);
        Assert.Equal(end == JobEnd.Warning ? 2 : 0, (await server.ValuesAsync(id, "Out")).Count);

        server.Quirks.CapitalInstanceStatus = true;
        server.Quirks.OutputsOfFailedInstances = true;
        Guid again = await server.AnyAsync();
        Assert.Equal(instance, Property(Assert.Single(await server.InstancesAsync(again)), "Status")!.Value, ignoreCase: true);
        Assert.True(char.IsUpper(server.Jobs.InstancesOf(again)[0].Status[0]));
        Assert.Equal(2, (await server.ValuesAsync(again, "Out")).Count);
    }

    [Fact]
    public async Task The_job_itself_may_fail()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Succeeds with { JobFails = true });
        Guid job = await server.AnyAsync();
        Assert.Equal("Failed", await server.StatusAsync(job));
        Assert.Equal("failed", Assert.Single(server.Jobs.InstancesOf(job)).Status);
    }

    [Fact]
    public async Task While_it_runs_one_activity_is_under_way_and_at_the_end_none_is()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: new JobScript { RunningPolls = 1 });
        Guid job = await server.AnyAsync();
        Assert.Equal("Running", await server.StatusAsync(job));
        Guid instance = IdOf((await server.InstancesAsync(job)).Single());
        XElement[] running = await StepsAsync(server, instance);
        Assert.Equal("InProgress", Property(running[^1], "Status")!.Value);
        Assert.Equal("true", Property(running[^1], "EndTime")!.Attribute(Meta + "null")!.Value);
        Assert.All(running[..^1], step => Assert.Equal(("success", false), (Property(step, "Status")!.Value, Property(step, "EndTime")!.IsEmpty)));
        Assert.Equal("Edm.Int32", Property(running[0], "SequenceNumber")!.Attribute(Meta + "type")!.Value);

        Assert.Equal("Completed", await server.StatusAsync(job));
        XElement[] done = await StepsAsync(server, instance);
        Assert.All(done, step => Assert.Equal("success", Property(step, "Status")!.Value));
        Assert.Equal(running.Select(IdOf), done.Take(running.Length).Select(IdOf));
        Assert.Equal(SourceActivity.Of(server.Runbook).Select(activity => activity.Id), done.Select(step => Guid.Parse(Property(step, "ActivityId")!.Value)));
        Assert.All(done, step => Assert.NotNull(step.Element(Atom + "published")));
    }

    [Fact]
    public async Task A_failure_names_its_activity_and_says_why()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Quirks.ErrorDataName = "Why", JobScript.Fails("Run .Net Script", "Access & <denied>"));
        Guid job = await server.AnyAsync();
        _ = await server.JobAsync(job);
        XElement[] steps = await StepsAsync(server, IdOf((await server.InstancesAsync(job)).Single()));
        Assert.Equal(["success", "failed"], steps.Select(step => Property(step, "Status")!.Value));
        XElement activity = await server.Server.AtomAsync($"Activities(guid'{Property(steps[^1], "ActivityId")!.Value}')");
        Assert.Equal("Run .Net Script", Property(activity, "Name")!.Value);
        Dictionary<string, string> data = Entries(await server.Server.AtomAsync($"ActivityInstances(guid'{IdOf(steps[^1])}')/Data"))
            .ToDictionary(entry => Property(entry, "Name")!.Value, entry => Property(entry, "Value")!.Value);
        Assert.Equal(new() { ["Activity name"] = "Run .Net Script", ["Activity status"] = "failed", ["Why"] = "Access & <denied>" }, data);
        XElement well = Entries(await server.Server.AtomAsync($"ActivityInstanceData?$filter=ActivityInstanceId eq guid'{IdOf(steps[0])}' and Name eq 'Why'")).Single();
        Assert.Equal("true", Property(well, "Value")!.Attribute(Meta + "null")!.Value);
    }

    [Fact]
    public async Task A_script_that_names_no_activity_of_the_runbook_is_told_so()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Fails("Restart", "no"));
        SourceRunbook runbook = server.Runbook;
        InvalidOperationException wrong = Assert.Throws<InvalidOperationException>(() => server.Jobs.Add(runbook));
        Assert.StartsWith("The runbook '\\Jobs\\Reset' has no activity 'Restart' but Initialize Data, ", wrong.Message, StringComparison.Ordinal);
        server.Server.Server.Model.Edit(runbook.Id, edited => edited.ActivityNames = ["Read", "Restart", "Write"]);
        Guid job = await server.AnyAsync();
        SourceActivityInstance failed = server.Jobs.ActivityInstancesOf(server.Jobs.InstancesOf(job)[0].Id)[^1];
        Assert.Equal(2, failed.SequenceNumber);
        Assert.Equal("Restart", Property(await server.Server.AtomAsync($"Activities(guid'{failed.ActivityId}')"), "Name")!.Value);
        _ = Assert.Throws<ArgumentOutOfRangeException>(() => server.Server.Server.Model.Edit(runbook.Id, edited => edited.ActivityNames = []));
    }

    [Fact]
    public async Task Outputs_are_what_the_script_makes_of_the_inputs()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: new JobScript
        {
            Outputs = (job, inputs) => new Dictionary<string, string> { ["RESULT"] = $"{inputs["computer"]} {job.Status}", ["nowhere"] = "" },
        });
        Assert.Equal(new() { ["Result"] = "PC1 Running", ["user"] = "" }, await server.ValuesAsync(await server.AnyAsync(), "Out"));
    }

    [Fact]
    public async Task The_script_is_chosen_by_the_runbook()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        SourceRunbook other = server.Server.Server.Model.AddRunbook("\\Jobs", "Other");
        server.Jobs.Script = runbook => runbook.Name == "Other" ? JobScript.Never : JobScript.Warns;
        Assert.Equal("Running", server.Jobs.Add(other).Status);
        Assert.Equal("Completed", server.Jobs.Add(server.Runbook).Status);
    }

    [Fact]
    public async Task A_monitors_job_runs_until_it_is_stopped_and_has_one_instance_after_the_other()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        server.Server.Server.Model.Edit(server.Runbook.Id, runbook => runbook.IsMonitor = true);
        Guid job = await server.AnyAsync();
        Assert.Equal(["Running", "Running"], [await server.StatusAsync(job), await server.StatusAsync(job)]);
        Guid second = server.Jobs.NextInstance(job).Id;
        XElement[] instances = [.. (await server.InstancesAsync(job)).OrderBy(entry => IdOf(entry) == second)];
        Assert.Equal(["success", "InProgress"], instances.Select(instance => Property(instance, "Status")!.Value));
        Assert.True(server.Jobs.Cancel(job));
        Assert.Equal("Canceled", await server.StatusAsync(job));
        Assert.Equal(["success", "failed"], server.Jobs.InstancesOf(job).Select(instance => instance.Status));
        Assert.False(server.Jobs.Cancel(job));
        _ = Assert.Throws<InvalidOperationException>(() => server.Jobs.NextInstance(job));
    }

    [Fact]
    public async Task A_job_that_never_ends_is_ended_on_demand()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        Guid first = await server.AnyAsync();
        Guid second = await server.AnyAsync();
        Assert.Equal("Running", await server.StatusAsync(first));
        Assert.Equal("Completed", server.Jobs.Finish(first).Status);
        Assert.Equal("success", server.Jobs.InstancesOf(first)[0].Status);
        _ = server.Jobs.Finish(second, JobScript.Warns with { JobFails = true });
        Assert.Equal("Failed", await server.StatusAsync(second));
        _ = Assert.Throws<InvalidOperationException>(() => server.Jobs.Finish(first));
        _ = Assert.Throws<KeyNotFoundException>(() => server.Jobs.Finish(Guid.NewGuid()));
    }

    [Fact]
    public async Task Jobs_may_have_been_started_elsewhere()
    {
        var clock = new ManualClock();
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Clock = clock);
        DateTime before = clock.Utc.AddHours(-1);
        var inputs = new Dictionary<string, string> { ["user"] = "ben" };
        SourceJob job = server.Jobs.Add(server.Runbook, inputs, "S-1-5-21-1", before, new JobScript { RunningTime = TimeSpan.FromMinutes(5) }, "RBS02", Guid.NewGuid(), true);
        Assert.Equal(("Completed", before, before.AddMinutes(5)), (job.Status, job.CreationTime, job.LastModifiedTime));
        Assert.Equal("S-1-5-21-1", Property(await server.JobAsync(job.Id), "CreatedBy")!.Value);
        Assert.Equal("true", Property(await server.JobAsync(job.Id), "ParentIsWaiting")!.Value);
        Assert.Equal("RBS02", Property(await server.Server.AtomAsync($"Jobs(guid'{job.Id}')/RunbookServer"), "Name")!.Value);
        Assert.Equal(new() { ["Computer"] = "", ["User"] = "ben" }, await server.ValuesAsync(job.Id, "In"));
        Assert.Equal(0, server.Jobs.Started);
        server.Jobs.Clear();
        Assert.Empty(server.Jobs.All);
        Assert.Empty(Entries(await server.Server.AtomAsync("RunbookInstances")));
    }

    [Fact]
    public async Task Many_readers_at_once_pass_the_states_one_by_one()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: new JobScript { PendingPolls = 5, RunningPolls = 7 });
        Guid job = await server.AnyAsync();
        string[] seen = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.StatusAsync(job)));
        Assert.Equal(
            [("Completed", 8), ("Pending", 5), ("Running", 7)],
            seen.CountBy(status => status).OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => (pair.Key, pair.Value)));
    }

    private static async Task<XElement[]> StepsAsync(JobStandIn server, Guid instance)
    {
        XElement feed = await server.Server.AtomAsync($"RunbookInstances(guid'{instance}')/ActivityInstances");
        return [.. Entries(feed).OrderBy(entry => int.Parse(Property(entry, "SequenceNumber")!.Value, null))];
    }
}
