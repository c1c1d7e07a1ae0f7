using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Architecture;

/// <summary>What may know what: the core knows no shell, its clients no store, its model nothing but itself.</summary>
public sealed class ReferenceTests
{
    private const string Root = "OrchestratorConnector";

    /// <summary>What a part may use beside itself and what is below all.</summary>
    private static readonly Dictionary<string, string[]> Allowed = new(StringComparer.Ordinal)
    {
        ["Compatibility"] = [],
        ["Model"] = [],
        ["Errors"] = ["Model"],
        ["Reporting"] = [],
        ["Files"] = ["Errors"],
        ["Library"] = ["Model", "Errors"],
        ["Orchestrator"] = ["Model", "Errors", "Reporting", "Library"],
        ["Events"] = ["Model"],
        ["State"] = ["Model", "Errors", "Library", "Events"],
        ["Report"] = ["Model", "Errors", "Library", "State"],
        ["Secrets"] = ["Model", "Errors", "Library", "State", "Orchestrator"],
        ["Health"] = ["Model", "Errors", "Library", "State"],
        ["Jobs"] = ["Model", "Errors", "Reporting", "Library", "Orchestrator", "State"],
        ["Transfer"] = ["Jobs", "Model", "Errors", "Library", "Orchestrator", "State"],
        ["Scheduling"] = ["Errors", "Reporting"],
        ["Sync"] = ["Jobs", "Model", "Errors", "Reporting", "Library", "Orchestrator", "State"],
    };

    [Fact]
    public void The_core_knows_no_shell()
    {
        string[] outputs = [typeof(Connector).Assembly.Location, .. Outputs()];

        foreach (string path in outputs)
        {
            using PEReader file = new(File.OpenRead(path));
            MetadataReader metadata = file.GetMetadataReader();
            string[] references = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];

            Assert.NotEmpty(references);
            Assert.DoesNotContain(references, r => r.StartsWith("System.Management", StringComparison.OrdinalIgnoreCase) || r.StartsWith("Microsoft.PowerShell", StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public void Every_type_stands_in_a_part_that_is_known()
    {
        IEnumerable<string> parts = typeof(Connector).Assembly.GetTypes()
            .Select(t => t.Namespace)
            .Where(n => n?.StartsWith(Root, StringComparison.Ordinal) == true)
            .Select(n => Part(n!))
            .Distinct();

        Assert.Equal(Allowed.Keys.Order(StringComparer.Ordinal), parts.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Parts_use_what_is_below_them()
    {
        List<string> wrong = [];
        foreach (Type type in typeof(Connector).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith(Root + ".", StringComparison.Ordinal) == true))
        {
            string part = Part(type.Namespace!);
            wrong.AddRange(
                from used in Used(type)
                where used.Namespace?.StartsWith(Root + ".", StringComparison.Ordinal) == true
                let other = Part(used.Namespace!)
                where other != part && !Allowed[part].Contains(other)
                select $"{type.FullName} uses {used.FullName}");
        }

        Assert.Empty(wrong.Distinct());
    }

    [Fact]
    public void Sources_name_no_part_above_them()
    {
        // Also what stands inside methods, which reflection over members does not show.
        string? sources = Folder(Path.Combine("src", "OrchestratorConnector.Core"));
        Assert.NotNull(sources);
        List<string> wrong = [];
        string parts = string.Join('|', Allowed.Keys.Where(p => p != "Compatibility"));
        foreach (string file in Directory.EnumerateFiles(sources, "*.cs", SearchOption.AllDirectories))
        {
            string part = Path.GetRelativePath(sources, file).Split(Path.DirectorySeparatorChar)[0];
            if (part is "bin" or "obj" or "Compatibility")
            {
                continue;
            }

            foreach (Match match in Regex.Matches(File.ReadAllText(file), $@"\bOrchestratorConnector\.({parts})\b"))
            {
                string other = match.Groups[1].Value;
                if (other != part && !Allowed[part].Contains(other))
                {
                    wrong.Add($"{Path.GetRelativePath(sources, file)} names {match.Value}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Fact]
    public void Nothing_public_shows_a_type_of_somebody_else()
    {
        string[] own = ["System", Root];
        IEnumerable<string> foreign =
            from type in typeof(Connector).Assembly.GetExportedTypes()
            from used in PublicMembers(type)
            where used.Namespace is { } name && !own.Any(o => name == o || name.StartsWith(o + ".", StringComparison.Ordinal))
            select $"{type.FullName} shows {used.FullName}";

        Assert.Empty(foreign.Distinct());
    }

    private static string Part(string name) => name.Split('.')[1];

    private static IEnumerable<string> Outputs()
    {
        string? bin = Folder(Path.Combine("src", "OrchestratorConnector.Core", "bin"));
        return bin is null
            ? []
            : Directory.EnumerateFiles(bin, "OrchestratorConnector.Core.dll", SearchOption.AllDirectories)
                .Where(f => Path.GetFileName(Path.GetDirectoryName(f)) is "netstandard2.0" or "net8.0");
    }

    private static string? Folder(string relative)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, relative);
            if (Directory.Exists(path))
            {
                return path;
            }
        }

        return null;
    }

    private static IEnumerable<Type> Used(Type type)
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        IEnumerable<Type> direct = type.GetFields(All).Select(f => f.FieldType)
            .Concat(type.GetMethods(All).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType).Concat(m.GetMethodBody()?.LocalVariables.Select(v => v.LocalType) ?? [])))
            .Concat(type.GetConstructors(All).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)))
            .Concat(type.GetInterfaces())
            .Concat(type.BaseType is null ? [] : [type.BaseType]);
        return direct.SelectMany(Whole);
    }

    private static IEnumerable<Type> PublicMembers(Type type)
    {
        const BindingFlags Shown = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.DeclaredOnly;
        return type.GetFields(Shown).Select(f => f.FieldType)
            .Concat(type.GetMethods(Shown).SelectMany(m => m.GetParameters().Select(p => p.ParameterType).Append(m.ReturnType)))
            .Concat(type.GetConstructors(Shown).SelectMany(c => c.GetParameters().Select(p => p.ParameterType)))
            .SelectMany(Whole);
    }

    private static IEnumerable<Type> Whole(Type type) => type.HasElementType
        ? Whole(type.GetElementType()!)
        : type.IsGenericType ? type.GetGenericArguments().SelectMany(Whole).Append(type.GetGenericTypeDefinition()) : [type];
}
