using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>What goes over the wire when a job is started, what is kept of it, and what is refused.</summary>
public sealed class JobStartTests
{
    public static TheoryData<ConnectorProtocol> Protocols => JobLab.Protocols;

    /// <summary>The documented refusals (facts A.11, B.6): text, kind, what the hint tells.</summary>
    public static TheoryData<ConnectorProtocol, int, string, ErrorKind, string?> Refusals
    {
        get
        {
            TheoryData<ConnectorProtocol, int, string, ErrorKind, string?> data = [];
            foreach (ConnectorProtocol protocol in new[] { ConnectorProtocol.Atom, ConnectorProtocol.WebApi })
            {
                data.Add(protocol, 400, "The requested operation requires Publish permissions on the Runbook", ErrorKind.PermissionDenied, "Publish right");
                data.Add(protocol, 403, "The requested operation requires Publish permissions on the Runbook", ErrorKind.PermissionDenied, "Publish right");
                data.Add(protocol, 400, "The runbook 'Reset ' cannot be started because it is checked out.", ErrorKind.InvalidOperation, "Check it in");
                data.Add(protocol, 400, "Required number of parameters not received in the request.", ErrorKind.InvalidArgument, "synchronize the connector");
                data.Add(protocol, 400, "Job parameter not in expected format. <Data><Parameter>...</Parameter></Data>", ErrorKind.InvalidArgument, "synchronize the connector");
                data.Add(protocol, 400, "Specified runbook server name is either empty or does not exist.", ErrorKind.InvalidArgument, null);
                data.Add(protocol, 400, "RunbookId '00000000-0000-0000-0000-000000000001' specified does not exist.", ErrorKind.NotFound, "Synchronize the connector");
                data.Add(protocol, 400, "Cannot retrieve the requesting user's identity.", ErrorKind.InvalidOperation, null);
                data.Add(protocol, 400, "Something that nobody has seen.", ErrorKind.InvalidOperation, null);
            }

            return data;
        }
    }

