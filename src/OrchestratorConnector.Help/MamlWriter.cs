using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace OrchestratorConnector.Help;

/// <summary>Writes the form of help that both shells read.</summary>
internal static class MamlWriter
{
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    /// <summary>Writes the help of cmdlets into a file: the same help is the same bytes.</summary>
    internal static void Write(string path, IEnumerable<CmdletHelp> cmdlets)
    {
        XElement items = new(
            Items + "helpItems",
            new XAttribute("schema", "maml"),
            cmdlets.Select(ToMaml));
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using XmlWriter writer = XmlWriter.Create(path, new XmlWriterSettings { Encoding = new UTF8Encoding(false), Indent = true, NewLineChars = "\n" });
        items.Save(writer);
    }

    private static XElement ToMaml(CmdletHelp cmdlet) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", cmdlet.Name),
            new XElement(Command + "verb", cmdlet.Verb),
            new XElement(Command + "noun", cmdlet.Noun),
            Text([cmdlet.Synopsis])),
        Text(cmdlet.Description),
        new XElement(Command + "syntax", cmdlet.ParameterSets.Select(set => Syntax(cmdlet, set))),
        new XElement(Command + "parameters", cmdlet.Parameters.Select(p => Parameter(p, p.Uses, isSyntax: false))),
        new XElement(Command + "inputTypes", cmdlet.Parameters.Where(p => p.Uses.Any(u => u.FromPipeline)).Select(Input)),
        new XElement(Command + "returnValues", cmdlet.Outputs.Select(o => new XElement(Command + "returnValue", TypeOf(o.FullName), Text(o.Text)))),
        new XElement(Command + "examples", cmdlet.Examples.Select(Example)),
        new XElement(Command + "relatedLinks", cmdlet.Links.Select(l => new XElement(Maml + "navigationLink", new XElement(Maml + "linkText", l), new XElement(Maml + "uri")))));

    /// <summary>One parameter set: what has a position in its order, then what must be named, then the rest.</summary>
    private static XElement Syntax(CmdletHelp cmdlet, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", cmdlet.Name),
        from parameter in cmdlet.Parameters
        let use = parameter.Uses.FirstOrDefault(u => u.ParameterSet is null || u.ParameterSet == set)
        where use is not null
        orderby use.Position ?? int.MaxValue, use.IsRequired ? 0 : 1, parameter.Name is "WhatIf" or "Confirm" ? 1 : 0
        select Parameter(parameter, [use], isSyntax: true));

    private static XElement Parameter(ParameterHelp parameter, IReadOnlyList<ParameterUse> uses, bool isSyntax)
    {
        int? position = uses.Min(u => u.Position);
        return new XElement(
            Command + "parameter",
            new XAttribute("required", Xml(uses.All(u => u.IsRequired))),
            new XAttribute("variableLength", Xml(parameter.IsList)),
            new XAttribute("globbing", Xml(parameter.TakesWildcards)),
            new XAttribute("pipelineInput", Pipeline(uses)),
            new XAttribute("position", position?.ToString(CultureInfo.InvariantCulture) ?? "named"),
            new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
            new XElement(Maml + "name", parameter.Name),
            Text(parameter.Text),
            isSyntax && parameter.Values.Count > 0
                ? new XElement(Command + "parameterValueGroup", parameter.Values.Select(v => Value(parameter, v)))
                : null,
            isSyntax && parameter.IsSwitch ? null : Value(parameter, parameter.Type.Name),
            TypeOf(parameter.Type.Name),
            new XElement(Dev + "defaultValue", parameter.Default ?? "None"));
    }

    private static XElement Value(ParameterHelp parameter, string text) => new(
        Command + "parameterValue",
        new XAttribute("required", Xml(!parameter.IsSwitch)),
        new XAttribute("variableLength", Xml(parameter.IsList)),
        text);

    private static XElement Input(ParameterHelp parameter) => new(Command + "inputType", TypeOf(parameter.Type.FullName), Text([$"-{parameter.Name}: {parameter.Text[0]}"]));

    private static XElement Example(ExampleHelp example, int index) => new(
        Command + "example",
        new XElement(Maml + "title", string.Format(CultureInfo.InvariantCulture, "{0} Example {1} {0}", new string('-', 26), index + 1)),
        new XElement(Dev + "code", example.Code),
        new XElement(Dev + "remarks", Paragraphs(example.Text)));

    private static XElement TypeOf(string name) => new(Dev + "type", new XElement(Maml + "name", name), new XElement(Maml + "uri"));

    private static XElement Text(IEnumerable<string> paragraphs) => new(Maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) => paragraphs.Select(p => new XElement(Maml + "para", p));

    private static string Pipeline(IReadOnlyList<ParameterUse> uses)
    {
        string[] ways = [.. new[] { uses.Any(u => u.FromPipelineProperty) ? "ByPropertyName" : "", uses.Any(u => u.FromPipeline) ? "ByValue" : "" }.Where(w => w.Length > 0)];
        return ways.Length == 0 ? "False" : $"True ({string.Join(", ", ways)})";
    }

    private static string Xml(bool value) => value ? "true" : "false";
}
