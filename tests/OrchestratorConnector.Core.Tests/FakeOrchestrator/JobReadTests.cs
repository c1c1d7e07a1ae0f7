using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json;
using System.Threading.Tasks;
using System.Xml.Linq;
using FakeOrchestrator;
using Xunit;
using static OrchestratorConnector.Core.Tests.StandIns.StandIn;

namespace OrchestratorConnector.Core.Tests.StandIns;

/// <summary>What the Atom service tells of jobs, instances and activities (facts A.2, A.4, A.6).</summary>
public sealed class JobReadTests
{
    [Fact]
    public async Task Navigation_leads_from_the_runbook_to_the_data_and_back()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Guid job = await server.AnyAsync();
        Guid instance = IdOf(Entries(await server.Server.AtomAsync($"Jobs(guid'{job}')/Instances")).Single());
        Guid step = IdOf(Entries(await server.Server.AtomAsync($"RunbookInstances(guid'{instance}')/ActivityInstances"))[0]);
        Guid datum = IdOf(Entries(await server.Server.AtomAsync($"ActivityInstances(guid'{step}')/Data"))[0]);
        XElement parameter = Entries(await server.Server.AtomAsync($"RunbookInstances(guid'{instance}')/Parameters?$filter=Name eq 'Result'")).Single();
        XElement activity = await server.Server.AtomAsync($"ActivityInstances(guid'{step}')/Activity");
        string server1 = server.Server.Server.Model.Servers[0].Id.ToString();

