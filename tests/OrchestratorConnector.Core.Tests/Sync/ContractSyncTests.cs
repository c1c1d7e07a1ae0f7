using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Sync;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Sync;

/// <summary>A contract that changes at the source under something that depends on it.</summary>
public sealed class ContractSyncTests
{
    public static TheoryData<ConnectorProtocol> Protocols => [ConnectorProtocol.Atom, ConnectorProtocol.WebApi];

    /// <summary>What changes of <c>In Computer, In Unmapped, Out Result, Out Other</c>, and what that breaks.</summary>
    public static TheoryData<ConnectorProtocol, string, string?> Changes
    {
        get
        {
            TheoryData<ConnectorProtocol, string, string?> data = [];
            foreach (ConnectorProtocol protocol in new[] { ConnectorProtocol.Atom, ConnectorProtocol.WebApi })
            {
                data.Add(protocol, "ids", null);
                data.Add(protocol, "case", null);
                data.Add(protocol, "description", null);
                data.Add(protocol, "unmapped input gone", null);
                data.Add(protocol, "unmapped output gone", null);
                data.Add(protocol, "unmapped output of another type", null);
                data.Add(protocol, "new output", null);
                data.Add(protocol, "mapped input gone", "the input 'Computer' is gone");
                data.Add(protocol, "mapped output gone", "the output 'Result' is gone");
                data.Add(protocol, "mapped input turned", "the input 'Computer' goes the other way now");
                data.Add(protocol, "mapped input of another type", "the input 'Computer' was String and is Integer");
                data.Add(protocol, "new input", "the input 'New' is new");
                data.Add(protocol, "mapped input renamed", "the input 'Computer' is gone, the input 'Machine' is new");
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Changes))]
    public async Task A_runbook_becomes_invalid_by_what_breaks_and_by_nothing_else(ConnectorProtocol protocol, string change, string? breaks)
    {
        await using SyncLab lab = await StartAsync(protocol);
        Guid id = Mapped(lab);
        Change(lab.Model, id, change);

        SyncPreview preview = await lab.PreviewAsync();
        Assert.Equal(RunbookStatus.Active, lab.Find(id).Status);
        SyncRecord record = await lab.SyncedAsync();

        Assert.Equal(preview.Counts, record.Counts);
        Assert.Equal((1, breaks is null ? 0 : 1), (record.Counts.Changed, record.Counts.Invalid));
        LibraryRunbook runbook = lab.Find(id);
        string? reason = breaks is null ? null : $"Its contract changed under the runbook activities that depend on it: 'Restart server' ({breaks}).";
        Assert.Equal(reason, Assert.Single(preview.Changes).InvalidReason);
        Assert.Equal((breaks is null ? RunbookStatus.Active : RunbookStatus.Invalid, reason), (runbook.Status, runbook.StatusReason));
        Assert.Equal(breaks is null ? null : "Computer,Unmapped,Other,Result", runbook.AcceptedContract is { } accepted ? string.Join(',', accepted.Select(p => p.Name)) : null);
        // The contract of the runbook itself is the source's in any case.
        Assert.Equal(lab.Model.FindRunbook(id)!.Parameters.Select(p => p.Name).Order(StringComparer.Ordinal), runbook.Runbook.Parameters!.Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.All(lab.Library().Where(r => r.Runbook.Id != id), r => Assert.Equal(RunbookStatus.Active, r.Status));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task What_nothing_depends_on_changes_freely(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await StartAsync(protocol);
        Guid id = lab.Model.Runbooks[0].Id;
        Change(lab.Model, id, "mapped input renamed");

        Assert.Equal(0, (await lab.PreviewAsync()).Counts.Invalid);
        Assert.Equal(0, (await lab.SyncedAsync()).Counts.Invalid);
        Assert.Equal((RunbookStatus.Active, null), (lab.Find(id).Status, lab.Find(id).AcceptedContract));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_invalid_runbook_is_not_started_and_both_contracts_are_shown(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await StartAsync(protocol);
        Guid id = Mapped(lab);
        Change(lab.Model, id, "mapped input turned");
        await lab.SyncedAsync();
        lab.Server.ClearRequests();
        LibraryRunbook runbook = lab.Find(id);
        using JobSession session = new(
            lab.Store, lab.Connector, Remote.Client(lab.Server, protocol), lab.Reporter);

        OrchestratorException error = await Remote.FailsAsync(
            "RunbookInvalid", session.Starter.StartAsync(new JobOrder { Runbook = runbook, Parameters = [], Force = true }, CancellationToken.None));

        Assert.Contains("'Restart server' (the input 'Computer' goes the other way now).", error.Message, StringComparison.Ordinal);
        Assert.Contains("Accepted -> now: In 'Computer'", error.Message, StringComparison.Ordinal);
        Assert.Contains("-> Out 'Computer'", error.Message, StringComparison.Ordinal);
        Assert.Empty(lab.Server.Requests);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task A_contract_that_comes_back_makes_it_active_again(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await StartAsync(protocol);
        Guid id = Mapped(lab);
        lab.Model.RenameParameter(id, "Computer", "Machine");
        await lab.SyncedAsync();
        Assert.Equal(RunbookStatus.Invalid, lab.Find(id).Status);

        // Something else of it changes: it stays as it is.
        lab.Model.Edit(id, r => r.Description = "Other");
        SyncPreview again = await lab.PreviewAsync();
        SyncRecord stays = await lab.SyncedAsync();
        Assert.Equal((again.Counts, 0), (stays.Counts, stays.Counts.Invalid));
        Assert.Equal(RunbookStatus.Invalid, lab.Find(id).Status);
        Assert.Contains("'Computer' is gone", lab.Find(id).StatusReason, StringComparison.Ordinal);
        Assert.Contains("Computer", lab.Find(id).AcceptedContract!.Select(p => p.Name));

        // Under other ids, which does not matter.
        lab.Model.RenameParameter(id, "Machine", "computer");
        lab.Model.RebuildParameters(id);
        SyncPreview preview = await lab.PreviewAsync();
        SyncRecord back = await lab.SyncedAsync();

        Assert.Equal((preview.Counts, 0), (back.Counts, back.Counts.Invalid));
        LibraryRunbook runbook = lab.Find(id);
        Assert.Equal((RunbookStatus.Active, null, null), (runbook.Status, runbook.StatusReason, runbook.AcceptedContract));
        Assert.Null(Record.Exception(() => RunbookGate.Check(runbook, force: false, isAwaited: true)));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task An_approved_contract_is_the_one_to_go_by(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await StartAsync(protocol);
        Guid id = Mapped(lab);
        lab.Model.RenameParameter(id, "Computer", "Machine");
        await lab.SyncedAsync();
        RunbookActivity activity = lab.Store.FindActivity("Restart server")!;
        lab.Store.UpdateActivity(activity, a => a with { Map = [new ActivityMapping("Machine", "Name", false)] });

        LibraryRunbook approved = lab.Store.ApproveRunbook(lab.Find(id));

        Assert.Equal((RunbookStatus.Active, null, null), (approved.Status, approved.StatusReason, approved.AcceptedContract));
        SyncRecord quiet = await lab.SyncedAsync();
        Assert.Equal((0, 0), (quiet.Counts.Changed, quiet.Counts.Invalid));
        Assert.Equal(RunbookStatus.Active, lab.Find(id).Status);

        // And the next change is measured by it.
        lab.Model.RenameParameter(id, "Machine", "Computer");
        await lab.SyncedAsync();
        Assert.Contains("the input 'Machine' is gone", lab.Find(id).StatusReason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ConnectorProtocol.Atom, true)]
    [InlineData(ConnectorProtocol.WebApi, true)]
    [InlineData(ConnectorProtocol.Atom, false)]
    [InlineData(ConnectorProtocol.WebApi, false)]
    public async Task An_invalid_runbook_that_was_missing_comes_back_as_it_is(ConnectorProtocol protocol, bool isPutRight)
    {
        await using SyncLab lab = await StartAsync(protocol);
        Guid id = Mapped(lab);
        lab.Model.RenameParameter(id, "Computer", "Machine");
        await lab.SyncedAsync();
        lab.Server.Quirks.InvisibleRunbooks = [id];
        await lab.SyncedAsync();
        Assert.Equal(RunbookStatus.Missing, lab.Find(id).Status);
        Assert.Contains("Computer", lab.Find(id).AcceptedContract!.Select(p => p.Name));
        Assert.Equal("RunbookMissing", Assert.Throws<OrchestratorException>(() => RunbookGate.Check(lab.Find(id), force: false, isAwaited: false)).Id);
        if (isPutRight)
        {
            lab.Model.RenameParameter(id, "Machine", "Computer");
        }

        lab.Server.Quirks.InvisibleRunbooks = [];
        SyncPreview preview = await lab.PreviewAsync();
        SyncRecord record = await lab.SyncedAsync();

        Assert.Equal(preview.Counts, record.Counts);
        Assert.Equal(1, record.Counts.Returned);
        Assert.Equal(isPutRight ? RunbookStatus.Active : RunbookStatus.Invalid, lab.Find(id).Status);
        Assert.Equal(isPutRight, lab.Find(id).AcceptedContract is null);
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Runbooks_are_judged_by_the_activities_of_their_own(ConnectorProtocol protocol)
    {
        await using SyncLab lab = await StartAsync(protocol);
        IReadOnlyList<SourceRunbook> source = lab.Model.Runbooks;
        Guid id = Mapped(lab);
        lab.Store.AddActivity(Activity(lab, source[1].Id) with { Name = "Second", OutputMap = [] });
        lab.Store.AddActivity(Activity(lab, source[1].Id) with { Name = "Third", Map = [], Defaults = [Samples.Pair("computer", "x")] });
        foreach (SourceRunbook runbook in source)
        {
            lab.Model.RemoveParameter(runbook.Id, "Result");
            lab.Model.RemoveParameter(runbook.Id, "Unmapped");
        }

        SyncPreview preview = await lab.PreviewAsync();
        SyncRecord record = await lab.SyncedAsync();

        Assert.Equal((preview.Counts, 2L), (record.Counts, record.Counts.Invalid));
        Assert.Equal([id, source[1].Id], preview.Changes.Where(c => c.InvalidReason is not null).Select(c => c.Id).OrderBy(i => i == id ? 0 : 1));
        Assert.Equal("Its contract changed under the runbook activities that depend on it: 'Third' (the output 'Result' is gone).", lab.Find(source[1].Id).StatusReason);
        Assert.Equal(RunbookStatus.Invalid, lab.Find(id).Status);
        Assert.Equal(RunbookStatus.Active, lab.Find(source[2].Id).Status);
    }

    private static async Task<SyncLab> StartAsync(ConnectorProtocol protocol)
    {
        SourceModel model = new();
        foreach (string name in new[] { "First", "Second", "Third" })
        {
            model.AddRunbook(@"\Ops", name, ("Computer", "In"), ("Unmapped", "In"), ("Result", "Out"), ("Other", "Out"));
        }

        SyncLab lab = await SyncLab.StartAsync(protocol, model);
        await lab.SyncedAsync();
        return lab;
    }

    /// <summary>An activity on the first runbook.</summary>
    private static Guid Mapped(SyncLab lab)
    {
        Guid id = lab.Model.Runbooks[0].Id;
        lab.Store.AddActivity(Activity(lab, id));
        return id;
    }

    private static RunbookActivity Activity(SyncLab lab, Guid runbook) => Samples.Activity() with
    {
        ConnectorId = lab.Connector.Id,
        RunbookId = runbook,
        Map = [new ActivityMapping("Computer", "Name", false)],
        OutputMap = [Samples.Pair("Result", "Note")],
    };

    private static void Change(SourceModel model, Guid id, string change)
    {
        switch (change)
        {
            case "ids":
                model.RebuildParameters(id);
                break;
            case "case":
                model.RenameParameter(id, "Computer", "COMPUTER");
                model.RenameParameter(id, "Result", "result");
                break;
            case "description":
                model.Edit(id, r => r.Description = "Other");
                break;
            case "unmapped input gone":
                model.RemoveParameter(id, "Unmapped");
                break;
            case "unmapped output gone":
                model.RemoveParameter(id, "Other");
                break;
            case "unmapped output of another type":
                model.SetParameterType(id, "Other", "Integer");
                break;
            case "new output":
                model.AddParameter(id, "New", "Out");
                break;
            case "mapped input gone":
                model.RemoveParameter(id, "Computer");
                break;
            case "mapped output gone":
                model.RemoveParameter(id, "Result");
                break;
            case "mapped input turned":
                model.SetParameterDirection(id, "Computer", "Out");
                break;
            case "mapped input of another type":
                model.SetParameterType(id, "Computer", "Integer");
                break;
            case "new input":
                model.AddParameter(id, "New");
                break;
            default:
                model.RenameParameter(id, "Computer", "Machine");
                break;
        }
    }
}
