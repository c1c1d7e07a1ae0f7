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
    public void Nothing_is_there_at_first()
    {
        Assert.Empty(Store.GetConnectors());
        Assert.Empty(Store.GetAccounts());
        Assert.Empty(Samples.All(Store));
        Assert.Empty(Store.GetHistory(_ => true, null));
        Assert.Empty(Store.FindJobs(new JobQuery()));
        Assert.Empty(Store.GetJobCreators(1, null));
        Assert.Empty(Store.GetActivities());
        Assert.Null(Store.FindConnector("Main"));
        Assert.Null(Store.FindAccount("Service"));
        Assert.Null(Store.FindActivity("Restart server"));
        Assert.NotEmpty(Store.Location);
    }

    [Fact]
    public void A_connector_comes_back_as_it_went_in()
    {
        Store.AddAccount(Samples.Account());
        Connector added = Store.AddConnector(new Connector
        {
            Name = "Größe 'x' 🚀",
            ServiceUrl = new Uri("HTTPS://sco.contoso.com:8443/Orchestrator2012/Orchestrator.svc"),
            Protocol = ConnectorProtocol.WebApi,
            Folder = @"\A\B",
            WebConsoleUrl = new Uri("http://sco:82/"),
            Description = "",
            RunAsAccount = "SERVICE",
            Schedule = SyncSchedule.Interval(TimeSpan.FromMinutes(90)),
            Enabled = false,
            AllowUnencryptedAuthentication = true,
            Timeout = TimeSpan.FromSeconds(7),
            ParameterEncoding = ParameterEncoding.Once,
            KnownEncoding = ParameterEncoding.Twice,
        });

        Assert.True(added.Id > 0);
        Assert.Equal("Service", added.RunAsAccount);
        Assert.Equal(Clock.Now, added.CreationTime);
        using IStateStore again = OpenAs(_there);
        Connector read = again.FindConnector("gRÖßE 'X' 🚀")!.Connector;
        Assert.Equal(added, read);
        Assert.Equal(added.ServiceUrl.OriginalString, read.ServiceUrl.OriginalString);
        Assert.Equal(DateTimeKind.Utc, read.CreationTime.Kind);
        Connector changed = Store.UpdateConnector(read, c => c with { ParameterEncoding = ParameterEncoding.Twice, KnownEncoding = ParameterEncoding.Auto });
        Assert.Equal(changed, again.FindConnector(read.Name)!.Connector);
        Assert.Equal((ParameterEncoding.Twice, ParameterEncoding.Auto), (changed.ParameterEncoding, changed.KnownEncoding));
    }

    [Theory]
    [InlineData(null, null)]
    [InlineData(26, null)]
    [InlineData(null, 60)]
    public void Every_schedule_comes_back(int? atHour, int? everyMinutes)
    {
        SyncSchedule schedule = atHour is { } hour
            ? SyncSchedule.Daily(TimeSpan.FromHours(hour - 3))
            : everyMinutes is { } minutes ? SyncSchedule.Interval(TimeSpan.FromMinutes(minutes)) : SyncSchedule.None;
        Store.AddConnector(Samples.Connector() with { Schedule = schedule });

        Assert.Equal(schedule, State().Connector.Schedule);
    }

    [Fact]
    public void Connectors_come_by_name_and_never_ran()
    {
        Added("b");
        Added("A");
        Added("C");

        Assert.Equal(["A", "b", "C"], Store.GetConnectors().Select(c => c.Connector.Name));
        ConnectorState state = State("B");
        Assert.Equal(ConnectorStatus.NeverRun, state.Status);
        Assert.Null(state.LastStartTime);
        Assert.Null(state.LastFinishTime);
        Assert.Null(state.LastSuccessTime);
        Assert.Null(state.PercentComplete);
        Assert.Null(state.LastError);
        Assert.Equal(0, state.RunbookCount);
    }

    [Fact]
    public void A_name_is_taken_in_any_case()
    {
        Added();
        Fails(nameof(Error.ConnectorExists), () => Added("MAIN"));
        Connector other = Added("Other");
        Fails(nameof(Error.ConnectorExists), () => Store.UpdateConnector(other, c => c with { Name = "mAIN" }));
        Assert.Equal(2, Store.GetConnectors().Count);
    }

    [Fact]
    public void A_connector_may_change_the_case_of_its_own_name()
    {
        Store.UpdateConnector(Added(), c => c with { Name = "MAIN" });
        Assert.Equal("MAIN", State().Connector.Name);
    }

    [Fact]
    public void An_account_that_is_not_there_is_an_error()
    {
        Store.AddAccount(Samples.Account("Service1"));
        OrchestratorException error = Fails(nameof(Error.AccountNotFound), () => Store.AddConnector(Samples.Connector() with { RunAsAccount = "Service" }));
        Assert.Contains("Service1", error.Message, StringComparison.Ordinal);
        Assert.Empty(Store.GetConnectors());
        Connector connector = Added();
        Fails(nameof(Error.AccountNotFound), () => Store.UpdateConnector(connector, c => c with { RunAsAccount = "Nobody" }));
    }

    [Fact]
    public void A_change_sees_what_others_changed_and_keeps_the_key()
    {
        Connector mine = Added();
        using IStateStore other = OpenAs(_there);
        other.UpdateConnector(mine, c => c with { Description = "theirs" });

        Connector changed = Store.UpdateConnector(mine, c => c with { Id = 99, Folder = @"\X" });

        Assert.Equal((mine.Id, "theirs", @"\X"), (changed.Id, changed.Description, changed.Folder));
        Assert.Equal(changed, State().Connector);
    }

    [Fact]
    public void A_change_that_fails_changes_nothing()
    {
        Connector connector = Added();
        Assert.Throws<FormatException>(() => Store.UpdateConnector(connector, _ => throw new FormatException()));
        Assert.Equal(connector, State().Connector);
        Store.UpdateConnector(connector, c => c with { Description = "afterwards" });
        Assert.Equal("afterwards", State().Connector.Description);
    }

    [Fact]
    public void A_removed_connector_is_gone_with_its_runbooks_and_leaves_its_history()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2));

        Assert.Equal(2, Store.RemoveConnector(connector, keepRunbooks: false));

        Assert.Empty(Store.GetConnectors());
        Assert.Empty(Samples.All(Store));
        SyncRecord past = Assert.Single(Store.GetHistory(n => n == "Main", null));
        Assert.Equal(2, Store.GetChanges(past.Id).Count());
        Fails(nameof(Error.ConnectorRemoved), () => Store.RemoveConnector(connector, keepRunbooks: false));
        Fails(nameof(Error.ConnectorRemoved), () => Store.UpdateConnector(connector, c => c));
        Fails(nameof(Error.ConnectorRemoved), () => Store.BeginSync(connector, force: false));
        Assert.Null(Store.PurgeRemovedConnector("Main"));
        Assert.NotEqual(connector.Id, Added().Id);
    }

    [Fact]
    public void Kept_runbooks_wait_to_be_deleted()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1), Samples.Runbook(2));
        DateTime seen = Clock.Now;
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(2, Store.RemoveConnector(connector, keepRunbooks: true));

        Assert.Empty(Store.GetConnectors());
        Assert.All(Samples.All(Store), r =>
        {
            Assert.Equal(RunbookStatus.PendingDelete, r.Status);
            Assert.Equal(seen, r.LastSeenTime);
            Assert.Equal("Main", r.Connector);
            Assert.NotNull(r.StatusReason);
        });
        Assert.Null(Store.PurgeRemovedConnector("Other"));
        Assert.Equal(2, Store.PurgeRemovedConnector("MAIN"));
        Assert.Empty(Samples.All(Store));
        Assert.Null(Store.PurgeRemovedConnector("Main"));
    }

    [Fact]
    public void A_connector_takes_up_the_kept_runbooks_of_its_name()
    {
        Connector old = Added();
        Samples.Sync(Store, old, Samples.Runbook(1), Samples.Runbook(2));
        DateTime seen = Clock.Now;
        Store.RemoveConnector(old, keepRunbooks: true);
        Clock.Advance(TimeSpan.FromDays(1));

        Connector added = Store.AddConnector(Samples.Connector("main") with { Folder = @"\Ops" });

        Assert.Equal(ConnectorStatus.NeverRun, State().Status);
        Assert.Equal((added.Id, "main", @"\Ops", 2L), (State().Connector.Id, State().Connector.Name, State().Connector.Folder, State().RunbookCount));
        Assert.All(Samples.All(Store), r => Assert.Equal(RunbookStatus.PendingDelete, r.Status));
        Assert.Null(Store.PurgeRemovedConnector("Main"));

        SyncRecord sync = Samples.Sync(Store, added, Samples.Runbook(2));

        Assert.Equal(new SyncCounts { Total = 1, Returned = 1, Missing = 1 }, sync.Counts);
        LibraryRunbook[] all = [.. Samples.All(Store)];
        Assert.Equal([RunbookStatus.Missing, RunbookStatus.Active], all.Select(r => r.Status));
        Assert.Equal([seen, Clock.Now], all.Select(r => r.LastSeenTime));
        Assert.Equal(2, Store.GetHistory(n => n == "main", null).Count);
    }

    [Fact]
    public void A_removed_connector_keeps_no_account_from_going()
    {
        RunAsAccount account = Store.AddAccount(Samples.Account());
        Connector connector = Store.AddConnector(Samples.Connector() with { RunAsAccount = account.Name });
        Samples.Sync(Store, connector, Samples.Runbook(1));
        Store.RemoveConnector(connector, keepRunbooks: true);

        Store.RemoveAccount(account);

        Assert.Empty(Store.GetAccounts());
    }
}
