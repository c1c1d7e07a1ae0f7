using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Threading.Tasks;
using OrchestratorConnector.Commands;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Invoke-SMRunbook with an object in the pipeline for each job, bound and run by the double: how long it takes altogether, how
/// many threads the process has meanwhile, and how long after its end each job's result comes.
/// </summary>
internal static class JobsPiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        using Shell shell = new(typeof(InvokeSMRunbookCommand).Assembly);
        StartableRunbook runbook = StartableRunbook.Of(arguments["store"]);
        using ThreadCount threads = new();
        int limit = arguments.Number("limit");
        if (arguments.Number("warm", 0) is > 0 and int warm)
        {
            await RunAsync(shell, runbook, arguments["store"], warm, limit);
        }

        List<(Guid Id, TimeSpan Late)> results = [];
        await Piece.TimeAsync(async () => results = await RunAsync(shell, runbook, arguments["store"], arguments.Number("jobs"), limit));
        Child.Report("threads-before", threads.Before);
        Child.Report("threads-peak", threads.End());
        foreach ((Guid id, TimeSpan late) in results)
        {
            Child.Report(LateOf(id), late.TotalMilliseconds);
        }
    }

    /// <summary>The name under which is reported how long after a job's end its result came.</summary>
    public static string LateOf(Guid id) => $"late-{id:N}";

    private static async Task<List<(Guid Id, TimeSpan Late)>> RunAsync(Shell shell, StartableRunbook runbook, string store, int jobs, int limit)
    {
        List<(Guid Id, TimeSpan Late)> results = [];
        RunningInvocation run = shell.Command("Invoke-SMRunbook")
            .With("Path", runbook.Path)
            .With("StatePath", store)
            .With("ThrottleLimit", limit)
            .WithInput([.. Enumerable.Range(1, jobs).Select(Input)])
            .InvokeAsync((_, record) =>
            {
                DateTime now = DateTime.UtcNow;
                if (record.Stream == ShellStream.Output && (record.Value is PSObject wrapped ? wrapped.BaseObject : record.Value) is SMRunbookJob { Id: { } id, FinishTime: { } end })
                {
                    results.Add((id, now - end.ToUniversalTime()));
                }
            });
        ShellResult result = await run.Completion;
        return results.Count == jobs && !result.HadErrors
            ? results
            : throw new InvalidOperationException($"{results.Count} of {jobs} jobs came: {result.TerminatingError ?? (result.Errors is [var first, ..] ? first : null)}");

        object Input(int number)
        {
            PSObject input = new();
            foreach (string name in runbook.Inputs)
            {
                input.Properties.Add(new PSNoteProperty(name, $"{name} {number}"));
            }

            return input;
        }
    }
}
