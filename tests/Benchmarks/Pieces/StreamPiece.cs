using System;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Output;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// All runbooks of a library, each made into the object that the cmdlet gives out and dropped: how much is alive near the
/// beginning and near the end.
/// </summary>
internal static class StreamPiece
{
    private const int Early = 500;

    public static Task RunAsync(Arguments arguments)
    {
        int late = arguments.Number("runbooks") - Early;
        using SqliteStateStore store = SqliteStateStore.Open(arguments["store"]);
        int passed = 0;
        long early = 0;
        foreach (Model.LibraryRunbook row in store.FindRunbooks(new RunbookQuery(), CancellationToken.None))
        {
            SMRunbook runbook = new(row, store.Location);
            passed++;
            if (passed == Early)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
            else if (passed == late)
            {
                Child.Report("growth", GC.GetTotalMemory(forceFullCollection: true) - early);
            }

            GC.KeepAlive(runbook);
        }

        Child.Report("rows", passed);
        return Task.CompletedTask;
    }
}
