using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Benchmarks;

/// <summary>A runbook of a library that jobs can be started of, with its inputs.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Inputs">The names of its inputs.</param>
internal sealed record StartableRunbook(string Path, IReadOnlyList<string> Inputs)
{
    /// <summary>The first one that is no monitor, is not checked out, takes something and gives something.</summary>
    public static StartableRunbook Of(string path)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        LibraryRunbook found = store.FindRunbooks(new RunbookQuery(), default).First(IsStartable);
        return new StartableRunbook(found.Runbook.Path, [.. JobInputs.Of(found).Select(i => i.Name)]);
    }

    private static bool IsStartable(LibraryRunbook library) =>
        library.Runbook is { IsMonitor: false, CheckedOutBy: null, Parameters: { } parameters }
        && parameters.Any(p => p.Direction == ParameterDirection.In) && parameters.Any(p => p.Direction == ParameterDirection.Out);
}
