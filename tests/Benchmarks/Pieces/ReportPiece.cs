using System;
using System.Diagnostics;
using System.IO;
using System.Threading.Tasks;
using OrchestratorConnector.Report;
using OrchestratorConnector.State.Sqlite;

namespace OrchestratorConnector.Benchmarks;

/// <summary>Writes the report of a store.</summary>
internal static class ReportPiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        await Piece.TimeAsync(() =>
        {
            using SqliteStateStore store = SqliteStateStore.Open(arguments["store"]);
            using FileStream stream = File.Create(arguments["report"]);
            RunbookReport.Write(store, new ReportOptions { Since = DateTime.UtcNow.AddDays(-30) }, stream, default);
            return Task.CompletedTask;
        });
        Child.Report("peak", Process.GetCurrentProcess().PeakWorkingSet64);
    }
}
