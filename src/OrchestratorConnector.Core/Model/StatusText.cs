namespace OrchestratorConnector.Model;

/// <summary>States in the words in which people read them.</summary>
internal static class StatusText
{
    /// <summary>A connector's state as Service Manager shows it.</summary>
    public static string Of(ConnectorStatus status) => status switch
    {
        ConnectorStatus.NeverRun => "Never Run",
        ConnectorStatus.Running => "Running",
        ConnectorStatus.FinishedSuccess => "Finished Success",
        ConnectorStatus.FinishedWithError => "Finished With Error",
        ConnectorStatus.Unknown => "Unknown",
        _ => string.Empty,
    };

    /// <summary>A runbook's state.</summary>
    public static string Of(RunbookStatus status) => status == RunbookStatus.PendingDelete ? "Pending Delete" : status.ToString();
}
