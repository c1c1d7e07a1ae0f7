using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OrchestratorConnector.Report;

/// <summary>
/// Pieces of a page, made as XML elements, so that every text is escaped wherever it comes from, and written so that a reader of
/// HTML and a reader of XML understand the same.
/// </summary>
internal static class Html
{
    private static readonly XmlWriterSettings Settings = new()
    {
        OmitXmlDeclaration = true,
        ConformanceLevel = ConformanceLevel.Fragment,
        NewLineHandling = NewLineHandling.None,
    };

    // Within svg an element may close itself, in HTML only those that can have no content.
    private static readonly HashSet<string> SelfClosing = ["rect", "line", "path", "circle"];

    public static XAttribute Class(string name) => new("class", name);

    public static XElement Paragraph(params object?[] content) => new("p", content);

    /// <summary>What stands where there is nothing to show.</summary>
    public static XElement None(string text) => new("p", Class("none"), text);

    /// <summary>A name that somebody else chose: its direction of writing stays its own.</summary>
    public static XElement Name(string text) => new("bdi", text);

    /// <summary>A state: the word, and a shape by its class, so that no colour means anything alone.</summary>
    public static XElement Status(string kind, string word) => new("span", Class("status " + kind), word);

    /// <summary>Text as it stands between tags.</summary>
    public static string Text(string text) => new XText(Clean(text)).ToString(SaveOptions.DisableFormatting);

    /// <summary>Writes pieces.</summary>
    public static void Write(TextWriter text, IEnumerable<XElement> pieces)
    {
        using XmlWriter writer = XmlWriter.Create(text, Settings);
        foreach (XElement piece in pieces)
        {
            foreach (XText node in piece.DescendantNodes().OfType<XText>())
            {
                node.Value = Clean(node.Value);
            }

            foreach (XElement element in piece.DescendantsAndSelf().Where(e => e.IsEmpty && !SelfClosing.Contains(e.Name.LocalName)))
            {
                element.Value = string.Empty;
            }

            piece.WriteTo(writer);
        }
    }

    /// <summary>The same with a mark in place of what no page can hold: control characters and halves of surrogate pairs.</summary>
    private static string Clean(string text)
    {
        StringBuilder? clean = null;
        for (int i = 0; i < text.Length; i++)
        {
            bool isPair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            if (isPair)
            {
                i++;
            }
            else if (!XmlConvert.IsXmlChar(text[i]))
            {
                clean ??= new StringBuilder(text);
                clean[i] = '\uFFFD';
            }
        }

        return clean?.ToString() ?? text;
    }
}
