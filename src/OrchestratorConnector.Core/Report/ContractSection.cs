using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Report;

/// <summary>The contracts that changed, and which parameters moved by name or by id.</summary>
internal static class ContractSection
{
    public static IEnumerable<XElement> Of(SyncSummary syncs, string since, ReportClock clock)
    {
        if (syncs.ContractChangeCount == 0)
        {
            yield return Html.None($"No contract changed since {since}.");
            yield break;
        }

        yield return Html.Paragraph(syncs.ContractChangeCount <= SyncSummary.MostChanges
            ? $"{Words.Count(syncs.ContractChangeCount, "change")} since {since}."
            : $"The last {SyncSummary.MostChanges} of {Words.Of(syncs.ContractChangeCount)} since {since}; Get-OrchestratorConnectorHistory has them all.");
        HtmlTable table = new("Contract changes, the newest first", "Runbook", "Connector", "Found", "Moved", "Parameters");
        foreach (ReportedChange reported in syncs.ContractChanges)
        {
            table.Add(
                new XElement("bdi", Html.Class("path"), reported.Change.Path),
                Html.Name(reported.Connector),
                clock.Text(reported.FoundTime),
                reported.Change.Contract == ContractChange.IdsOnly ? Html.Status("idle", "Ids only") : Html.Status("warn", "Names"),
                new XElement("ul", reported.Change.Parameters.Where(p => p.Kind != ParameterChangeKind.Description).Select(p => new XElement("li", Describe(p)))));
        }

        yield return table.ToElement();
    }

    private static object[] Describe(ParameterChange change)
    {
        XElement name = Html.Name(change.Name);
        return change.Kind switch
        {
            ParameterChangeKind.Added => [$"{change.Direction} '", name, "' is new"],
            ParameterChangeKind.Removed => [$"{change.Direction} '", name, "' is gone"],
            ParameterChangeKind.Name => [$"{change.Direction} '", Html.Name(change.Before ?? string.Empty), "' is called '", Html.Name(change.After ?? string.Empty), "' now"],
            ParameterChangeKind.Id => [$"{change.Direction} '", name, "' has another id"],
            ParameterChangeKind.Direction => ["'", name, $"' was {change.Before}, is {change.After} now"],
            _ => [$"{change.Direction} '", name, $"' was {change.Before ?? "untyped"}, is {change.After ?? "untyped"} now"],
        };
    }
}