        Assert.Equal([job], Ids(await server.Server.AtomAsync($"Runbooks(guid'{server.Runbook.Id}')/Jobs")));
        Assert.Equal([instance], Ids(await server.Server.AtomAsync($"Runbooks(guid'{server.Runbook.Id}')/Instances")));
        Assert.Equal(SourceActivity.Of(server.Runbook).Select(known => known.Id).Order(KeyOrder.Comparer), Ids(await server.Server.AtomAsync($"Runbooks(guid'{server.Runbook.Id}')/Activities")));
        Assert.Equal([job], Ids(await server.Server.AtomAsync($"RunbookServers(guid'{server1}')/Jobs")));
        Assert.Equal([instance], Ids(await server.Server.AtomAsync($"RunbookServers(guid'{server1}')/Instances")));
        Assert.Equal("Reset", Property(await server.Server.AtomAsync($"Jobs(guid'{job}')/Runbook"), "Name")!.Value);
        Assert.Equal(job, IdOf(await server.Server.AtomAsync($"RunbookInstances(guid'{instance}')/Job")));
        Assert.Equal("RBS01", Property(await server.Server.AtomAsync($"RunbookInstances(guid'{instance}')/RunbookServer"), "Name")!.Value);
        Assert.Equal("Reset", Property(await server.Server.AtomAsync($"RunbookInstances(guid'{instance}')/Runbook"), "Name")!.Value);
        Assert.Equal(instance, IdOf(await server.Server.AtomAsync($"RunbookInstanceParameters(guid'{IdOf(parameter)}')/RunbookInstance")));
        Assert.Equal("Result", Property(await server.Server.AtomAsync($"RunbookInstanceParameters(guid'{IdOf(parameter)}')/RunbookParameter"), "Name")!.Value);
        Assert.Equal([IdOf(parameter)], Ids(await server.Server.AtomAsync($"RunbookParameters(guid'{Property(parameter, "RunbookParameterId")!.Value}')/Instances")));
        Assert.Equal(instance, IdOf(await server.Server.AtomAsync($"ActivityInstances(guid'{step}')/RunbookInstance")));
        Assert.Equal([step], Ids(await server.Server.AtomAsync($"Activities(guid'{IdOf(activity)}')/Instances")));
        Assert.Equal("Reset", Property(await server.Server.AtomAsync($"Activities(guid'{IdOf(activity)}')/Runbook"), "Name")!.Value);
        Assert.Equal(step, IdOf(await server.Server.AtomAsync($"ActivityInstanceData(guid'{datum}')/ActivityInstance")));
        Assert.Equal("1", await server.Server.AtomTextAsync($"Jobs(guid'{job}')/Instances/$count"));
        Assert.Equal((404, "Resource not found for the segment 'Jobs'."), await server.Server.RefusalAsync($"Jobs(guid'{Guid.NewGuid()}')"));
        Assert.Equal(404, (await server.Server.RefusalAsync($"Activities(guid'{Guid.NewGuid()}')")).Status);
    }

    [Fact]
    public async Task A_pending_job_has_no_instance_and_no_server()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: new JobScript { PendingPolls = 9 });
        Guid job = await server.AnyAsync();
        Assert.Equal(["title", "id", "updated", "author", "link"], (await server.Server.AtomAsync($"Jobs(guid'{job}')/Instances")).Elements().Select(element => element.Name.LocalName));
        Assert.Equal(404, (await server.Server.RefusalAsync($"Jobs(guid'{job}')/RunbookServer")).Status);
    }

    [Fact]
    public async Task Instances_have_no_etag_and_their_properties_stand_in_declared_order()
    {
        await using JobStandIn server = await JobStandIn.StartAsync(script: JobScript.Never);
        Guid job = await server.AnyAsync();
        XElement instance = (await server.InstancesAsync(job)).Single();
        Assert.Null(instance.Attribute(Meta + "etag"));
        Assert.NotNull(instance.Element(Atom + "published"));
        Assert.Equal(
            "Id,RunbookId,JobId,RunbookServerId,Status,CreationTime,CompletionTime",
            string.Join(',', instance.Descendants(Meta + "properties").Elements().Select(element => element.Name.LocalName)));
        Assert.Equal("Edm.DateTime true", string.Join(' ', Property(instance, "CompletionTime")!.Attributes().Select(attribute => attribute.Value)));
        XElement parameter = Entries(await server.Server.AtomAsync($"RunbookInstances(guid'{IdOf(instance)}')/Parameters"))[0];
        Assert.Null(parameter.Element(Atom + "published"));
        Assert.Equal(Property(parameter, "Name")!.Value, parameter.Element(Atom + "title")!.Value);
        Assert.Equal("Edm.Int32 true", string.Join(' ', Property(parameter, "GroupId")!.Attributes().Select(attribute => attribute.Value)));
    }

    [Fact]
    public async Task Jobs_come_in_pages_in_the_order_of_their_keys()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        var jobs = Enumerable.Range(0, 130).Select(_ => server.Jobs.Add(server.Runbook).Id).Order(KeyOrder.Comparer).ToList();
        var served = new List<Guid>();
        string? next = $"Runbooks(guid'{server.Runbook.Id}')/Jobs?$inlinecount=allpages";
        while (next is not null)
        {
            XElement page = await server.Server.AtomAsync(next);
            Assert.Equal("130", page.Element(Meta + "count")!.Value);
            Assert.InRange(Entries(page).Count, 1, 50);
            served.AddRange(Entries(page).Select(IdOf));
            next = NextLink(page);
        }

        Assert.Equal(jobs, served);
        Assert.Equal(jobs[60..70], Ids(await server.Server.AtomAsync("Jobs?$skip=60&$top=10")));
        Assert.Equal("130", await server.Server.AtomTextAsync("RunbookInstances/$count"));
    }

    /// <summary>What an index finds must be what a look at every row finds: "not (… ne …)" is answered by no index.</summary>
    [Theory]
    [InlineData("Jobs", "RunbookId")]
    [InlineData("Jobs", "Id")]
    [InlineData("RunbookInstances", "JobId")]
    [InlineData("RunbookInstances", "RunbookId")]
    [InlineData("RunbookInstances", "Id")]
    [InlineData("RunbookInstanceParameters", "RunbookInstanceId")]
    [InlineData("RunbookInstanceParameters", "Id")]
    [InlineData("ActivityInstances", "RunbookInstanceId")]
    [InlineData("ActivityInstances", "Id")]
    [InlineData("ActivityInstanceData", "ActivityInstanceId")]
    [InlineData("ActivityInstanceData", "Id")]
    [InlineData("Activities", "RunbookId")]
    [InlineData("Activities", "Id")]
    public async Task A_filter_by_key_finds_by_index_what_is_there(string set, string property)
    {
        SourceModel model = SourceModel.Generate(12);
        await using StandIn server = await StandIn.StartAsync(model, options => options.PageSize = 1000);
        foreach (SourceRunbook runbook in model.Runbooks)
        {
            _ = server.Server.Jobs.Add(runbook);
            _ = server.Server.Jobs.Add(runbook, script: JobScript.Warns);
        }

        XElement all = await server.AtomAsync(set);
        string[] keys = [.. Entries(all).Select(entry => Property(entry, property)!.Value).Distinct().Order(StringComparer.Ordinal).Take(5)];
        Assert.Equal(5, keys.Length);
        foreach (string key in keys)
        {
            Guid[] slow = Ids(await server.AtomAsync($"{set}?$filter=not ({property} ne guid'{key}')"));
            Assert.NotEmpty(slow);
            Assert.Equal(slow, Ids(await server.AtomAsync($"{set}?$filter={property} eq guid'{key}'")));
            Assert.Equal(slow, Ids(await server.AtomAsync($"{set}?$filter=guid'{key}' eq {property} and Id ne guid'{Guid.Empty}'")));
        }

        string either = string.Join(" or ", keys.Select(key => $"{property} eq guid'{key}'"));
        string neither = string.Join(" or ", keys.Select(key => $"not ({property} ne guid'{key}')"));
        Assert.Equal(Ids(await server.AtomAsync($"{set}?$filter={neither}")), Ids(await server.AtomAsync($"{set}?$filter={either}")));
        Assert.Empty(Ids(await server.AtomAsync($"{set}?$filter={property} eq guid'{Guid.NewGuid()}'")));
    }

    [Fact]
    public async Task Filters_by_state_find_what_is_under_way()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Guid done = server.Jobs.Add(server.Runbook).Id;
        Guid running = server.Jobs.Add(server.Runbook, script: JobScript.Never).Id;
        Guid pending = server.Jobs.Add(server.Runbook, script: new JobScript { PendingPolls = 99 }).Id;
        Guid first = server.Server.Server.Model.Servers[0].Id;
        Assert.Equal([running], Ids(await server.Server.AtomAsync($"Jobs()?$filter=Status eq 'running'&$select=Id,RunbookId,LastModifiedTime,Status")));
        Assert.Equal(new[] { running, pending }.Order(KeyOrder.Comparer), Ids(await server.Server.AtomAsync("Jobs?$filter=Status eq 'Running' or Status eq 'Pending'")));
        Assert.Equal([running], Ids(await server.Server.AtomAsync($"Jobs?$filter=RunbookServerId eq guid'{first}' and (Status eq 'Running' or Status eq 'Pending')")));
        Assert.Equal([done], Ids(await server.Server.AtomAsync("Jobs?$filter=Status eq 'Completed'")));
        Assert.Equal([running], Entries(await server.Server.AtomAsync("RunbookInstances?$filter=Status eq 'InProgress'")).Select(entry => Guid.Parse(Property(entry, "JobId")!.Value)));
        Assert.Single(Ids(await server.Server.AtomAsync($"RunbookInstances?$filter=JobId eq guid'{running}' and Status eq 'InProgress'")));
    }

    [Fact]
    public async Task Activities_follow_from_the_runbook_and_are_listed_in_the_order_of_the_keys()
    {
        SourceModel model = SourceModel.Generate(40);
        await using StandIn server = await StandIn.StartAsync(model, options => options.PageSize = 1000);
        XElement[] entries = [.. Entries(await server.AtomAsync("Activities"))];
        Assert.Equal(entries.Select(IdOf).Order(KeyOrder.Comparer), entries.Select(IdOf));
        Assert.Equal(entries.Length, entries.Select(IdOf).Distinct().Count());
        Assert.Equal(40, entries.Select(entry => Property(entry, "RunbookId")!.Value).Distinct().Count());
        Assert.Equal(
            "Id,RunbookId,Name,TypeName,Description,CreationTime,CreatedBy,LastModifiedTime,LastModifiedBy,Enabled,PositionX,PositionY",
            string.Join(',', entries[0].Descendants(Meta + "properties").Elements().Select(element => element.Name.LocalName)));
        Assert.Contains(entries, entry => int.Parse(Property(entry, "PositionX")!.Value, null) < 0);
        Assert.All(model.Runbooks, runbook => Assert.Equal(runbook.IsMonitor ? "Monitor Date/Time" : "Initialize Data", SourceActivity.Of(runbook)[0].Name));
        Assert.All(model.Runbooks, runbook => Assert.InRange(SourceActivity.Of(runbook).Count, 3, 5));
    }

    [Fact]
    public async Task Pages_of_the_source_are_rendered_once_whatever_jobs_do_and_pages_of_jobs_never_twice()
    {
        var clock = new ManualClock();
        await using JobStandIn server = await JobStandIn.StartAsync(options => options.Clock = clock, new JobScript { PendingPolls = 1, RunningPolls = 1 });
        string[] kept = ["Folders", "Runbooks", "Runbooks?$expand=Parameters", "RunbookParameters", "RunbookServers", "Activities", $"Runbooks(guid'{server.Runbook.Id}')/Parameters"];
        Guid job = await server.AnyAsync();
        string[] live = ["Jobs", "RunbookInstances", $"Jobs?$filter=RunbookId eq guid'{server.Runbook.Id}'", $"Runbooks(guid'{server.Runbook.Id}')/Jobs", "Runbooks?$expand=Jobs", $"Jobs(guid'{job}')/Statistics"];
        Dictionary<string, string> before = await TextsAsync(server, [.. kept, .. live]);
        for (int i = 0; i < 3; i++)
        {
            // A feed says when it was put together: by that a page that was kept is told from one that is new.
            clock.Move(10);
            _ = await server.AnyAsync();
            Dictionary<string, string> after = await TextsAsync(server, [.. kept, .. live]);
            Assert.All(kept, address => Assert.Equal(before[address], after[address]));
            Assert.All(live, address => Assert.NotEqual(before[address], after[address]));
            before = after;
        }

        server.Server.Server.Model.RenameRunbook(server.Runbook.Id, "Renamed");
        Assert.NotEqual(before["Runbooks"], await server.Server.AtomTextAsync("Runbooks"));
    }

    [Fact]
    public async Task Verbose_JSON_tells_the_same()
    {
        await using JobStandIn server = await JobStandIn.StartAsync();
        Guid job = await server.AnyAsync();
        using HttpResponseMessage response = await server.Server.SendAsync(server.Server.AtomAddress($"Jobs(guid'{job}')?$expand=Instances"), ("Accept", "application/json"));
        using JsonDocument document = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        JsonElement d = document.RootElement.GetProperty("d");
        Assert.Equal("Completed", d.GetProperty("Status").GetString());
        Assert.Equal("success", d.GetProperty("Instances").GetProperty("results")[0].GetProperty("Status").GetString());
        Assert.Equal(JsonValueKind.Null, d.GetProperty("ParentIsWaiting").ValueKind);
        using HttpResponseMessage steps = await server.Server.SendAsync(server.Server.AtomAddress("ActivityInstances?$top=1"), ("Accept", "application/json"));
        using JsonDocument list = JsonDocument.Parse(await steps.Content.ReadAsStringAsync());
        Assert.Equal(JsonValueKind.Number, list.RootElement.GetProperty("d").GetProperty("results")[0].GetProperty("SequenceNumber").ValueKind);
    }

    [Fact]
    public async Task Ten_thousand_jobs_are_found_one_by_one()
    {
        SourceModel model = SourceModel.Generate(500);
        await using StandIn server = await StandIn.StartAsync(model);
        SourceJob[] jobs = [.. Enumerable.Range(0, 10_000).Select(i => server.Server.Jobs.Add(model.Runbooks[i % 500]))];
        Assert.Equal(10_000, server.Server.Jobs.All.Count);
        for (int i = 0; i < jobs.Length; i += 500)
        {
            Assert.Equal("Completed", Property(await server.AtomAsync($"Jobs(guid'{jobs[i].Id}')"), "Status")!.Value);
            Guid instance = IdOf(Entries(await server.AtomAsync($"RunbookInstances?$filter=JobId eq guid'{jobs[i].Id}'")).Single());
            Assert.Equal(4, Entries(await server.AtomAsync($"RunbookInstanceParameters?$filter=RunbookInstanceId eq guid'{instance}'")).Count);
            Assert.Equal("20", await server.AtomTextAsync($"Runbooks(guid'{jobs[i].RunbookId}')/Jobs/$count"));
        }
    }

    private static Guid[] Ids(XElement feed)
    {
        return [.. Entries(feed).Select(IdOf)];
    }

    private static async Task<Dictionary<string, string>> TextsAsync(JobStandIn server, string[] addresses)
    {
        var texts = new Dictionary<string, string>();
        foreach (string address in addresses)
        {
            texts[address] = await server.Server.AtomTextAsync(address);
        }

        return texts;
    }
}
