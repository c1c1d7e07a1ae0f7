using System.Collections.Generic;
using System.Xml.Linq;

namespace OrchestratorConnector.Report;

/// <summary>When, where and from what the page was made.</summary>
internal static class OriginSection
{
    public static IEnumerable<XElement> Of(ReportOptions options, ReportClock clock, string store)
    {
        yield return Html.Paragraph(
            "Made ", new XElement("time", clock.Now), " on ", Html.Name(options.Machine), ". Times are that machine\u2019s, ", clock.Offset, ".");
        yield return Html.Paragraph("Store ", new XElement("bdi", Html.Class("path"), store));
    }
}
