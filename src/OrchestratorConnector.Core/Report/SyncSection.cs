using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Report;

/// <summary>The last synchronizations, with what they found.</summary>
internal static class SyncSection
{
    private const int MostRows = 30;

    public static IEnumerable<XElement> Of(SyncSummary syncs, string since, ReportClock clock)
    {
        if (syncs.Records.Count == 0)
        {
            yield return Html.None($"Nothing was synchronized since {since}.");
            yield break;
        }

        yield return Html.Paragraph(syncs.Records.Count <= MostRows
            ? $"{Words.Count(syncs.Records.Count, "synchronization")} since {since}."
            : $"The last {MostRows} of {Words.Of(syncs.Records.Count)} since {since}.");
        HtmlTable table = new("Synchronizations, the newest first", "Start", "Connector", "Status", "Duration", "Total", "Added", "Changed", "Missing", "Returned", "Invalid");
        foreach (SyncRecord record in syncs.Records.Take(MostRows))
        {
            SyncCounts counts = record.Counts;
            table.Add(
                clock.Text(record.StartTime),
                Html.Name(record.Connector),
                ConnectorSection.StatusOf(record.Status),
                record.FinishTime is { } finish ? ReportClock.Text(finish - record.StartTime) : null,
                counts.Total,
                counts.Added,
                counts.Changed,
                counts.Missing,
                counts.Returned,
                counts.Invalid);
            if (record.Error is { } error)
            {
                table.AddNote(Html.Name(error));
            }
        }

        yield return table.ToElement();
    }
}
