using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OrchestratorConnector.Report;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Core.Tests.Report;

/// <summary>A report that was made, taken apart.</summary>
internal sealed partial class ReportPage
{
    private ReportPage(string text)
    {
        Text = text;
        Style = StyleElement().Match(text).Groups[1].Value;
        Script = ScriptElement().Match(text).Groups[1].Value;
        Data = JsonDocument.Parse(DataElement().Match(text).Groups[1].Value).RootElement;
        // What stands in style and script is no markup; all the rest is read as strictly as XML is.
        Html = XDocument.Parse(DataElement().Replace(ScriptElement().Replace(StyleElement().Replace(text, "<style></style>"), "<script></script>"), "<script></script>"), LoadOptions.PreserveWhitespace).Root!;
    }

    public string Text { get; }

    public string Style { get; }

    public string Script { get; }

    /// <summary>The page without style, script and data.</summary>
    public XElement Html { get; }

    /// <summary>The library as the script is given it.</summary>
    public JsonElement Data { get; }

    public static ReportPage Of(IStateStore store, ReportOptions options)
    {
        using MemoryStream stream = new();
        RunbookReport.Write(store, options, stream, default);
        return new ReportPage(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(stream.ToArray()));
    }

    /// <summary>What a section shows below its heading, as words.</summary>
    public string Section(string id) => Words(Html.Descendants("section").Single(s => (string?)s.Attribute("aria-labelledby") == id));

    /// <summary>A table by its caption: its cells, row by row, notes as rows of one cell.</summary>
    public string[][] Table(string caption) =>
    [
        .. Html.Descendants("table").Single(t => t.Element("caption")!.Value == caption).Element("tbody")!.Elements("tr")
            .Select(r => r.Elements().Select(Words).ToArray()),
    ];

    /// <summary>The runbooks of the data, with the indexes followed: <c>connector|folder|name|status|parameters</c>.</summary>
    public IEnumerable<string> Runbooks()
    {
        foreach (JsonElement runbook in Data.GetProperty("runbooks").EnumerateArray())
        {
            JsonElement folder = Data.GetProperty("folders")[runbook[1].GetInt32()];
            JsonElement connector = Data.GetProperty("connectors")[folder[0].GetInt32()];
            IEnumerable<string> parameters = runbook[4].EnumerateArray()
                .Select(p => Data.GetProperty("parameters")[p.GetInt32()])
                .Select(p => $"{(p[1].GetInt32() == 0 ? "In" : "Out")} {p[0].GetString()} {p[2].GetString()}");
            yield return $"{connector[0].GetString()}{(connector[1].GetInt32() == 1 ? " (removed)" : "")}|{folder[1].GetString()}|{runbook[0].GetString()}|{Data.GetProperty("statuses")[runbook[2].GetInt32()].GetString()}|{string.Join(", ", parameters)}";
        }
    }

    public static string Words(XElement element) =>
        Regex.Replace(string.Join(' ', element.DescendantNodes().OfType<XText>().Select(t => t.Value)), @"\s+", " ").Trim();

    [GeneratedRegex("<style>(.*?)</style>", RegexOptions.Singleline)]
    private static partial Regex StyleElement();

    [GeneratedRegex("<script>(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex ScriptElement();

    [GeneratedRegex("<script type=\"application/json\" id=\"library-data\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex DataElement();
}
