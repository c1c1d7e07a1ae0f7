using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading.Tasks;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Measures what the product promises about speed and memory, each against its baseline in the same run, and prints one table.
/// Ends with 0 only if every bar is met. Started with a hidden verb it is one of the processes that are measured.
/// </summary>
internal static class Program
{
    private static readonly IMeasurement[] Measurements =
    [
        new FullSync(),
        new SecondSync(),
        new SlowServer(),
        new PeakMemory(),
        new FirstObject(),
        new Completion(),
        new ModuleImport(),
        new PlainScript(),
        new RunbookJobs(),
        new ReportOpening(),
    ];

    private static async Task<int> Main(string[] arguments)
    {
        try
        {
            if (arguments is ["piece", var piece, ..])
            {
                await Piece.RunAsync(piece, new Arguments(arguments[2..]));
                return 0;
            }

            BenchmarkOptions options = BenchmarkOptions.Read(arguments, [.. Measurements.Select(m => m.Name)]);
            return Measure(options);
        }
        catch (ArgumentException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
    }

    private static int Measure(BenchmarkOptions options)
    {
        using Workspace workspace = new();
        List<Row> rows = [];
        foreach (IMeasurement measurement in Measurements.Where(m => options.IsWanted(m.Name)))
        {
            Console.Error.WriteLine($"{measurement.Name} ...");
            foreach (Row row in measurement.Run(options, workspace))
            {
                rows.Add(row);
                Console.Error.WriteLine("  " + row);
            }
        }

        Console.WriteLine(Table.Of(rows));
        Console.WriteLine();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{Environment.ProcessorCount} processors, .NET {Environment.Version}, {options.Repeat} interleaved repeats each. Times are medians over the repeats, and a ratio is the median of the ratios of the repeats; of the bare work and its synchronization, each repeat gives the first time in a fresh process and the quickest of the {UnavoidableWork.Later} after it."));
        return rows.TrueForAll(r => r.IsMet != false) ? 0 : 1;
    }
}
