using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Package;

/// <summary>The views: what they show is there to be shown.</summary>
public sealed partial class FormatFileTests
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
                Assert.All(view.Descendants("PropertyName"), p => Assert.NotNull(type.GetProperty(p.Value)));
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

    [Fact]
    public void Every_script_calls_a_method_of_Display()
    {
        string[] scripts = [.. Views.Descendants("ScriptBlock").Select(s => s.Value)];

        Assert.NotEmpty(scripts);
        foreach (string script in scripts)
        {
            Match call = Call().Match(script);
            Assert.True(call.Success, $"More than a call: {script}");
            MethodInfo? method = typeof(Display).GetMethod(call.Groups[1].Value, [typeof(PSObject)]);
            Assert.True(method is { IsPublic: true, IsStatic: true } && method.ReturnType == typeof(string), $"There is no such method: {script}");
        }
    }

    [Fact]
    public void Every_method_of_Display_is_used()
    {
        IEnumerable<string> used = Views.Descendants("ScriptBlock").Select(s => Call().Match(s.Value).Groups[1].Value).Distinct();
        IEnumerable<string> methods = typeof(Display).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly).Select(m => m.Name);

        Assert.Equal(methods.Order(StringComparer.Ordinal), used.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Displays_of_nothing_are_empty()
    {
        foreach (MethodInfo method in typeof(Display).GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
        {
            Assert.Equal(string.Empty, method.Invoke(null, [null]));
            Assert.Equal(string.Empty, method.Invoke(null, [new PSObject("something else")]));
        }
    }

    [Fact]
    public void Tables_have_a_header_for_every_column()
    {
        foreach (XElement table in Views.Elements("TableControl"))
        {
            Assert.Equal(table.Descendants("TableColumnHeader").Count(), table.Descendants("TableColumnItem").Count());
        }
    }

    [GeneratedRegex(@"^\[OrchestratorConnector\.Output\.Display\]::(\w+)\(\$_\)$")]
    private static partial Regex Call();
}
