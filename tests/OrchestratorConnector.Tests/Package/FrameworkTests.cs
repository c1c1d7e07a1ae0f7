using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using Xunit;

namespace OrchestratorConnector.Tests.Package;

/// <summary>
/// The module for Windows PowerShell: everything that it needs is shipped or part of .NET Framework 4.7.2, and it uses nothing
/// that .NET Standard promises and .NET Framework does otherwise.
/// </summary>
public sealed class FrameworkTests
{
    private static readonly string Library = Path.Combine(Repository.Stage, "lib", "netstandard2.0");
    private static readonly string[] Ours = ["OrchestratorConnector", "OrchestratorConnector.Core"];

    /// <summary>What Windows PowerShell and .NET Framework have themselves.</summary>
    private static readonly string[] OfTheShell = ["netstandard", "System.Runtime", "System.Management.Automation"];

    /// <summary>What is asked for and is not there, and why nobody misses it.</summary>
    private static readonly (string Asks, string For)[] NeverLoaded =
    [
        ("Microsoft.OData.Edm", "System.Text.Json"), // Reads and writes service descriptions as JSON; ours come from no description.
    ];

    /// <summary>There, but not what they are on .NET, or not ours to change.</summary>
    private static readonly string[] Banned =
    [
        "System.Text.Encoding.get_Default", // The code page of the machine.
        "System.Net.ServicePointManager.set_SecurityProtocol", // For the whole process.
        "System.Net.ServicePointManager.set_ServerCertificateValidationCallback", // For the whole process.
        "System.Net.Http.HttpClientHandler.set_ServerCertificateCustomValidationCallback", // Nobody turns the check of certificates off here.
        "System.Net.Http.HttpClientHandler.get_DangerousAcceptAnyServerCertificateValidator",
        "System.Reflection.Assembly.GetEntryAssembly", // There is none in a shell.
        "System.AppContext.get_BaseDirectory", // The shell's folder.
        "System.AppDomain.get_BaseDirectory",
        "System.IO.Directory.SetCurrentDirectory", // Not the shell's location, and for the whole process.
        "System.IO.Directory.GetCurrentDirectory",
        "System.Environment.get_CurrentDirectory",
        "System.Environment.set_CurrentDirectory",
        "System.Environment.Exit",
        "System.Runtime.InteropServices.RuntimeInformation.get_FrameworkDescription",
        "System.Runtime.Serialization.Formatters.Binary.BinaryFormatter..ctor",
        "System.Threading.Thread.Abort", // Not to be had on .NET.
        "System.Console.WriteLine",
        "System.Console.Write",
    ];

    public static TheoryData<string> Assemblies => [.. Directory.EnumerateFiles(Library, "*.dll", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Library, f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void What_an_assembly_asks_for_is_shipped_or_part_of_the_shell(string file)
    {
        Dictionary<string, Version> shipped = Directory.EnumerateFiles(Library, "*.dll", SearchOption.AllDirectories)
            .Select(AssemblyName.GetAssemblyName)
            .ToDictionary(n => n.Name!, n => n.Version!);
        string asking = Path.GetFileNameWithoutExtension(file);
        using PEReader reader = new(File.OpenRead(Path.Combine(Library, file)));
        MetadataReader metadata = reader.GetMetadataReader();
        foreach (AssemblyReference reference in metadata.AssemblyReferences.Select(metadata.GetAssemblyReference))
        {
            string name = metadata.GetString(reference.Name);
            if (OfTheShell.Contains(name) || NeverLoaded.Contains((asking, name)))
            {
                continue;
            }

            Assert.True(shipped.TryGetValue(name, out Version? version), $"{asking} asks for {name}, which is not there.");
            // The resolver answers with what is shipped whatever version is asked for, which is right for older ones only.
            Assert.True(reference.Version <= version, $"{asking} asks for {name} {reference.Version}, shipped is {version}.");
        }
    }

    [Fact]
    public void What_is_never_loaded_is_really_asked_for_and_not_there()
    {
        foreach ((string asks, string what) in NeverLoaded)
        {
            using PEReader reader = new(File.OpenRead(Path.Combine(Library, "dependencies", asks + ".dll")));
            MetadataReader metadata = reader.GetMetadataReader();

            Assert.Contains(what, metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name)));
            Assert.False(File.Exists(Path.Combine(Library, "dependencies", what + ".dll")));
        }
    }

    [Theory]
    [InlineData("OrchestratorConnector.dll")]
    [InlineData("dependencies/OrchestratorConnector.Core.dll")]
    public void Ours_use_nothing_that_is_otherwise_there(string file)
    {
        string[] used = [.. MembersUsed(Path.Combine(Library, file))];

        Assert.True(used.Length > 100);
        Assert.Empty(used.Intersect(Banned));
    }

    [Fact]
    public void A_banned_member_would_be_found()
        => Assert.Contains("System.Console.WriteLine", MembersUsed(Path.Combine(Path.GetDirectoryName(Repository.Quickstart)!, "Quickstart.dll")));

    [Fact]
    public void Ours_are_for_the_standard_and_nothing_else()
    {
        foreach (string name in Ours)
        {
            using PEReader reader = new(File.OpenRead(Directory.EnumerateFiles(Library, name + ".dll", SearchOption.AllDirectories).Single()));
            MetadataReader metadata = reader.GetMetadataReader();
            string[] references = [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];

            Assert.Contains("netstandard", references);
            Assert.DoesNotContain(references, r => r is "mscorlib" or "System.Runtime" or "System.Private.CoreLib");
        }
    }

    private static IEnumerable<string> MembersUsed(string file)
    {
        using PEReader reader = new(File.OpenRead(file));
        MetadataReader metadata = reader.GetMetadataReader();
        foreach (MemberReference member in metadata.MemberReferences.Select(metadata.GetMemberReference).Where(m => m.Parent.Kind == HandleKind.TypeReference))
        {
            TypeReference type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
            yield return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}.{metadata.GetString(member.Name)}";
        }
    }
}