    [Fact]
    public async Task The_atom_service_gets_an_entry_with_the_ids_of_the_inputs()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.Atom);
        JobOrder order = JobLab.Order(lab.Reset, ("user", "a <b> & 'c' \"d\""), ("COMPUTER", "PC1"));

        await lab.StartAsync(order);

        RecordedRequest post = Assert.Single(lab.Server.Requests);
        Assert.Equal(("POST", "POST", "/Orchestrator2012/Orchestrator.svc/Jobs", 201), (post.Method, post.Verb, post.Target, post.Status));
        Assert.Equal("application/atom+xml", post.Headers["Content-Type"]);
        Assert.Contains("application/atom+xml", post.Headers["Accept"], StringComparison.Ordinal);
        Assert.Equal(("1.0;NetFx", "2.0;NetFx"), (post.Headers["DataServiceVersion"], post.Headers["MaxDataServiceVersion"]));
        Assert.False(post.Headers.ContainsKey("If-Match"));
        Guid[] ids = [.. order.Parameters.Select(p => p.Id)];
        Assert.Equal(
            "<?xml version=\"1.0\" encoding=\"utf-8\" standalone=\"yes\"?><entry xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\""
                + " xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" xmlns=\"http://www.w3.org/2005/Atom\"><content type=\"application/xml\"><m:properties>"
                + $"<d:RunbookId m:type=\"Edm.Guid\">{lab.Reset.Runbook.Id}</d:RunbookId><d:Parameters>&lt;Data&gt;"
                + $"&lt;Parameter&gt;&lt;ID&gt;{{{ids[0]}}}&lt;/ID&gt;&lt;Value&gt;PC1&lt;/Value&gt;&lt;/Parameter&gt;"
                + $"&lt;Parameter&gt;&lt;ID&gt;{{{ids[1]}}}&lt;/ID&gt;&lt;Value&gt;a &amp;lt;b&amp;gt; &amp;amp; 'c' \"d\"&lt;/Value&gt;&lt;/Parameter&gt;"
                + "&lt;/Data&gt;</d:Parameters></m:properties></content></entry>",
            post.Body);
        Assert.Equal(["Computer", "User"], order.Parameters.Select(p => p.Name));
    }

    [Fact]
    public async Task The_web_api_gets_an_object_with_the_names_of_the_inputs()
    {
        await using JobLab lab = await JobLab.StartAsync(ConnectorProtocol.WebApi);

        await lab.StartAsync(JobLab.Order(lab.Reset, ("user", "a \"b\" \\ c")));

        RecordedRequest post = Assert.Single(lab.Server.Requests);
        Assert.Equal(("POST", "/api/Jobs", 201), (post.Verb, post.Target, post.Status));
        Assert.Equal(("application/json", "application/json"), (post.Headers["Content-Type"].Split(';')[0], post.Headers["Accept"]));
        Assert.Equal($$"""{"RunbookId":"{{lab.Reset.Runbook.Id}}","Parameters":[{"Name":"User","Value":"a \"b\" \\ c"}]}""", post.Body);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_runbook_without_inputs_is_started_by_its_id(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);

        JobRecord job = await lab.StartAsync(JobLab.Order(lab.Plain, Array.Empty<GivenValue>()));

        Assert.Equal(lab.Plain.Runbook.Id, Assert.Single(lab.Board.All).RunbookId);
        Assert.Equal(job.JobId, lab.Board.All[0].Id);
        string body = Assert.Single(lab.Posts).Body;
        Assert.DoesNotContain("RunbookServers", body, StringComparison.Ordinal);
        Assert.Equal(protocol == ConnectorProtocol.WebApi, body.Contains("\"Parameters\":[]", StringComparison.Ordinal));
        Assert.DoesNotContain("<d:Parameters", body, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Runbook_servers_go_in_their_order_as_the_server_spells_them(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);

        await lab.StartAsync(With(lab, "RBS02", "rbs01"));

        Assert.Contains(
            protocol == ConnectorProtocol.Atom ? "<d:RunbookServers>rbs02,RBS01</d:RunbookServers>" : "\"RunbookServers\":[\"rbs02\",\"RBS01\"]",
            Assert.Single(lab.Posts).Body,
            StringComparison.Ordinal);
        Assert.Equal("rbs02,RBS01", lab.Board.All[0].RunbookServers);
        Assert.Equal(["rbs02", "RBS01"], lab.Store.GetRunbookServers(lab.Lab.Connector.Id).Select(s => s.Name).OrderDescending(StringComparer.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_runbook_servers_are_asked_for_once(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);

        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => lab.StartAsync(With(lab, "RBS01"))));

        Assert.Equal(5, lab.Board.Started);
        Assert.Single(lab.Server.Requests, r => r.Path.EndsWith("/RunbookServers", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_wrong_runbook_server_is_refused_before_anything_is_sent(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);

        OrchestratorException error = await lab.RefusedAsync("RunbookServerUnknown", With(lab, "rbs02", "RBS01x"));

        Assert.Equal(("RBS01x", ErrorKind.NotFound), (error.Target, error.Kind));
        Assert.Contains("'RBS01'", error.Hint, StringComparison.Ordinal);
        Assert.Empty(lab.Posts);
        Assert.Empty(lab.Store.FindJobs(new JobQuery()));
        Assert.Contains("'RBS01', 'rbs02'", (await lab.RefusedAsync("RunbookServerUnknown", With(lab, "Nothing like it"))).Hint, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task What_is_kept_says_who_when_what_and_with_what(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        lab.Store.AddAccount(Samples.Account());
        lab.Store.UpdateConnector(lab.Lab.Connector, c => c with { RunAsAccount = "Service" });
        DateTime asked = lab.Clock.Utc;

        JobRecord job = await lab.StartAsync(JobLab.Order(lab.Reset, new GivenValue("User", "anna", IsSecret: true), new GivenValue("Computer", "PC1")));

        SourceJob started = Assert.Single(lab.Board.All);
        JobRecord kept = lab.Kept;
        Assert.Equal(Samples.Text(kept), Samples.Text(job));
        Assert.Equal((started.Id, JobStatus.Pending, InstanceStatus.Unknown), (kept.JobId, kept.Status, kept.InstanceStatus));
        Assert.Equal((lab.Lab.Connector.Id, "Main", "Service"), (kept.ConnectorId, kept.Connector, kept.RunAsAccount));
        Assert.Equal((lab.Reset.Runbook.Id, "Reset", @"\Jobs\Reset"), (kept.RunbookId, kept.Runbook, kept.RunbookPath));
        Assert.Equal((asked, Environment.UserName, Environment.MachineName), (kept.RequestTime, kept.StartedBy, kept.Machine));
        Assert.Equal((started.CreatedBy, started.CreationTime), (kept.CreatedBy, kept.CreationTime));
        Assert.Equal([Samples.Pair("Computer", "PC1"), Samples.Pair("User", JobParameter.Mask)], kept.Parameters);
        Assert.Equal((null, null, null, false), (kept.StartTime, kept.FinishTime, kept.Error, kept.IsOver));
        Assert.Empty(kept.Outputs);
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task A_refusal_is_told_with_its_kind_and_what_to_do(ConnectorProtocol protocol, int status, string says, ErrorKind kind, string? hint)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        lab.Server.Faults.Add(Fault.Status(status).WithMessage(says).Method("POST"));

        OrchestratorException error = await lab.RefusedAsync("StartRejected");

        Assert.Equal((kind, @"\Jobs\Reset"), (error.Kind, error.Target));
        Assert.Contains($@"The server did not start the runbook '\Jobs\Reset'. It says: {says}", error.Message, StringComparison.Ordinal);
        if (hint is null)
        {
            Assert.Null(error.Hint);
        }
        else
        {
            Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
        }

        Assert.Single(lab.Posts);
        JobRecord kept = lab.Kept;
        Assert.Equal((JobStatus.Failed, null, error.Message, lab.Clock.Utc), (kept.Status, kept.JobId, kept.Error, kept.FinishTime));
        Assert.True(kept.IsOver);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "publish", 400, ErrorKind.PermissionDenied)]
    [InlineData(ConnectorProtocol.Atom, "publish", 403, ErrorKind.PermissionDenied)]
    [InlineData(ConnectorProtocol.WebApi, "publish", 400, ErrorKind.PermissionDenied)]
    [InlineData(ConnectorProtocol.WebApi, "publish", 403, ErrorKind.PermissionDenied)]
    [InlineData(ConnectorProtocol.Atom, "checked out", 400, ErrorKind.InvalidOperation)]
    [InlineData(ConnectorProtocol.WebApi, "checked out", 400, ErrorKind.InvalidOperation)]
    [InlineData(ConnectorProtocol.Atom, "one input more", 400, ErrorKind.InvalidArgument)]
    [InlineData(ConnectorProtocol.WebApi, "one input more", 400, ErrorKind.InvalidArgument)]
    [InlineData(ConnectorProtocol.Atom, "rebuilt", 400, ErrorKind.InvalidArgument)]
    [InlineData(ConnectorProtocol.WebApi, "renamed", 400, ErrorKind.InvalidArgument)]
    [InlineData(ConnectorProtocol.Atom, "gone", 400, ErrorKind.NotFound)]
    [InlineData(ConnectorProtocol.WebApi, "gone", 400, ErrorKind.NotFound)]
    public async Task What_changed_at_the_source_is_refused_there(ConnectorProtocol protocol, string what, int status, ErrorKind kind)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        Guid id = lab.Reset.Runbook.Id;
        JobOrder order = lab.Any();
        switch (what)
        {
            case "publish":
                (lab.Quirks.UnpublishableRunbooks, lab.Quirks.PublishRefusalStatus) = ([id], status);
                break;
            case "checked out":
                lab.Model.Edit(id, r => r.CheckedOutBy = "S-1-5-21-7");
                break;
            case "one input more":
                lab.Quirks.WebApiDemandsAllParameters = true;
                lab.Model.AddParameter(id, "More");
                break;
            case "rebuilt":
                lab.Model.RebuildParameters(id);
                break;
            case "renamed":
                lab.Model.RenameParameter(id, "User", "Person");
                break;
            default:
                lab.Model.RemoveRunbook(id);
                break;
        }

        Assert.Equal(kind, (await lab.RefusedAsync("StartRejected", order)).Kind);
        Assert.Equal((0, status), (lab.Board.Started, Assert.Single(lab.Posts).Status));
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "", false)]
    [InlineData(ConnectorProtocol.WebApi, "", false)]
    [InlineData(ConnectorProtocol.Atom, "Missing", false)]
    [InlineData(ConnectorProtocol.WebApi, "Missing", true)]
    public async Task The_gate_stands_before_the_wire(ConnectorProtocol protocol, string state, bool force)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        JobOrder order = lab.Any();
        if (state.Length > 0)
        {
            lab.Model.RemoveRunbook(order.Runbook.Runbook.Id);
            await lab.Lab.SyncedAsync();
            lab.Server.ClearRequests();
        }

        JobOrder asked = new() { Runbook = lab.Reset, Parameters = order.Parameters, Force = force };
        if (state.Length == 0)
        {
            Assert.NotNull((await lab.StartAsync(asked)).JobId);
        }
        else if (force)
        {
            // It is gone in truth, which the server says.
            Assert.Equal(ErrorKind.NotFound, (await lab.RefusedAsync("StartRejected", asked)).Kind);
            Assert.Single(lab.Posts);
        }
        else
        {
            await lab.RefusedAsync("RunbookMissing", asked);
            Assert.Empty(lab.Server.Requests);
            Assert.Empty(lab.Store.FindJobs(new JobQuery()));
        }
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_missing_runbook_that_is_there_can_be_forced(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        LibraryRunbook reset = lab.Reset;
        lab.Quirks.InvisibleRunbooks = [reset.Runbook.Id];
        await lab.Lab.SyncedAsync();
        lab.Quirks.InvisibleRunbooks = [];
        LibraryRunbook missing = lab.Reset;
        Assert.Equal(RunbookStatus.Missing, missing.Status);

        JobRecord job = await lab.StartAsync(new JobOrder { Runbook = missing, Parameters = lab.Any().Parameters, Force = true });

        Assert.Equal(job.JobId, Assert.Single(lab.Board.All).Id);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Nobody_may_wait_for_a_monitor(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);

        await lab.RefusedAsync("RunbookIsMonitor", new JobOrder { Runbook = lab.Watch, Parameters = [], IsAwaited = true, Force = true });

        Assert.Empty(lab.Server.Requests);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, 0)]
    [InlineData(ConnectorProtocol.Atom, 5)]
    [InlineData(ConnectorProtocol.WebApi, 0)]
    [InlineData(ConnectorProtocol.WebApi, 5)]
    public async Task A_monitor_that_runs_is_not_started_again(ConnectorProtocol protocol, int pending)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { PendingPolls = pending });
        SourceJob running = lab.Board.Add(lab.Model.FindRunbook(lab.Watch.Runbook.Id)!, createdBy: "S-1-5-21-9");

        OrchestratorException error = await lab.RefusedAsync("MonitorAlreadyRunning", JobLab.Order(lab.Watch, Array.Empty<GivenValue>()));

        Assert.Equal(ErrorKind.Busy, error.Kind);
        Assert.Contains(running.Id.ToString(), error.Message, StringComparison.Ordinal);
        Assert.Contains("S-1-5-21-9", error.Message, StringComparison.Ordinal);
        Assert.Empty(lab.Posts);
        Assert.Empty(lab.Store.FindJobs(new JobQuery()));

        Assert.NotNull((await lab.StartAsync(new JobOrder { Runbook = lab.Watch, Parameters = [], Force = true })).JobId);
        Assert.Single(lab.Posts);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_monitor_that_was_stopped_is_started_again(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol);
        JobOrder order = JobLab.Order(lab.Watch, Array.Empty<GivenValue>());
        JobRecord first = await lab.StartAsync(order);
        await lab.RefusedAsync("MonitorAlreadyRunning", order);
        await lab.Session.Client.Jobs.StopAsync(first.JobId!.Value, CancellationToken.None);

        JobRecord second = await lab.StartAsync(order);

        Assert.NotEqual(first.JobId, second.JobId);
        Assert.Equal(2, lab.Board.Started);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Jobs_of_other_runbooks_do_not_keep_a_monitor_back(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        await lab.StartAsync();

        Assert.NotNull((await lab.StartAsync(JobLab.Order(lab.Watch, Array.Empty<GivenValue>()))).JobId);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Other_runbooks_run_as_often_as_they_are_started(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);

        IReadOnlyList<JobRecord> jobs = [await lab.StartAsync(), await lab.StartAsync()];

        Assert.Equal(2, jobs.Select(j => j.JobId).Distinct().Count());
        Assert.Equal(2, lab.Server.RequestCount);
    }

    private static JobOrder With(JobLab lab, params string[] servers) => new() { Runbook = lab.Reset, Parameters = lab.Any().Parameters, RunbookServers = servers };
}
