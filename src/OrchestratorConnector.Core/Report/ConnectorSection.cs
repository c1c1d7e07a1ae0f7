using System;
using System.Collections.Generic;
using System.Xml.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Report;

/// <summary>The connectors and their last runs.</summary>
internal static class ConnectorSection
{
    public static IEnumerable<XElement> Of(IReadOnlyList<ConnectorState> connectors, ReportOptions options, ReportClock clock)
    {
        if (connectors.Count == 0)
        {
            yield return Html.None(options.Connectors.Count == 0 ? "No connector is registered." : "No registered connector has such a name.");
            yield break;
        }

        HtmlTable table = new("Connectors and their last runs", "Connector", "Enabled", "Status", "Last start", "Last finish", "Duration", "Last success", "Next run", "Runbooks");
        foreach (ConnectorState state in connectors)
        {
            Connector connector = state.Connector;
            DateTime? next = state.NextRunTime(options.Zone);
            table.Add(
                Html.Name(connector.Name),
                connector.Enabled ? "Yes" : "No",
                StatusOf(state),
                Text(state.LastStartTime),
                Text(state.LastFinishTime),
                state.LastFinishTime - state.LastStartTime is { } duration ? ReportClock.Text(duration) : null,
                Text(state.LastSuccessTime),
                Text(next),
                state.RunbookCount);
            if (state.LastError is { } error)
            {
                table.AddNote(Html.Name(error));
            }
        }

        yield return table.ToElement();

        string? Text(DateTime? time) => time is { } known ? clock.Text(known) : null;
    }

    public static XElement StatusOf(ConnectorStatus status, string? more = null) => Html.Status(
        status switch
        {
            ConnectorStatus.FinishedSuccess => "good",
            ConnectorStatus.FinishedWithError => "bad",
            ConnectorStatus.Running => "busy",
            _ => "idle",
        },
        StatusText.Of(status) + more);

    private static XElement StatusOf(ConnectorState state) =>
        StatusOf(state.Status, state is { Status: ConnectorStatus.Running, PercentComplete: { } percent } ? FormattableString.Invariant($", {percent} %") : null);
}
