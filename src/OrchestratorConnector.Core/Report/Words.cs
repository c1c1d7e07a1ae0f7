using System.Collections.Generic;
using System.Globalization;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Report;

/// <summary>The words and numbers of the page.</summary>
internal static class Words
{
    /// <summary>The states of runbooks by their number.</summary>
    public static IReadOnlyList<string> RunbookStatuses { get; } = ["Active", "Invalid", "Missing", "Pending Delete"];

    /// <summary>A connector's state as Service Manager shows it.</summary>
    public static string Of(ConnectorStatus status) => status switch
    {
        ConnectorStatus.NeverRun => "Never Run",
        ConnectorStatus.Running => "Running",
        ConnectorStatus.FinishedSuccess => "Finished Success",
        ConnectorStatus.FinishedWithError => "Finished With Error",
        _ => "Unknown",
    };

    public static string Of(RunbookStatus status) => RunbookStatuses[(int)status];

    public static string Of(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A number with its noun: 1 job, 2 jobs.</summary>
    public static string Count(long number, string noun) => $"{Of(number)} {noun}{(number == 1 ? "" : "s")}";
}
