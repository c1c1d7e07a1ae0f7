using System;
using System.Collections.Generic;
using System.Linq;

namespace OrchestratorConnector.Benchmarks;

/// <summary>The middle of repeated measurements: one that was disturbed does not move it.</summary>
internal static class Median
{
    public static double Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return sorted.Length == 0
            ? throw new ArgumentException("There is nothing to take the middle of.", nameof(values))
            : (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>
    /// The middle of the ratios of each repeat. What slows the machine down for a while slows both sides of one repeat, so the
    /// ratio is steadier than the times are.
    /// </summary>
    public static double OfRatios(double[] measured, double[] baseline) => Of(measured.Zip(baseline, (m, b) => m / b));
}
