using System;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>What may be started by what the library knows.</summary>
public sealed class RunbookGateTests
{
    [Fact]
    public void An_active_runbook_may_be_started_and_awaited()
    {
        Assert.Null(Record.Exception(() => RunbookGate.Check(Contract.Runbook("In A"), force: false, isAwaited: true)));
        Assert.Null(Record.Exception(() => RunbookGate.Check(Contract.Runbook("", isMonitor: true), force: false, isAwaited: false)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void An_invalid_one_never_may(bool force)
    {
        LibraryRunbook runbook = Contract.Runbook("Out A:String, In B", status: RunbookStatus.Invalid, accepted: "In A:String", reason: "Its contract changed.");

        OrchestratorException error = Refused("RunbookInvalid", runbook, force);

        Assert.Contains("Its contract changed. Accepted -> now: In 'A' (String) -> Out 'A' (String); none -> In 'B'.", error.Message, StringComparison.Ordinal);
        Assert.Contains("Approve-SMRunbook", error.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_one_may_by_force()
    {
        LibraryRunbook runbook = Contract.Runbook("", status: RunbookStatus.Missing, reason: "No longer returned.");

        Assert.Contains("No longer returned.", Refused("RunbookMissing", runbook, force: false).Message, StringComparison.Ordinal);
        Assert.Null(Record.Exception(() => RunbookGate.Check(runbook, force: true, isAwaited: true)));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void One_without_a_connector_never_may(bool force)
    {
        Refused("RunbookRemoved", Contract.Runbook("", status: RunbookStatus.PendingDelete), force);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Nobody_waits_for_a_monitor(bool force)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => RunbookGate.Check(Contract.Runbook("", isMonitor: true), force, isAwaited: true));

        Assert.Equal("RunbookIsMonitor", error.Id);
    }

    private static OrchestratorException Refused(string id, LibraryRunbook runbook, bool force)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => RunbookGate.Check(runbook, force, isAwaited: false));
        Assert.Equal(id, error.Id);
        Assert.Equal(@"\Ops\Reset", error.Target);
        Assert.Equal(ErrorKind.InvalidOperation, error.Kind);
        return error;
    }
}
