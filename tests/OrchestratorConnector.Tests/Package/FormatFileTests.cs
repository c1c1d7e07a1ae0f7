using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Xml.Linq;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Package;

/// <summary>The views: what they show is there to be shown.</summary>
public sealed class FormatFileTests
{
    private static readonly Assembly Module = typeof(Display).Assembly;
    private static readonly XElement[] Views = [.. XDocument.Load(Path.Combine(Repository.Root, "module", "OrchestratorConnector.Format.ps1xml")).Descendants("View")];

    [Fact]
    public void Every_view_is_for_an_output_type_and_shows_its_properties()
    {
        foreach (XElement view in Views)
        {
            foreach (XElement name in view.Elements("ViewSelectedBy").Elements("TypeName"))
            {
                Type? type = Module.GetType(name.Value, throwOnError: false);
                Assert.True(type is { IsPublic: true }, $"There is no type {name.Value}.");
                Assert.All(view.Descendants("PropertyName"), p => Assert.NotNull(type.GetProperty(p.Value) ?? type.GetInterface("I" + p.Value)?.GetProperty(p.Value)));
            }
        }
    }

    [Fact]
    public void Every_output_type_of_a_cmdlet_has_a_view()
    {
        string[] viewed = [.. Views.Elements("ViewSelectedBy").Elements("TypeName").Select(t => t.Value)];
        IEnumerable<Type> output = Module.ExportedTypes.Where(t => t.Namespace == typeof(Display).Namespace && !t.IsAbstract && !typeof(System.Collections.IEnumerable).IsAssignableFrom(t));

        Assert.Equal(output.Select(t => t.FullName!).Order(StringComparer.Ordinal), viewed.Order(StringComparer.Ordinal));
    }

    /// <summary>A script shows nothing in constrained language mode, and nothing of an object that came from another process.</summary>
    [Fact]
    public void No_view_runs_a_script() => Assert.Empty(Views.Descendants("ScriptBlock"));

    [Fact]
    public void What_is_made_for_a_view_is_hidden_elsewhere_and_shown_there()
    {
        HashSet<string> shown = [.. Views.SelectMany(v => v.Descendants("PropertyName").Select(p => $"{v.Element("Name")!.Value}.{p.Value}"))];
        Type[] types = [.. Module.ExportedTypes.Where(t => t.Namespace == typeof(Display).Namespace)];

        foreach (Type view in types.Where(t => t.IsInterface))
        {
            PropertyInfo property = Assert.Single(view.GetProperties());
            Assert.Equal("I" + property.Name, view.Name);
            Assert.NotNull(property.GetCustomAttribute<HiddenAttribute>());
            Assert.All(types.Where(t => t.IsClass && view.IsAssignableFrom(t)), t => Assert.Contains($"{t.Name}.{property.Name}", shown));
            Assert.All(types.Where(t => t.IsClass), t => Assert.Null(t.GetProperty(property.Name)));
        }
    }

    /// <summary>Columns without a width are as wide as what comes first needs, and push the others off the screen.</summary>
    [Fact]
    public void Only_the_last_column_of_a_table_has_no_width()
    {
        foreach (XElement table in Views.Elements("TableControl"))
        {
            XElement[] headers = [.. table.Descendants("TableColumnHeader")];
            Assert.All(headers[..^1], h => Assert.NotNull(h.Element("Width")));
            Assert.InRange(headers[..^1].Sum(h => (int)h.Element("Width")! + 1), 0, 120 - 8);
        }
    }

    /// <summary>Names and paths are as long as they are: they go on in the next line instead of being cut off.</summary>
    [Fact]
    public void Tables_wrap() => Assert.All(Views.Elements("TableControl"), t => Assert.NotEmpty(t.Descendants("Wrap")));

    [Fact]
    public void Tables_have_a_header_for_every_column()
    {
        foreach (XElement table in Views.Elements("TableControl"))
        {
            Assert.Equal(table.Descendants("TableColumnHeader").Count(), table.Descendants("TableColumnItem").Count());
        }
    }
}
