using System.Collections.Generic;
using System.Linq;
using System.Xml.Linq;

namespace OrchestratorConnector.Report;

/// <summary>
/// A table whose rows become cards on a narrow screen. Its roles are written out, because some browsers forget them when a style
/// sheet lays a table out as blocks.
/// </summary>
internal sealed class HtmlTable(string caption, params string[] columns)
{
    private readonly XElement _body = new("tbody", new XAttribute("role", "rowgroup"));

    /// <summary>Adds a row; the first cell names it. A number is set as one.</summary>
    public void Add(params object?[] cells) => _body.Add(new XElement("tr", new XAttribute("role", "row"), cells.Select(Cell)));

    /// <summary>Adds a line over all columns that belongs to the row before it.</summary>
    public void AddNote(object content) => _body.Add(new XElement(
        "tr",
        Html.Class("note"),
        new XAttribute("role", "row"),
        new XElement("td", new XAttribute("role", "cell"), new XAttribute("colspan", columns.Length), content)));

    public XElement ToElement() => new(
        "table",
        new XAttribute("role", "table"),
        new XElement("caption", caption),
        new XElement(
            "thead",
            new XAttribute("role", "rowgroup"),
            new XElement("tr", new XAttribute("role", "row"), columns.Select((c, i) => new XElement("th", new XAttribute("scope", "col"), new XAttribute("role", "columnheader"), NumberClass(i), c)))),
        _body);

    private XElement Cell(object? content, int column)
    {
        object[] shown = content switch
        {
            null => [],
            long number => [Html.Class(number == 0 ? "number zero" : "number"), Words.Of(number)],
            _ => [content],
        };
        return column == 0
            ? new XElement("th", new XAttribute("scope", "row"), new XAttribute("role", "rowheader"), shown)
            : new XElement("td", new XAttribute("role", "cell"), new XAttribute("data-label", columns[column]), shown);
    }

    // A column of numbers has its heading above them.
    private XAttribute? NumberClass(int column)
    {
        IEnumerable<XElement> cells = _body.Elements().Select(r => r.Elements().ElementAtOrDefault(column)).OfType<XElement>();
        return cells.FirstOrDefault()?.Attribute("class") is { Value: "number" or "number zero" } ? Html.Class("number") : null;
    }
}
