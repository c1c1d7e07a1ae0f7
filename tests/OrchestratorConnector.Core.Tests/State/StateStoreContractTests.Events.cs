using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

public abstract partial class StateStoreContractTests
{
    private ConnectorEvent[] Events(EventQuery? query = null) => [.. Store.FindEvents(query ?? new EventQuery())];

    private EventKind[] Kinds() => [.. Events().Select(e => e.Kind)];

    [Fact]
    public void An_event_comes_back_as_it_went_in()
    {
        ConnectorEvent full = new()
        {
            Kind = EventKind.TestFailed,
            Level = EventLevel.Warning,
            ConnectorId = 4711,
            Connector = "Größe 'x' 🚀",
            Target = @"\Ops\漢字",
            Message = "line one\nline two\0after a zero",
            Data = [Samples.Pair("A", "ß"), Samples.Pair("", "")],
        };
        ConnectorEvent added = Store.AddEvent(full);
        Store.AddEvent(new ConnectorEvent { Kind = EventKind.ScheduleRegistered, Message = "m" });
        using IStateStore again = OpenAs(_there);
        IReadOnlyList<ConnectorEvent> read = again.FindEvents(new EventQuery());

        Assert.Equal(
            Samples.Text(full with { Key = added.Key, Time = Clock.Now, User = Environment.UserName, Machine = "HERE", ProcessId = 100 }),
            Samples.Text(read[0]));
        Assert.Equal(DateTimeKind.Utc, read[0].Time.Kind);
        Assert.True(read[1].Key > read[0].Key);
        Assert.Equal((null, null, null, EventLevel.Information), (read[1].ConnectorId, read[1].Connector, read[1].Target, read[1].Level));
    }

    [Fact]
    public void Whatever_is_done_to_a_connector_is_an_event_and_what_changes_nothing_is_none()
    {
        Connector connector = Added();
        Store.UpdateConnector(connector, c => c with { Folder = @"\New", Description = "d" });
        Store.UpdateConnector(connector, c => c with { KnownEncoding = ParameterEncoding.Once });
        Store.UpdateConnector(connector, c => c);
        Store.UpdateConnector(connector, c => c with { Enabled = false });
        Store.UpdateConnector(connector, c => c with { Enabled = true });
        Store.UpdateConnector(connector, c => c with { Name = "Other" });
        Store.RemoveConnector(connector, keepRunbooks: false);

        ConnectorEvent[] events = Events();
        Assert.Equal(
            [EventKind.ConnectorCreated, EventKind.ConnectorChanged, EventKind.ConnectorDisabled, EventKind.ConnectorEnabled, EventKind.ConnectorChanged, EventKind.ConnectorRemoved],
            events.Select(e => e.Kind));
        Assert.Equal([Samples.Pair("Description", " → d"), Samples.Pair("Folder", @"\ → \New")], events[1].Data);
        Assert.Equal(["Main", "Main", "Main", "Main", "Other", "Other"], events.Select(e => e.Connector));
        Assert.All(events, e => Assert.Equal(connector.Id, e.ConnectorId));
    }

    [Fact]
    public void What_is_refused_is_no_event()
    {
        Connector connector = Added();
        Fails(nameof(Error.ConnectorExists), () => Added());
        Fails(nameof(Error.AccountNotFound), () => Store.UpdateConnector(connector, c => c with { Description = "d", RunAsAccount = "nobody" }));
        Assert.Throws<InvalidOperationException>(() => Store.UpdateConnector(connector, _ => throw new InvalidOperationException()));

        Assert.Equal([EventKind.ConnectorCreated], Kinds());
    }

