using System;
using System.Diagnostics;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using OrchestratorConnector.Commands;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// The cmdlet itself, bound and run by the double: from the call to the first object, the store opened anew by every call.
/// </summary>
internal static class FirstPiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        using Shell shell = new(typeof(GetSMRunbookCommand).Assembly);
        await Piece.WarmTimesAsync(() => FirstAsync(shell, arguments));
    }

    private static async Task<double> FirstAsync(Shell shell, Arguments arguments)
    {
        double? first = null;
        Stopwatch watch = Stopwatch.StartNew();
        RunningInvocation run = shell.Command("Get-SMRunbook")
            .With(arguments["parameter"], arguments["value"])
            .With("StatePath", arguments["store"])
            .InvokeAsync((running, record) =>
            {
                if (record.Stream == ShellStream.Output && first is null)
                {
                    first = watch.Elapsed.TotalMilliseconds;
                    running.Stop();
                }
            });
        ShellResult result = await run.Completion;
        return first ?? throw new InvalidOperationException($"Nothing was found: {result.TerminatingError}");
    }
}
