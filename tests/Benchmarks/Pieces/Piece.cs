using System;
using System.Diagnostics;
using System.Threading.Tasks;

namespace OrchestratorConnector.Benchmarks;

/// <summary>The pieces of work that run in processes of their own.</summary>
internal static class Piece
{
    private const int Warm = 30;
    private const int Counted = 15;

    public static Task RunAsync(string name, Arguments arguments) => name switch
    {
        "serve" => ServePiece.RunAsync(arguments),
        "sync" => SyncPiece.RunAsync(arguments),
        "drain" => DrainPiece.RunAsync(arguments),
        "pass" => ReaderPiece.RunAsync(arguments),
        "serial" => SerialPiece.RunAsync(arguments),
        "insert" => InsertPiece.RunAsync(arguments),
        "read" => ReadPiece.RunAsync(arguments),
        "script" => ScriptPiece.RunAsync(arguments),
        "first" => FirstPiece.RunAsync(arguments),
        "walk" => WalkPiece.RunAsync(arguments),
        "stream" => StreamPiece.RunAsync(arguments),
        "jobs" => JobsPiece.RunAsync(arguments),
        "report" => ReportPiece.RunAsync(arguments),
        _ => throw new ArgumentException($"There is no piece '{name}'."),
    };

    /// <summary>
    /// Does the work several times and reports each time. The first is as a fresh process does it, code not yet compiled; the
    /// last is what it takes once that is done.
    /// </summary>
    public static async Task TimesAsync(Arguments arguments, Func<Task> work)
    {
        for (int i = arguments.Number("times", 1); i > 0; i--)
        {
            await TimeAsync(work);
        }
    }

    /// <summary>Does what takes milliseconds so often that its code is compiled, and reports the later times.</summary>
    /// <param name="work">Does it once and says how many milliseconds it took.</param>
    public static async Task WarmTimesAsync(Func<Task<double>> work)
    {
        for (int i = 0; i < Warm + Counted; i++)
        {
            double elapsed = await work();
            if (i >= Warm)
            {
                Child.Report("ms", elapsed);
            }
        }
    }

    public static async Task TimeAsync(Func<Task> work)
    {
        // What an earlier time left behind is not this one's.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Stopwatch watch = Stopwatch.StartNew();
        await work();
        Child.Report("ms", watch.Elapsed.TotalMilliseconds);
    }
}
