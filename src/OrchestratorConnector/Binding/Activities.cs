using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Binding;

/// <summary>What the cmdlets about kept runbook activities share.</summary>
internal static class Activities
{
    /// <summary>The activity of a name.</summary>
    /// <exception cref="OrchestratorException">ActivityNotFound.</exception>
    public static RunbookActivity Require(IStateStore store, string name) =>
        store.FindActivity(name) ?? throw Error.ActivityNotFound(name, store.GetActivities().Select(a => a.Name));

    /// <summary>The runbook of an activity, or <see langword="null"/> when the library does not have it any more.</summary>
    public static LibraryRunbook? FindRunbook(IStateStore store, RunbookActivity activity) => store
        .FindRunbooks(new RunbookQuery { Ids = [activity.RunbookId] }, default)
        .FirstOrDefault(r => r.ConnectorId == activity.ConnectorId);

    /// <summary>An activity for the pipeline.</summary>
    public static SMRunbookActivity ToOutput(IStateStore store, RunbookActivity activity) =>
        new(activity, store.GetConnectors().FirstOrDefault(c => c.Connector.Id == activity.ConnectorId)?.Connector.Name ?? string.Empty, store.Location);
}
