using System.Globalization;

namespace OrchestratorConnector.Benchmarks;

/// <summary>A row of the table.</summary>
/// <param name="What">What was measured.</param>
/// <param name="Measured">The product's value.</param>
/// <param name="Baseline">What it is held against.</param>
/// <param name="Ratio">Product to baseline, or the other way round where the bar says "faster".</param>
/// <param name="Bar">What is promised; empty for a row that only informs.</param>
/// <param name="IsMet">Whether it is kept; <see langword="null"/> where there is no bar, or nothing to measure it with.</param>
internal sealed record Row(string What, string Measured, string Baseline, string Ratio, string Bar, bool? IsMet)
{
    /// <summary>A bar on how many times the baseline it may take.</summary>
    public static Row AtMost(string what, double[] measured, double[] baseline, string baselineIs, double? bar)
    {
        double ratio = Median.OfRatios(measured, baseline);
        return new Row(what, Milliseconds(Median.Of(measured)), $"{Milliseconds(Median.Of(baseline))} {baselineIs}".TrimEnd(), Times(ratio), bar is { } most ? $"≤ {Times(most)}" : string.Empty, bar is null ? null : ratio <= bar);
    }

    /// <summary>A bar on how many times faster than the baseline it must be.</summary>
    public static Row Faster(string what, double[] measured, double[] baseline, string baselineIs, double? bar)
    {
        double ratio = Median.OfRatios(baseline, measured);
        return new Row(
            what,
            Milliseconds(Median.Of(measured)),
            $"{Milliseconds(Median.Of(baseline))} {baselineIs}".TrimEnd(),
            Times(ratio) + " faster",
            bar is { } least ? $"≥ {Times(least)}" : string.Empty,
            bar is null ? null : ratio >= bar);
    }

    public static string Milliseconds(double value) => value < 100
        ? value.ToString("0.0", CultureInfo.InvariantCulture) + " ms"
        : value.ToString("N0", CultureInfo.InvariantCulture) + " ms";

    public static string Mebibytes(double bytes) => (bytes / (1024 * 1024)).ToString("0.0", CultureInfo.InvariantCulture) + " MiB";

    private static string Times(double value) => value.ToString("0.00", CultureInfo.InvariantCulture) + " ×";
}
