using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Package;

/// <summary>
/// PowerShell looks at the exported types before the module can say where the core is. What a class cannot be loaded without
/// must therefore not be in the core, nor in a package: its bases, its interfaces, and the value types of its fields.
/// </summary>
public sealed class ExportedTypeTests
{
    private const BindingFlags Everything = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    public static TheoryData<Type> Exported => [.. typeof(Display).Assembly.ExportedTypes];

    [Theory]
    [MemberData(nameof(Exported))]
    public void Loads_without_the_core(Type type)
    {
        Assert.NotNull(type);
        Assert.DoesNotContain(Bases(type).Concat(type.GetInterfaces()).SelectMany(WithArguments), IsHidden);
        Assert.DoesNotContain(type.GetFields(Everything).Where(f => f.FieldType.IsValueType), f => WithArguments(f.FieldType).Any(IsHidden));
    }

    [Theory]
    [InlineData("lib/net8.0/OrchestratorConnector.dll")]
    [InlineData("lib/netstandard2.0/OrchestratorConnector.dll")]
    public void The_module_asks_for_no_package_itself(string file)
    {
        using FileStream stream = File.OpenRead(Path.Combine(Repository.Stage, file));
        using PEReader reader = new(stream);
        MetadataReader metadata = reader.GetMetadataReader();
        string[] references = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
        string[] packages = [.. Directory.EnumerateFiles(Path.Combine(Repository.Stage, Path.GetDirectoryName(file)!, "dependencies")).Select(Path.GetFileNameWithoutExtension).OfType<string>()];

        Assert.Equal(["OrchestratorConnector.Core"], references.Intersect(packages, StringComparer.OrdinalIgnoreCase));
    }

    private static IEnumerable<Type> Bases(Type type)
    {
        for (Type? at = type.BaseType; at is not null; at = at.BaseType)
        {
            yield return at;
        }
    }

    private static IEnumerable<Type> WithArguments(Type type) => type.GetGenericArguments().SelectMany(WithArguments).Prepend(type);

    private static bool IsHidden(Type type) => type.Assembly == typeof(Connector).Assembly;
}
