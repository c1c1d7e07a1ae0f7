using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Jobs;

/// <summary>Whether a runbook may be started at all, by what the library knows of it.</summary>
public static class RunbookGate
{
    /// <summary>Refuses a runbook whose start would send wrong data, or none.</summary>
    /// <exception cref="OrchestratorException">RunbookInvalid, RunbookMissing, RunbookRemoved, RunbookIsMonitor.</exception>
    public static void Check(LibraryRunbook runbook, bool force, bool isAwaited)
    {
        switch (runbook.Status)
        {
            case RunbookStatus.Invalid:
                throw Error.RunbookInvalid(runbook, ContractComparison.Text(runbook.AcceptedContract ?? [], runbook.Runbook.Parameters ?? []));
            case RunbookStatus.PendingDelete:
                throw Error.RunbookRemoved(runbook);
            case RunbookStatus.Missing when !force:
                throw Error.RunbookMissing(runbook);
            default:
                break;
        }

        if (isAwaited && runbook.Runbook.IsMonitor)
        {
            throw Error.RunbookIsMonitor(runbook);
        }
    }
}