    [Fact]
    public void Every_synchronization_is_an_event()
    {
        Connector connector = Added();
        Clock.Advance(TimeSpan.FromMinutes(1));
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2));
        Samples.Sync(Store, connector, Samples.Commit(invalidates: p => p.Before?.Runbook.Name == "Runbook 1" ? "broken" : null), Samples.Runbook(1, description: "new"));
        SyncLease lease = Store.BeginSync(connector, force: false);
        Store.FailSync(lease, "no answer", Samples.Totals, "RequestTimedOut");
        Store.BeginSync(connector, force: false);
        _isAlive = _ => false;
        using IStateStore there = OpenAs(_there);
        there.BeginSync(connector, force: false);

        ConnectorEvent[] events = [.. Events().Skip(1)];
        Assert.Equal(
            [EventKind.SyncFinished, EventKind.SyncFinished, EventKind.RunbooksInvalid, EventKind.SyncFailed, EventKind.SyncInterrupted],
            events.Select(e => e.Kind));
        Assert.Equal([EventLevel.Information, EventLevel.Information, EventLevel.Warning, EventLevel.Error, EventLevel.Warning], events.Select(e => e.Level));
        Assert.Contains(Samples.Pair("Added", "2"), events[0].Data);
        Assert.Contains(Samples.Pair("Bytes", "1234"), events[0].Data);
        Assert.Contains(Samples.Pair("ErrorId", "RequestTimedOut"), events[3].Data);
        Assert.Contains("no answer", events[3].Message, StringComparison.Ordinal);
        Assert.Equal(("THERE", 200), (events[4].Machine, events[4].ProcessId));
        Assert.Contains("process 100 on HERE", events[4].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_id_of_the_error_stays_with_the_connector_until_it_succeeds()
    {
        Connector connector = Added();
        Store.FailSync(Store.BeginSync(connector, force: false), "no", Samples.Totals, "AuthenticationFailed");
        Assert.Equal("AuthenticationFailed", State().LastErrorId);

        Store.BeginSync(connector, force: false);
        Assert.Equal("AuthenticationFailed", State().LastErrorId);
        _isAlive = _ => false;
        SyncLease lease = Store.BeginSync(connector, force: false);
        Assert.Null(State().LastErrorId);
        _isAlive = _ => true;

        Store.FailSync(lease, "no", Samples.Totals, "AuthenticationFailed");
        Samples.Sync(Store, connector, Samples.Runbook(1));
        Assert.Null(State().LastErrorId);
    }

    [Fact]
    public void A_job_is_an_event_when_it_starts_and_when_it_ends()
    {
        JobRecord job = Store.AddJob(Samples.Job(status: JobStatus.Unknown) with { Parameters = [Samples.Pair("Password", "geheim")] });
        Store.UpdateJob(job, j => j with { JobId = Samples.Id(9), Status = JobStatus.Pending });
        Store.UpdateJob(job, j => j with { Status = JobStatus.Running });
        Store.UpdateJob(job, j => j with { Status = JobStatus.Completed, InstanceStatus = InstanceStatus.Failed, FailedActivity = "Send mail", RunbookServer = "RS01" });
        Store.UpdateJob(job, j => j with { Error = "late" });
        foreach ((JobStatus status, InstanceStatus instance) in new[] { (JobStatus.Completed, InstanceStatus.Success), (JobStatus.Completed, InstanceStatus.Warning), (JobStatus.Failed, InstanceStatus.Unknown), (JobStatus.Canceled, InstanceStatus.Unknown) })
        {
            Store.UpdateJob(Store.AddJob(Samples.Job() with { JobId = Samples.Id(10) }), j => j with { Status = status, InstanceStatus = instance });
        }

        Store.UpdateJob(Store.AddJob(Samples.Job(status: JobStatus.Unknown)), j => j with { Status = JobStatus.Failed, Error = "no right" });
        Store.UpdateJob(Store.AddJob(Samples.Job(status: JobStatus.Unknown)), j => j with { Error = "lost" });

        ConnectorEvent[] events = Events();
        Assert.Equal(
            [
                EventKind.JobStarted, EventKind.JobFailed,
                EventKind.JobFinished, EventKind.JobFinishedWithWarning, EventKind.JobFailed, EventKind.JobCanceled,
                EventKind.JobRefused, EventKind.JobOutcomeUnknown,
            ],
            events.Select(e => e.Kind));
        Assert.Contains("'Send mail'", events[1].Message, StringComparison.Ordinal);
        Assert.Contains(Samples.Pair("RunbookServer", "RS01"), events[1].Data);
        Assert.All(events, e => Assert.Equal(@"\Ops\Restart", e.Target));
        Assert.DoesNotContain("geheim", string.Concat(events.Select(Samples.Text)), StringComparison.Ordinal);
    }

    [Fact]
    public void Accounts_activities_and_accepted_contracts_are_events_and_no_password_is_in_one()
    {
        RunAsAccount account = Store.AddAccount(Samples.Account());
        Store.UpdateAccount(account, a => a with { ProtectedPassword = [9], UserName = "other" });
        Store.RemoveAccount(account);
        RunbookActivity activity = Store.AddActivity(Samples.Activity());
        Store.UpdateActivity(activity, a => a with { Description = "d" });
        Store.RemoveActivity(activity);
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1));
        Samples.Sync(Store, connector, Samples.Commit(invalidates: _ => "broken"), Samples.Runbook(1, description: "new"));
        LibraryRunbook runbook = Store.FindRunbooks(new RunbookQuery(), default).Single();
        Store.ApproveRunbook(runbook);
        Store.ApproveRunbook(runbook);

        EventKind[] kinds = Kinds();
        Assert.Equal(
            [EventKind.AccountCreated, EventKind.AccountChanged, EventKind.AccountRemoved, EventKind.ActivityCreated, EventKind.ActivityChanged, EventKind.ActivityRemoved],
            kinds.Take(6));
        Assert.Single(kinds, k => k == EventKind.RunbookApproved);
        Assert.Equal("The Run As account 'Service' was changed: UserName; Password.", Events()[1].Message);
    }

    [Fact]
    public void Runbooks_that_a_removed_connector_left_go_as_an_event()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1));
        Store.RemoveConnector(connector, keepRunbooks: true);
        Store.PurgeRemovedConnector("Main");
        Store.PurgeRemovedConnector("Main");

        Assert.Equal([EventKind.ConnectorRemoved, EventKind.ConnectorRemoved], Kinds().Skip(2));
    }

    [Fact]
    public void Events_are_found_by_connector_level_kind_time_and_place()
    {
        Connector connector = Added("First");
        Added("Second");
        Clock.Advance(TimeSpan.FromHours(1));
        Store.AddEvent(new ConnectorEvent { Kind = EventKind.TestFailed, Level = EventLevel.Error, Connector = "First", ConnectorId = connector.Id, Message = "test" });
        Store.UpdateConnector(connector, c => c with { Name = "Renamed" });

        Assert.Equal(4, Events().Length);
        Assert.Equal(3, Events(new EventQuery { Connectors = [NamePattern.Parse("renamed")] }).Length);
        Assert.Equal(2, Events(new EventQuery { Connectors = [NamePattern.Parse("F*")] }).Length);
        Assert.Equal(["test"], Events(new EventQuery { Levels = [EventLevel.Error, EventLevel.Warning] }).Select(e => e.Message));
        Assert.Equal(["test"], Events(new EventQuery { Kinds = [EventKind.TestFailed] }).Select(e => e.Message));
        Assert.Equal(2, Events(new EventQuery { Since = Clock.Now }).Length);
        Assert.Equal([EventKind.TestFailed, EventKind.ConnectorChanged], Events(new EventQuery { Last = 2 }).Select(e => e.Kind));
        Assert.Equal([EventKind.ConnectorChanged], Events(new EventQuery { After = Events()[2].Key }).Select(e => e.Kind));
        Assert.Empty(Events(new EventQuery { Connectors = [NamePattern.Parse("nobody")] }));
    }

    [Fact]
    public void Events_older_than_a_quarter_of_a_year_go()
    {
        Added("Old");
        Clock.Advance(TimeSpan.FromDays(91));
        for (int i = 0; i < 150; i++)
        {
            Store.AddEvent(new ConnectorEvent { Kind = EventKind.TestSucceeded, Message = "m" });
        }

        Assert.DoesNotContain(EventKind.ConnectorCreated, Kinds());
        Assert.Equal(150, Kinds().Length);
    }
}
