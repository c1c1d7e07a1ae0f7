using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Tests.Package;
using Xunit;

namespace OrchestratorConnector.Tests.Surface;

/// <summary>What holds for the help as it is shipped, also for that to come.</summary>
public sealed partial class HelpLawTests
{
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    private static readonly string Folder = Path.Combine(Repository.Stage, "en-US");
    private static readonly Dictionary<string, XElement> Help = XDocument
        .Load(Path.Combine(Folder, "OrchestratorConnector.dll-Help.xml"))
        .Root!.Elements(Command + "command")
        .ToDictionary(c => c.Element(Command + "details")!.Element(Command + "name")!.Value);

    private static readonly HashSet<string> Errors = [.. typeof(Error).GetMethods(BindingFlags.Public | BindingFlags.Static).Select(m => m.Name)];
    private static readonly HashSet<string> Names = [.. Cmdlets.All.Select(Cmdlets.NameOf)];

    private static readonly string[] TopicFiles = [.. Directory.GetFiles(Folder, "about_*.help.txt").Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> Topics => new(TopicFiles);

    [Fact]
    public void There_is_help_for_every_cmdlet_and_nothing_else() => Assert.Equal(Names.Order(StringComparer.Ordinal), Help.Keys.Order(StringComparer.Ordinal));

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void A_cmdlet_has_a_synopsis_of_one_sentence_and_a_description(Type cmdlet)
    {
        XElement help = Help[Cmdlets.NameOf(cmdlet)];
        string synopsis = Text(help.Element(Command + "details")!.Element(Maml + "description"));

        Assert.Matches(@"^[A-Z].{10,}\.$", synopsis);
        Assert.DoesNotContain(". ", synopsis, StringComparison.Ordinal);
        Assert.True(synopsis.Length <= 140, $"{synopsis.Length} characters are no synopsis.");
        Assert.StartsWith(synopsis, Text(help.Element(Maml + "description")), StringComparison.Ordinal);
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void A_cmdlet_has_two_examples_that_name_it(Type cmdlet)
    {
        string name = Cmdlets.NameOf(cmdlet);
        XElement[] examples = [.. Help[name].Descendants(Command + "example")];

        Assert.True(examples.Length >= 2, $"{name} has {examples.Length} examples.");
        Assert.All(examples, e => Assert.Contains(name, e.Element(Dev + "code")!.Value, StringComparison.Ordinal));
        Assert.All(examples, e => Assert.Matches(@"^[A-Z].*\.$", Text(e.Element(Dev + "remarks"))));
        Assert.Equal(examples.Length, examples.Select(e => e.Element(Dev + "code")!.Value).Distinct().Count());
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void Its_parameters_are_those_of_the_class(Type cmdlet)
    {
        string[] common = Cmdlets.AttributeOf(cmdlet).SupportsShouldProcess ? ["Confirm", "WhatIf"] : [];
        IEnumerable<string> own = Cmdlets.ParametersOf(cmdlet).Select(p => p.Name);

        Assert.Equal(own.Concat(common).Order(StringComparer.Ordinal), Parameters(cmdlet).Keys);
    }

    [Theory]
    [ClassData(typeof(ParameterData))]
    public void A_parameter_says_what_it_is(Type cmdlet, string parameter)
    {
        PropertyInfo property = Cmdlets.ParametersOf(cmdlet).Single(p => p.Name == parameter);
        ParameterAttribute[] sets = [.. property.GetCustomAttributes<ParameterAttribute>()];
        XElement help = Parameters(cmdlet)[parameter];
        Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;

        Assert.Matches(@"^[A-Z\\].{10,}", Text(help.Element(Maml + "description")));
        Assert.Equal(type.Name, help.Element(Dev + "type")!.Element(Maml + "name")!.Value);
        Assert.Equal(sets.All(s => s.Mandatory), (bool)help.Attribute("required")!);
        Assert.Equal(sets.Any(s => s.Position >= 0) ? $"{sets.Where(s => s.Position >= 0).Min(s => s.Position)}" : "named", help.Attribute("position")!.Value);
        Assert.Equal(property.IsDefined(typeof(SupportsWildcardsAttribute)), (bool)help.Attribute("globbing")!);
        Assert.Equal(type.IsArray, (bool)help.Attribute("variableLength")!);
        Assert.Equal(sets.Any(s => s.ValueFromPipeline), help.Attribute("pipelineInput")!.Value.Contains("ByValue", StringComparison.Ordinal));
        Assert.Equal(sets.Any(s => s.ValueFromPipelineByPropertyName), help.Attribute("pipelineInput")!.Value.Contains("ByPropertyName", StringComparison.Ordinal));
        Assert.Equal(property.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? ["none"], help.Attribute("aliases")!.Value.Split(", "));
        if ((type.IsArray ? type.GetElementType()! : type) is { IsEnum: true } values)
        {
            Assert.All(Enum.GetNames(values), v => Assert.Contains(v, Text(help.Element(Maml + "description")), StringComparison.Ordinal));
        }
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void Each_parameter_set_has_its_syntax(Type cmdlet)
    {
        string[] sets = [.. Cmdlets.ParametersOf(cmdlet).SelectMany(p => p.GetCustomAttributes<ParameterAttribute>()).Select(a => a.ParameterSetName).Where(s => s != ParameterAttribute.AllParameterSets).Distinct()];
        XElement[] syntax = [.. Help[Cmdlets.NameOf(cmdlet)].Descendants(Command + "syntaxItem")];

        Assert.Equal(Math.Max(sets.Length, 1), syntax.Length);
        Assert.All(sets, set => Assert.Single(syntax, s => Cmdlets.ParametersOf(cmdlet)
            .Where(p => p.GetCustomAttributes<ParameterAttribute>().Any(a => a.ParameterSetName == set || a.ParameterSetName == ParameterAttribute.AllParameterSets))
            .Select(p => p.Name)
            .ToHashSet()
            .SetEquals(s.Elements(Command + "parameter").Select(p => p.Element(Maml + "name")!.Value).Except(["WhatIf", "Confirm"]))
            && (set != Cmdlets.AttributeOf(cmdlet).DefaultParameterSetName || s == syntax[0])));
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void Nothing_of_the_comments_form_is_left(Type cmdlet)
    {
        foreach (XElement text in Help[Cmdlets.NameOf(cmdlet)].Descendants(Maml + "para"))
        {
            Assert.DoesNotMatch(@"</?\w+[ />]|\bcref\b|\b[TPMF]:[A-Z]|OrchestratorConnector\.(Commands|Model|Output)\b|\s{2}|^\s|\s$", text.Value);
        }
    }

    [Theory]
    [ClassData(typeof(CmdletData))]
    public void What_it_names_exists(Type cmdlet)
    {
        string name = Cmdlets.NameOf(cmdlet);
        string[] links = [.. Help[name].Descendants(Maml + "linkText").Select(l => l.Value)];

        AssertCmdlets(string.Join(' ', Help[name].DescendantNodes().OfType<XText>().Select(t => t.Value)));
        Assert.All(ErrorWord().Matches(Text(Help[name])), m => Assert.Contains(m.Groups[1].Value, Errors));
        Assert.All(links.Where(l => !Names.Contains(l)), l => Assert.True(File.Exists(Path.Combine(Folder, l + ".help.txt")), $"There is no topic {l}."));
        Assert.DoesNotContain(name, links);
    }

    [Fact]
    public void The_topics_are_these() => Assert.Equal(
        ["about_OrchestratorConnector.help.txt", "about_OrchestratorConnector_Credentials.help.txt", "about_OrchestratorConnector_Troubleshooting.help.txt"],
        TopicFiles);

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_begins_as_the_shell_demands(string file)
    {
        string[] lines = Lines(file);

        Assert.NotNull(file);
        Assert.Equal(["TOPIC", "    " + file.Replace(".help.txt", "", StringComparison.Ordinal), "", "SHORT DESCRIPTION"], lines.Take(4));
        // The shell lists topics by the first line of the short description.
        Assert.Matches(@"^ {4}[A-Z].*\.$", lines[4]);
        Assert.Equal(["", "LONG DESCRIPTION"], lines.Skip(5).Take(2));
        Assert.Contains("SEE ALSO", lines);
    }

    [Theory]
    [MemberData(nameof(Topics))]
    public void A_topic_fits_80_columns(string file) =>
        Assert.All(Lines(file), line => Assert.True(line.Length <= 80 && line.TrimEnd() == line && line.All(c => c is >= ' ' and <= '~'), line));

    [Theory]
    [MemberData(nameof(Topics))]
    public void What_a_topic_names_exists(string file)
    {
        string text = string.Join('\n', Lines(file));
        string[] errors = [.. ErrorLine().Matches(text).SelectMany(m => Word().Matches(m.Groups[1].Value)).Concat(ErrorWord().Matches(WhiteSpace().Replace(text, " "))).Select(m => m.Groups[1].Value).Distinct()];
        string[] related = [.. Lines(file).SkipWhile(l => l != "SEE ALSO").Skip(1).Select(l => l.Trim()).Where(l => l.Length > 0)];

        AssertCmdlets(text);
        Assert.All(errors, e => Assert.Contains(e, Errors));
        Assert.NotEmpty(related);
        Assert.All(related, r => Assert.True(Names.Contains(r) || TopicFiles.Contains(r + ".help.txt"), $"There is no {r}."));
    }

    [Fact]
    public void Troubleshooting_tells_of_many_errors_and_counts_its_entries()
    {
        const string File = "about_OrchestratorConnector_Troubleshooting.help.txt";
        string text = string.Join('\n', Lines(File));
        int[] entries = [.. EntryNumber().Matches(text).Select(m => int.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))];

        Assert.Equal(Enumerable.Range(1, entries.Length), entries);
        Assert.True(ErrorLine().Matches(text).SelectMany(m => Word().Matches(m.Groups[1].Value)).Count() > 50);
    }

    [Fact]
    public void What_examples_show_are_properties()
    {
        HashSet<string> properties = [.. Cmdlets.Module.GetExportedTypes().Where(t => t.Namespace == typeof(Output.Display).Namespace).SelectMany(t => t.GetProperties()).Select(p => p.Name)];
        string examples = string.Join('\n', Help.Values.Descendants(Dev + "code").Select(c => c.Value).Concat(TopicFiles.SelectMany(Lines)));
        string[] shown = [.. ShownProperties().Matches(examples).SelectMany(m => m.Groups[1].Value.Split(',')).Select(p => p.Trim())];

        Assert.NotEmpty(shown);
        Assert.All(shown, p => Assert.Contains(p, properties));
    }

    private static void AssertCmdlets(string text) => Assert.All(CmdletName().Matches(text), m => Assert.Contains(m.Value, Names));

    private static SortedDictionary<string, XElement> Parameters(Type cmdlet) => new(
        Help[Cmdlets.NameOf(cmdlet)].Element(Command + "parameters")!.Elements().ToDictionary(p => p.Element(Maml + "name")!.Value),
        StringComparer.Ordinal);

    private static string Text(XElement? element) => string.Join(' ', element!.Descendants(Maml + "para").Select(p => p.Value));

    private static string[] Lines(string file) => File.ReadAllLines(Path.Combine(Folder, file));

    [GeneratedRegex(@"(?<![-\w])[A-Z][a-z]+-(?:Orchestrator|SMRunbook)\w*")]
    private static partial Regex CmdletName();

    [GeneratedRegex(@"\b(?:is the error|the errors?|error is|error) ([A-Z][a-z]+[A-Z]\w+)")]
    private static partial Regex ErrorWord();

    // Names of errors behind the word, down to the next word.
    [GeneratedRegex(@"^ {4}Error: ([\w, \n]*?)(?:, when [^\n]*)?$(?=\n {4}\S)", RegexOptions.Multiline)]
    private static partial Regex ErrorLine();

    [GeneratedRegex(@"(\w+)")]
    private static partial Regex Word();

    [GeneratedRegex(@"^ {2}(\d+)\. ", RegexOptions.Multiline)]
    private static partial Regex EntryNumber();

    [GeneratedRegex(@"\b(?:Format-Table|Format-List|-ExpandProperty) ([A-Z]\w*(?:, [A-Z]\w*)*)")]
    private static partial Regex ShownProperties();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
