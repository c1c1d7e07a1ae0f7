using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Reporting;
using OrchestratorConnector.State;
using OrchestratorConnector.Sync;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Sync;

/// <summary>The library becomes equal to the source, or stays as it was; from either generation.</summary>
public sealed class SyncEngineTests
{
    public static TheoryData<ConnectorProtocol> Protocols => [ConnectorProtocol.Atom, ConnectorProtocol.WebApi];

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task The_first_synchronization_brings_everything(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        Assert.Equal(ConnectorStatus.NeverRun, lab.State.Status);

        SyncRecord record = await lab.SyncedAsync();

        Assert.Equal(new SyncCounts { Total = 130, Added = 130 }, record.Counts);
        lab.LibraryIsSource();
        ConnectorState state = lab.State;
        Assert.Equal((ConnectorStatus.FinishedSuccess, 130, 100, null), (state.Status, state.RunbookCount, state.PercentComplete, state.LastError));
        Assert.Equal((record.StartTime, record.FinishTime, record.FinishTime), (state.LastStartTime, state.LastFinishTime, state.LastSuccessTime));
        Assert.Equal(lab.Server.RequestCount, record.Requests);
        Assert.True(record.Bytes > 50_000);
        Assert.Equal(record, Assert.Single(lab.Store.GetHistory(_ => true, null)));
        Assert.Equal(130, lab.Changes(record).Count(c => c.Kind == RunbookChangeKind.Added));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_second_one_finds_nothing_changed(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();

        SyncRecord record = await lab.SyncedAsync();

        Assert.Equal(new SyncCounts { Total = 130, Unchanged = 130 }, record.Counts);
        Assert.Empty(lab.Changes(record));
        lab.LibraryIsSource();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Every_change_is_found_and_named(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();
        IReadOnlyList<SourceRunbook> source = lab.Model.Runbooks;
        SourceRunbook added = lab.Model.AddRunbook(@"\New\Deep", "Brand new", ("A", "In"));
        lab.Model.RenameRunbook(source[0].Id, "Renamed");
        lab.Model.MoveRunbook(source[1].Id, @"\Moved");
        lab.Model.RemoveRunbook(source[2].Id);
        lab.Model.RenameParameter(source[3].Id, source[3].Parameters[0].Name, "Other name");
        lab.Model.RebuildParameters(source[4].Id);
        lab.Model.Edit(source[5].Id, r => r.Description = "Told anew");
        lab.Model.AddParameter(source[6].Id, "One more", "Out");

        SyncRecord record = await lab.SyncedAsync();

        Assert.Equal(new SyncCounts { Total = 130, Added = 1, Changed = 6, Missing = 1, Unchanged = 123 }, record.Counts);
        lab.LibraryIsSource();
        Dictionary<Guid, RunbookChange> changes = lab.Changes(record).ToDictionary(c => c.Id);
        Assert.Equal(8, changes.Count);
        Assert.Equal(RunbookChangeKind.Added, changes[added.Id].Kind);
        Assert.Equal(RunbookChangeKind.Missing, changes[source[2].Id].Kind);
        Assert.Contains(changes[source[0].Id].Properties, p => p == new PropertyChange("Name", source[0].Name, "Renamed"));
        Assert.Contains(changes[source[0].Id].Properties, p => p.Name == "Path");
        Assert.Contains(changes[source[1].Id].Properties, p => p.Name == "FolderId");
        Assert.Contains(changes[source[1].Id].Properties, p => p.Name == "Path" && p.After == $@"\Moved\{source[1].Name}");
        Assert.Equal(ContractChange.Names, changes[source[3].Id].Contract);
        Assert.Contains(changes[source[3].Id].Parameters, p => p is { Kind: ParameterChangeKind.Name, After: "Other name" });
        Assert.Equal(ContractChange.IdsOnly, changes[source[4].Id].Contract);
        Assert.All(changes[source[4].Id].Parameters, p => Assert.Equal(ParameterChangeKind.Id, p.Kind));
        Assert.Equal(source[4].Parameters.Count, changes[source[4].Id].Parameters.Count);
        Assert.Contains(changes[source[5].Id].Properties, p => p is { Name: "Description", After: "Told anew" });
        Assert.Equal(ContractChange.None, changes[source[5].Id].Contract);
        Assert.Equal(["+Out One more"], changes[source[6].Id].Parameters.Select(p => p.ToString()));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_change_of_parameters_alone_is_found(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();
        lab.Model.TouchOnChange = false;
        SourceRunbook runbook = lab.Model.Runbooks[7];
        lab.Model.SetParameterDirection(runbook.Id, runbook.Parameters[0].Name, "Out");
        lab.Model.SetParameterType(runbook.Id, runbook.Parameters[1].Name, "Integer");
        lab.Model.RemoveParameter(runbook.Id, runbook.Parameters[2].Name);

        SyncRecord record = await lab.SyncedAsync();

        Assert.Equal(new SyncCounts { Total = 130, Changed = 1, Unchanged = 129 }, record.Counts);
        RunbookChange change = Assert.Single(lab.Changes(record));
        Assert.Empty(change.Properties);
        Assert.Equal(
            [ParameterChangeKind.Removed, ParameterChangeKind.Direction, ParameterChangeKind.Type],
            change.Parameters.Select(p => p.Kind).Order());
        lab.LibraryIsSource();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task What_is_gone_is_missing_and_what_comes_back_is_active(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();
        SourceRunbook hidden = lab.Model.Runbooks[9];
        DateTime? seen = lab.Find(hidden.Id).LastSeenTime;
        lab.Server.Quirks = lab.Server.Quirks with { InvisibleRunbooks = [hidden.Id] };

        SyncRecord gone = await lab.SyncedAsync();
        LibraryRunbook missing = lab.Find(hidden.Id);
        SyncRecord still = await lab.SyncedAsync();
        lab.Server.Quirks = lab.Server.Quirks with { InvisibleRunbooks = [] };
        SyncRecord back = await lab.SyncedAsync();

        Assert.Equal(new SyncCounts { Total = 129, Missing = 1, Unchanged = 129 }, gone.Counts);
        Assert.Equal((RunbookStatus.Missing, seen), (missing.Status, missing.LastSeenTime));
        Assert.NotNull(missing.StatusReason);
        // Missing is said once.
        Assert.Equal(new SyncCounts { Total = 129, Unchanged = 129 }, still.Counts);
        Assert.Equal(new SyncCounts { Total = 130, Returned = 1, Unchanged = 129 }, back.Counts);
        Assert.Equal(RunbookChangeKind.Returned, Assert.Single(lab.Changes(back)).Kind);
        Assert.Equal((RunbookStatus.Active, null), (lab.Find(hidden.Id).Status, lab.Find(hidden.Id).StatusReason));
        lab.LibraryIsSource();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_empty_answer_is_suspicious_and_changes_nothing(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();
        string before = lab.Picture();
        lab.Model.RemoveRunbooks(_ => true);

        SyncOutcome outcome = await lab.SyncAsync();

        Assert.Equal("EmptyAnswerSuspicious", outcome.Failure!.Id);
        Assert.Contains("130", outcome.Failure.Message, StringComparison.Ordinal);
        Assert.Equal(before, lab.Picture());
        Failed(lab, outcome);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_empty_answer_is_believed_with_force(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();
        lab.Model.RemoveRunbooks(_ => true);

        SyncRecord record = await lab.SyncedAsync(force: true);

        Assert.Equal(new SyncCounts { Missing = 130 }, record.Counts);
        Assert.All(lab.Library(), r => Assert.Equal(RunbookStatus.Missing, r.Status));
        // Nothing is there any more that could go: that is no longer suspicious.
        Assert.Equal(new SyncCounts(), (await lab.SyncedAsync()).Counts);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_empty_source_is_nothing_to_wonder_about(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol, new SourceModel());

        Assert.Equal(new SyncCounts(), (await lab.SyncedAsync()).Counts);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, @"\Ops", true)]
    [InlineData(ConnectorProtocol.WebApi, @"\Ops", true)]
    [InlineData(ConnectorProtocol.Atom, @"\OPS", true)]
    [InlineData(ConnectorProtocol.WebApi, @"\ops", true)]
    [InlineData(ConnectorProtocol.Atom, @"\Ops", false)]
    [InlineData(ConnectorProtocol.WebApi, @"\oPs", false)]
    public async Task A_folder_means_itself_and_its_subfolders_in_any_case(ConnectorProtocol protocol, string folder, bool filters)
    {
        await using SyncLab lab = await SyncLab.StartAsync(
            protocol, Tree(), c => c with { Folder = folder }, o => o.Quirks = o.Quirks with { SupportsFilterFunctions = filters });

        SyncRecord record = await lab.SyncedAsync();

        Assert.Equal(3, record.Counts.Total);
        lab.LibraryIsSource(r => r.Path.StartsWith(@"\Ops\", StringComparison.Ordinal));
        // Out of the folder is gone; into it is new.
        lab.Model.MoveRunbook(lab.Model.Runbooks.Single(r => r.Name == "Deep").Id, @"\Ops 2");
        lab.Model.MoveRunbook(lab.Model.Runbooks.Single(r => r.Name == "Beside").Id, @"\Ops\New");
        Assert.Equal(new SyncCounts { Total = 3, Added = 1, Missing = 1, Unchanged = 2 }, (await lab.SyncedAsync()).Counts);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_folder_that_does_not_exist_is_named_with_its_neighbours(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol, Tree(), c => c with { Folder = @"\Op" });

        SyncOutcome outcome = await lab.SyncAsync();

        Assert.Equal("FolderNotFound", outcome.Failure!.Id);
        Assert.Contains(@"'\Ops'", outcome.Failure.Hint, StringComparison.Ordinal);
        Failed(lab, outcome);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_disabled_connector_needs_force(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol, connector: c => c with { Enabled = false });

        await Remote.FailsAsync("ConnectorDisabled", lab.SyncAsync());
        Assert.Empty(lab.Store.GetHistory(_ => true, null));
        Assert.Equal(0, lab.Server.RequestCount);

        Assert.Equal(130, (await lab.SyncedAsync(force: true)).Counts.Added);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task One_at_a_time_and_the_second_is_told(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        TaskCompletionSource reached = Reached(lab, "Runbooks");
        using CancellationTokenSource cancel = new();
        Fault hang = lab.Server.Faults.Add(Fault.Hang().On("/Runbooks"));
        Task<SyncOutcome> first = lab.SyncAsync(cancellationToken: cancel.Token);
        await reached.Task.WaitAsync(Remote.Patience);

        using IStateStore other = lab.OpenStore();
        OrchestratorException busy = await Remote.FailsAsync("ResourceBusy", lab.Engine(other).SynchronizeAsync(lab.Connector, force: true, CancellationToken.None));
        Assert.Equal(ConnectorStatus.Running, lab.State.Status);
        Assert.Contains(Environment.ProcessId.ToString(CultureInfo.InvariantCulture), busy.Message, StringComparison.Ordinal);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        lab.Server.Faults.Remove(hang);

        Assert.Equal(130, (await lab.SyncedAsync()).Counts.Added);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_disabled_connector_ends_what_it_is_at(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        During(lab, "Runbooks", () => lab.Store.UpdateConnector(lab.Connector, c => c with { Enabled = false }));

        Assert.Equal(130, (await lab.SyncedAsync()).Counts.Added);

        Assert.False(lab.State.Connector.Enabled);
    }

    public static TheoryData<ConnectorProtocol, string, string> Failures
    {
        get
        {
            TheoryData<ConnectorProtocol, string, string> failures = [];
            foreach (ConnectorProtocol protocol in new[] { ConnectorProtocol.Atom, ConnectorProtocol.WebApi })
            {
                failures.Add(protocol, "status", "ServerFailed");
                failures.Add(protocol, "forbidden", "AccessDenied");
                failures.Add(protocol, "reset", "ConnectionFailed");
                failures.Add(protocol, "cut", "ResponseTruncated");
                failures.Add(protocol, "cut-dirty", "ConnectionFailed");
                failures.Add(protocol, "malformed", "ResponseMalformed");
                failures.Add(protocol, "html", "ResponseIsHtml");
                failures.Add(protocol, "empty", "ResponseEmpty");
                failures.Add(protocol, "redirect", "RedirectRefused");
                failures.Add(protocol, "gzip", "ResponseMalformed");
            }

            failures.Add(ConnectorProtocol.Atom, "bomb", "ResponseHasDtd");
            return failures;
        }
    }

    [Theory]
    [MemberData(nameof(Failures))]
    public async Task A_failure_at_any_page_leaves_everything_as_it_was(ConnectorProtocol protocol, string failure, string id)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();
        string before = lab.Picture();
        DateTime? success = lab.State.LastSuccessTime;
        lab.Model.RenameRunbook(lab.Model.Runbooks[0].Id, "Renamed");
        lab.Model.RemoveRunbook(lab.Model.Runbooks[1].Id);
        lab.Model.AddRunbook(@"\New", "New");
        foreach (string page in new[] { "/Runbooks.*count", "/Runbooks.*skip=50", "/Runbooks.*skip=100" })
        {
            lab.Server.Faults.Add(Make(failure).On(page));

            SyncOutcome outcome = await lab.SyncAsync();

            Assert.True(outcome.Failure?.Id == id, $"{page}: {outcome.Failure?.Id} {outcome.Failure?.Message}");
            Assert.Equal(before, lab.Picture());
            Assert.Equal(success, lab.State.LastSuccessTime);
            Failed(lab, outcome);
            lab.Server.Faults.Clear();
        }

        Assert.Equal(new SyncCounts { Total = 130, Added = 1, Changed = 1, Missing = 1, Unchanged = 128 }, (await lab.SyncedAsync()).Counts);
        lab.LibraryIsSource();
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, false)]
    [InlineData(ConnectorProtocol.WebApi, true)]
    public async Task A_failure_among_the_parameters_leaves_everything_as_it_was(ConnectorProtocol protocol, bool expand)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol, configure: o => o.Quirks = o.Quirks with { SupportsExpandParameters = expand });
        await lab.SyncedAsync();
        string before = lab.Picture();
        lab.Model.RebuildParameters(lab.Model.Runbooks[0].Id);
        lab.Server.Faults.Add(Fault.Status(403).On("RunbookParameters.*skip=150"));

        SyncOutcome outcome = await lab.SyncAsync();

        Assert.Equal("AccessDenied", outcome.Failure!.Id);
        Assert.Equal(before, lab.Picture());
        Failed(lab, outcome);
    }

    [Fact]
    public async Task A_failure_to_connect_is_a_failed_synchronization()
    {
        await using SyncLab lab = await SyncLab.StartAsync(ConnectorProtocol.Atom);
        SyncEngine engine = new(lab.Store, (_, _) => throw Error.HostNotFound(lab.Connector.ServiceUrl, null), lab.Reporter);

        SyncOutcome outcome = await engine.SynchronizeAsync(lab.Connector, force: false, CancellationToken.None);

        Assert.Equal("HostNotFound", outcome.Failure!.Id);
        Failed(lab, outcome);
    }

    [Fact]
    public async Task A_defect_is_written_down_too_and_comes_through()
    {
        await using SyncLab lab = await SyncLab.StartAsync(ConnectorProtocol.Atom);
        SyncEngine engine = new(lab.Store, (_, _) => throw new InvalidTimeZoneException("a defect"), lab.Reporter);

        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => engine.SynchronizeAsync(lab.Connector, force: false, CancellationToken.None));

        Assert.Equal((ConnectorStatus.FinishedWithError, "a defect"), (lab.State.Status, lab.State.LastError));
        await lab.SyncedAsync();
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, "/Folders", @"\")]
    [InlineData(ConnectorProtocol.Atom, "/Folders", @"\00-Test")]
    [InlineData(ConnectorProtocol.WebApi, "/Folders", @"\00-Test")]
    [InlineData(ConnectorProtocol.Atom, "/Runbooks.*count", @"\")]
    [InlineData(ConnectorProtocol.WebApi, "/Runbooks.*count", @"\")]
    [InlineData(ConnectorProtocol.Atom, "/Runbooks.*skip=50", @"\")]
    [InlineData(ConnectorProtocol.WebApi, "/Runbooks.*skip=50", @"\")]
    [InlineData(ConnectorProtocol.WebApi, "/RunbookParameters.*skip=100", @"\")]
    public async Task Cancellation_at_any_request_leaves_everything_as_it_was(ConnectorProtocol protocol, string stage, string folder)
    {
        if (folder == @"\" && stage == "/Folders")
        {
            // The root is not looked for among the folders: the runbooks are the first thing that is asked for.
            stage = "/Runbooks";
        }

        await using SyncLab lab = await SyncLab.StartAsync(protocol, connector: c => c with { Folder = folder });
        await lab.SyncedAsync();
        string before = lab.Picture();
        lab.Model.RemoveRunbook(lab.Library()[0].Runbook.Id);
        using CancellationTokenSource cancel = new();
        lab.Server.Faults.Add(Fault.Hang().On(stage).When(_ =>
        {
            cancel.Cancel();
            return true;
        }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.SyncAsync(cancellationToken: cancel.Token));

        Assert.Equal(before, lab.Picture());
        Assert.Equal(ConnectorStatus.FinishedWithError, lab.State.Status);
        Assert.Contains("cancelled", lab.State.LastError, StringComparison.Ordinal);
        SyncRecord record = lab.Store.GetHistory(_ => true, 1)[0];
        Assert.Equal((ConnectorStatus.FinishedWithError, lab.State.LastError), (record.Status, record.Error));
        Assert.NotNull(record.FinishTime);
        await Remote.QuietAsync(lab.Server);
        lab.Server.Faults.Clear();
        Assert.Equal(1, (await lab.SyncedAsync()).Counts.Missing);
    }

    [Theory]
    [InlineData("comparing with the library")]
    [InlineData("writing the library")]
    public async Task Cancellation_at_the_end_leaves_everything_as_it_was(string status)
    {
        await using SyncLab lab = await SyncLab.StartAsync(ConnectorProtocol.Atom);
        using CancellationTokenSource cancel = new();
        SyncEngine engine = new(
            lab.Store,
            (connector, _) => Task.FromResult(Remote.Client(connector.ServiceUrl, connector.Protocol)),
            new WatchingReporter(step =>
            {
                if (step.Status == status)
                {
                    cancel.Cancel();
                }
            }));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => engine.SynchronizeAsync(lab.Connector, force: false, cancel.Token));

        Assert.True(cancel.IsCancellationRequested);
        Assert.Empty(lab.Library());
        Assert.Equal(ConnectorStatus.FinishedWithError, lab.State.Status);
        Assert.Equal(130, (await lab.SyncedAsync()).Counts.Added);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_before_changes_nothing()
    {
        await using SyncLab lab = await SyncLab.StartAsync(ConnectorProtocol.Atom);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => lab.SyncAsync(cancellationToken: new CancellationToken(canceled: true)));

        Assert.Empty(lab.Library());
        Assert.Equal(0, lab.Server.RequestCount);
        Assert.Equal(130, (await lab.SyncedAsync()).Counts.Added);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, false)]
    [InlineData(ConnectorProtocol.WebApi, false)]
    [InlineData(ConnectorProtocol.Atom, true)]
    [InlineData(ConnectorProtocol.WebApi, true)]
    public async Task A_connector_that_is_removed_meanwhile_writes_nothing(ConnectorProtocol protocol, bool keep)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();
        lab.Model.AddRunbook(@"\New", "New");
        During(lab, "/Runbooks.*skip=100", () => lab.Store.RemoveConnector(lab.Connector, keep));

        OrchestratorException? error = null;
        try
        {
            error = (await lab.SyncAsync()).Failure;
        }
        catch (OrchestratorException e)
        {
            error = e;
        }

        Assert.Equal("ConnectorRemoved", error?.Id);
        Assert.Null(lab.Store.FindConnector("Main"));
        Assert.DoesNotContain(lab.Library(), r => r.Runbook.Name == "New");
        Assert.All(lab.Library(), r => Assert.Equal(RunbookStatus.PendingDelete, r.Status));
        Assert.Equal(keep ? 130 : 0, lab.Library().Count);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_password_that_changes_between_two_requests_is_used(ConnectorProtocol protocol)
    {
        BasicAuthentication basic = FakeAuthentication.Basic("user", "old");
        ChangingCredentials credentials = new("user", "old");
        // Page by page, so that there are requests after the change.
        await using SyncLab lab = await SyncLab.StartAsync(protocol, configure: o =>
        {
            o.Authentication = basic;
            o.Quirks = o.Quirks with { SupportsSkip = false, WebApiNextLink = WebApiNextLink.SkipToken };
        });
        lab.Options = lab.Options with { AllowUnencryptedAuthentication = true, MaxRequests = 1 };
        lab.Credentials = credentials;
        int changed = 0;
        lab.Server.Faults.Add(Fault.Status(500).On("/Runbooks.*skiptoken").When(_ =>
        {
            if (Interlocked.Increment(ref changed) == 1)
            {
                credentials.Change("user", "new");
                basic.Password = "new";
            }

            return false;
        }));

        await lab.SyncedAsync();

        Assert.NotEqual(0, changed);
        lab.LibraryIsSource();
        Assert.Equal(2, lab.Server.Requests.Where(r => r.Headers.ContainsKey("Authorization")).Select(r => r.Headers["Authorization"]).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_preview_says_what_the_synchronization_then_does_and_writes_nothing(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await AgreeAsync();
        IReadOnlyList<SourceRunbook> source = lab.Model.Runbooks;
        lab.Model.AddRunbook(@"\New", "Brand new", ("A", "In"));
        lab.Model.RenameRunbook(source[0].Id, "Renamed");
        lab.Model.RemoveRunbook(source[2].Id);
        lab.Model.RebuildParameters(source[4].Id);
        lab.Server.Quirks = lab.Server.Quirks with { InvisibleRunbooks = [source[5].Id] };
        await AgreeAsync();
        lab.Server.Quirks = lab.Server.Quirks with { InvisibleRunbooks = [] };
        await AgreeAsync();
        await AgreeAsync();

        async Task AgreeAsync()
        {
            string before = lab.Picture() + lab.State.Status + lab.State.LastStartTime;
            int history = lab.Store.GetHistory(_ => true, null).Count;
            SyncPreview preview = await lab.PreviewAsync();
            Assert.Equal(before, lab.Picture() + lab.State.Status + lab.State.LastStartTime);
            Assert.Equal(history, lab.Store.GetHistory(_ => true, null).Count);

            SyncRecord record = await lab.SyncedAsync();

            Assert.Equal(record.Counts, preview.Counts);
            Assert.Equal(record.Requests, preview.Requests);
            Assert.Equal(lab.Changes(record).Select(Text).Order(StringComparer.Ordinal), preview.Changes.Select(Text).Order(StringComparer.Ordinal));
        }

        static string Text(RunbookChange change) => $"{change.Id} {change} {change.Contract}";
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_preview_of_an_empty_answer_is_as_suspicious_as_the_synchronization(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();
        lab.Model.RemoveRunbooks(_ => true);

        await Remote.FailsAsync("EmptyAnswerSuspicious", lab.PreviewAsync());

        Assert.Equal(130, (await lab.PreviewAsync(force: true)).Counts.Missing);
        Assert.Equal(130, (await lab.SyncedAsync(force: true)).Counts.Missing);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Progress_has_a_percentage_once_the_count_is_known(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol, SourceModel.Generate(400, parametersPerRunbook: 1));

        await lab.SyncedAsync();

        IReadOnlyList<ProgressStep> steps = lab.Reporter.Steps;
        Assert.All(steps, s => Assert.Equal("Synchronizing 'Main'", s.Activity));
        Assert.Contains(steps, s => s.Status.Contains("of 400 runbooks", StringComparison.Ordinal) && s.Percent is > 0 and <= 90);
        int?[] percents = [.. steps.Select(s => s.Percent)];
        Assert.DoesNotContain(null, percents.SkipWhile(p => p is null or 0));
        Assert.Equal(percents.Where(p => p is not null).Order(), percents.Where(p => p is not null));
        Assert.All(percents, p => Assert.InRange(p ?? 0, 0, 100));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_source_that_changes_meanwhile_is_read_again_and_nothing_is_lost(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol);
        await lab.SyncedAsync();
        Guid gone = lab.Model.Runbooks[0].Id;
        During(lab, "/Runbooks.*skip=50", () => lab.Model.RemoveRunbook(gone));

        Assert.Equal(new SyncCounts { Total = 129, Missing = 1, Unchanged = 129 }, (await lab.SyncedAsync()).Counts);

        lab.LibraryIsSource();
    }

    [Theory]
    [InlineData("changed")]
    [InlineData("refused")]
    public async Task Parameters_that_came_before_the_runbooks_are_read_again_stay(string why)
    {
        await using SyncLab lab = await SyncLab.StartAsync(ConnectorProtocol.WebApi);
        await lab.SyncedAsync();
        lab.Server.Quirks = lab.Server.Quirks with { WebApiNextLink = WebApiNextLink.SkipToken };
        using ParameterWatch watch = new(lab.Store, lab.Model.Runbooks.Sum(r => r.Parameters.Count));
        int waited = 0;
        Guid gone = lab.Model.Runbooks[0].Id;
        lab.Server.Faults.Add(Fault.Status(400).On(@"/Runbooks\?.*skip=").When(_ =>
        {
            // The runbooks' second page comes when all parameters are there.
            watch.Whole.Wait(Remote.Patience);
            if (why == "changed" && Interlocked.Increment(ref waited) == 1)
            {
                lab.Model.RemoveRunbook(gone);
            }

            return why == "refused";
        }));

        SyncOutcome outcome = await lab.Engine(watch).SynchronizeAsync(lab.Connector, force: false, CancellationToken.None).WaitAsync(Remote.Patience);

        Assert.True(watch.Whole.IsSet);
        Assert.Equal(0, outcome.Record.Counts.Changed);
        lab.LibraryIsSource();
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Two_connectors_over_one_source_do_not_meet(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await SyncLab.StartAsync(protocol, Tree());
        await lab.SyncedAsync();
        Connector second = lab.Store.AddConnector(lab.Connector with { Id = 0, Name = "Second", Folder = @"\Ops" });

        SyncOutcome outcome = await lab.Engine().SynchronizeAsync(second, force: false, CancellationToken.None);

        Assert.Equal(3, outcome.Record.Counts.Added);
        Assert.Equal(new SyncCounts { Total = 6, Unchanged = 6 }, (await lab.SyncedAsync()).Counts);
        Assert.Equal(9, lab.Library().Count);
    }

    private static void Failed(SyncLab lab, SyncOutcome outcome)
    {
        Assert.Equal((ConnectorStatus.FinishedWithError, outcome.Failure!.Message), (outcome.Record.Status, outcome.Record.Error));
        Assert.Equal((ConnectorStatus.FinishedWithError, outcome.Failure.Message), (lab.State.Status, lab.State.LastError));
        Assert.Equal(new SyncCounts(), outcome.Record.Counts);
        Assert.NotNull(outcome.Record.FinishTime);
        Assert.Equal(outcome.Record, lab.Store.GetHistory(_ => true, 1)[0]);
        Assert.Empty(lab.Changes(outcome.Record));
    }

    private static Fault Make(string failure) => failure switch
    {
        "status" => Fault.Status(503),
        "forbidden" => Fault.Status(403),
        "reset" => Fault.Reset(),
        "cut" => Fault.CutClean(),
        "cut-dirty" => Fault.CutDirty(),
        "malformed" => Fault.Malformed(),
        "html" => Fault.HtmlPage(),
        "empty" => Fault.Empty(),
        "redirect" => Fault.Redirect("http://orchestrator.invalid/"),
        "gzip" => Fault.FalseGzip(),
        "bomb" => Fault.EntityBomb(),
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, null),
    };

    /// <summary>Ends when a request for this comes.</summary>
    private static TaskCompletionSource Reached(SyncLab lab, string pattern)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lab.Server.Faults.Add(Fault.Status(500).On(pattern).When(_ =>
        {
            reached.TrySetResult();
            return false;
        }));
        return reached;
    }

    /// <summary>Does something once, while a request for this is answered.</summary>
    private static void During(SyncLab lab, string pattern, Action action)
    {
        int done = 0;
        lab.Server.Faults.Add(Fault.Status(500).On(pattern).When(_ =>
        {
            if (Interlocked.Increment(ref done) == 1)
            {
                action();
            }

            return false;
        }));
    }

    private static SourceModel Tree()
    {
        SourceModel model = new();
        model.AddRunbook(@"\Ops", "Direct", ("A", "In"));
        model.AddRunbook(@"\Ops\Sub", "Below", ("B", "Out"));
        model.AddRunbook(@"\Ops\Sub\Sub", "Deep");
        model.AddRunbook(@"\Ops 2", "Beside");
        model.AddRunbook(@"\", "Ops");
        model.AddRunbook(@"\Else\Ops", "Elsewhere");
        return model;
    }

    private sealed class WatchingReporter(Action<ProgressStep> watch) : IReporter
    {
        public bool IsVerbose => false;

        public bool IsDebug => false;

        public void Verbose(string message)
        {
        }

        public void Debug(string message)
        {
        }

        public void Warning(string message)
        {
        }

        public void Progress(ProgressStep step) => watch(step);
    }
}
