using System;
using System.Collections.Generic;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Import of the staged module in a real PowerShell: the whole process, against one that starts, does nothing and ends. Taken in
/// turns, and the middle of the differences.
/// </summary>
internal sealed class ModuleImport : IMeasurement
{
    private const double Bar = 150;
    private const int LeastTimes = 9;

    public string Name => "import";

    public IEnumerable<Row> Run(BenchmarkOptions options, Workspace workspace)
    {
        if (PowerShell.Find() is not { } shell)
        {
            yield return new Row("module import", "no PowerShell here", string.Empty, string.Empty, string.Empty, null);
            yield break;
        }

        using PowerShell.StagedModule module = PowerShell.Stage(workspace);
        string import = "Import-Module " + PowerShell.Quote(module.Manifest);
        PowerShell.Time(shell, import);
        PowerShell.Time(shell, "1");
        List<double> with = [];
        List<double> without = [];
        List<double> more = [];
        for (int i = 0; i < Math.Max(LeastTimes, options.Repeat); i++)
        {
            with.Add(PowerShell.Time(shell, import));
            without.Add(PowerShell.Time(shell, "1"));
            more.Add(with[^1] - without[^1]);
        }

        double difference = Median.Of(more);
        yield return new Row(
            "module import in PowerShell",
            Row.Milliseconds(Median.Of(with)),
            Row.Milliseconds(Median.Of(without)) + " (empty start)",
            "+" + Row.Milliseconds(difference),
            "≤ +" + Row.Milliseconds(Bar),
            difference <= Bar);
    }
}
