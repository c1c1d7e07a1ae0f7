using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OrchestratorConnector.Help;

/// <summary>The doc comments as the compiler wrote them, read as plain text.</summary>
internal sealed partial class DocComments
{
    private readonly Dictionary<string, XElement> _members;
    private readonly Gaps _gaps;

    private DocComments(Dictionary<string, XElement> members, Gaps gaps)
    {
        _members = members;
        _gaps = gaps;
    }

    /// <summary>Reads the compiler's file.</summary>
    internal static DocComments Load(string path, Gaps gaps) =>
        new(XDocument.Load(path, LoadOptions.PreserveWhitespace).Descendants("member").ToDictionary(m => m.Attribute("name")!.Value), gaps);

    /// <summary>Whether a member's comment is that of the member that it overrides.</summary>
    internal bool IsInherited(string member) => _members.TryGetValue(member, out XElement? comment) && comment.Element("inheritdoc") is not null;

    /// <summary>The paragraphs of a part of a member's comment; none where there is no such part.</summary>
    internal IReadOnlyList<string> Paragraphs(string member, string part) =>
        _members.TryGetValue(member, out XElement? comment) ? [.. comment.Elements(part).SelectMany(e => Paragraphs(member, e))] : [];

    /// <summary>The examples of a member's comment that have both code and text.</summary>
    internal IReadOnlyList<ExampleHelp> Examples(string member) =>
        _members.TryGetValue(member, out XElement? comment)
            ? [.. comment.Elements("example")
                .Select(e => new ExampleHelp(Unindent(e.Element("code")?.Value ?? ""), [.. e.Elements("para").SelectMany(p => Paragraphs(member, p))]))
                .Where(e => e.Code.Length > 0 && e.Text.Count > 0)]
            : [];

    /// <summary>What a member's comment refers to, named as an admin knows it.</summary>
    internal IEnumerable<string> SeeAlso(string member) =>
        _members.TryGetValue(member, out XElement? comment) ? comment.Elements("seealso").Select(e => e.Attribute("href")?.Value ?? NameOf(e.Attribute("cref")!.Value)) : [];

    private List<string> Paragraphs(string member, XElement element)
    {
        List<string> paragraphs = [];
        StringBuilder text = new();
        foreach (XNode node in element.Nodes())
        {
            if (node is XElement { Name.LocalName: "para" } para)
            {
                Break();
                paragraphs.AddRange(Paragraphs(member, para));
            }
            else
            {
                text.Append(Inline(member, node));
            }
        }

        Break();
        return paragraphs;

        void Break()
        {
            string paragraph = WhiteSpace().Replace(text.ToString(), " ").Trim();
            text.Clear();
            if (paragraph.Length > 0)
            {
                paragraphs.Add(paragraph);
            }
        }
    }

    private string Inline(string member, XNode node)
    {
        switch (node)
        {
            case XText text:
                return text.Value;
            case XElement { Name.LocalName: "c" } code:
                return code.Value;
            case XElement { Name.LocalName: "paramref" or "typeparamref" } parameter:
                return parameter.Attribute("name")!.Value;
            case XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("langword") is { } word:
                return "$" + word.Value;
            case XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("href") is { } address:
                return see.Value.Length > 0 ? $"{see.Value} ({address.Value})" : address.Value;
            case XElement { Name.LocalName: "see" or "seealso" } see when see.Attribute("cref") is { } reference:
                return see.Value.Length > 0 ? see.Value : NameOf(reference.Value);
            default:
                _gaps.Unknown(member, node is XElement element ? $"an element <{element.Name.LocalName}>" : $"a {node.NodeType}");
                return "";
        }
    }

    /// <summary>The last word of a reference: that is what an admin types or sees. A cmdlet's class is called by the cmdlet's name.</summary>
    private static string NameOf(string reference)
    {
        string name = reference.Split('(')[0].Split(':')[^1].Split('.')[^1].Split('`')[0];
        Match cmdlet = CmdletClass().Match(name);
        return cmdlet.Success ? $"{cmdlet.Groups[1].Value}-{cmdlet.Groups[2].Value}" : name;
    }

    /// <summary>Lines without the indentation that they have in common, which the compiler's file adds; the first may stand behind the tag.</summary>
    private static string Unindent(string code)
    {
        string[] lines = [.. code.Split('\n').Select(l => l.TrimEnd())];
        int indentation = lines.Skip(1).Where(l => l.Length > 0).Select(l => l.Length - l.TrimStart().Length).DefaultIfEmpty().Min();
        return string.Join('\n', lines.Select((line, i) => i == 0 ? line.TrimStart() : line.Length == 0 ? line : line[indentation..])).Trim('\n');
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();

    [GeneratedRegex("^([A-Z][a-z]+)((?:Orchestrator|SMRunbook)[A-Za-z]*)Command$")]
    private static partial Regex CmdletClass();
}
