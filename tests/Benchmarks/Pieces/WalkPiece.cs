using System;
using System.Diagnostics;
using System.Threading.Tasks;
using OrchestratorConnector.Library;
using SQLitePCL;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// What a wildcard costs that only the last entry of an index fits: the file opened, one prepared statement, and the walk along
/// the names alone. Nothing is bound, made into an object or given to a pipeline.
/// </summary>
internal static class WalkPiece
{
    public static Task RunAsync(Arguments arguments)
    {
        string glob = NamePattern.Parse(arguments["value"]).ToGlob().Replace("'", "''");
        return Piece.WarmTimesAsync(() => Task.FromResult(Walk(arguments["store"], glob)));
    }

    private static double Walk(string store, string glob)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using StoredRows rows = new(store);
        using sqlite3_stmt statement = rows.Prepare($"SELECT name_key FROM runbook INDEXED BY runbook_name WHERE name_key GLOB '{glob}' ORDER BY name_key");
        return raw.sqlite3_step(statement) == raw.SQLITE_ROW
            ? watch.Elapsed.TotalMilliseconds
            : throw new InvalidOperationException("Nothing was found.");
    }
}
