using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Report;

/// <summary>The numbers that are asked for first.</summary>
internal static class OverviewSection
{
    public static IEnumerable<XElement> Of(IReadOnlyList<ConnectorState> connectors, LibraryCounts library, JobSummary jobs, SyncSummary syncs)
    {
        long unwell = connectors.LongCount(c => c.Connector.Enabled && c.Status == ConnectorStatus.FinishedWithError);
        yield return new XElement(
            "dl",
            Html.Class("figures"),
            Figure("Connectors", connectors.Count, unwell, "ended with an error"),
            Figure("Runbooks", library.Total, 0, string.Empty),
            Figure("Missing", library[RunbookStatus.Missing], 0, string.Empty),
            Figure("Invalid", library[RunbookStatus.Invalid], 0, string.Empty),
            Figure("Contract changes", syncs.ContractChangeCount, 0, string.Empty),
            Figure("Jobs", jobs.Total, jobs.Count(JobOutcome.Failed), "failed"));
    }

    private static XElement Figure(string name, long number, long bad, string badIs) => new(
        "div",
        new XElement("dt", name),
        new XElement("dd", Words.Of(number), bad == 0 ? null : new XElement("span", Html.Class("aside"), " " + Words.Of(bad) + " " + badIs)));
}
