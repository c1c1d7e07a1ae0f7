using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Report;

/// <summary>The states that the library can be narrowed to; all else of it the script makes.</summary>
internal static class LibrarySection
{
    public static IEnumerable<XElement> Of(LibraryCounts library)
    {
        yield return new XElement("option", new XAttribute("value", string.Empty), $"Any ({Words.Of(library.Total)})");
        foreach (RunbookStatus status in LibraryCounts.Statuses.Where(s => library[s] > 0))
        {
            yield return new XElement("option", new XAttribute("value", (int)status), $"{StatusText.Of(status)} ({Words.Of(library[status])})");
        }
    }
}
