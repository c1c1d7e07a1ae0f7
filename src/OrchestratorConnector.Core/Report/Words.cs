using System.Globalization;

namespace OrchestratorConnector.Report;

/// <summary>Numbers as the page shows them.</summary>
internal static class Words
{
    public static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun: 1 job, 2 jobs.</summary>
    public static string Count(long number, string noun) => $"{Of(number)} {noun}{(number == 1 ? "" : "s")}";
}
