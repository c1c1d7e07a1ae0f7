using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text;
using System.Text.RegularExpressions;
using OrchestratorConnector.Output;
using Xunit;

namespace OrchestratorConnector.Tests.Package;

/// <summary>The module folder as it is shipped.</summary>
public sealed partial class PackageTests
{
    private static readonly string[] Files =
    [
        "OrchestratorConnector.Format.ps1xml",
        "OrchestratorConnector.psd1",
        "en-US/OrchestratorConnector.dll-Help.xml",
        "en-US/about_OrchestratorConnector.help.txt",
        "en-US/about_OrchestratorConnector_Credentials.help.txt",
        "en-US/about_OrchestratorConnector_Troubleshooting.help.txt",
        "lib/net8.0/OrchestratorConnector.dll",
        "lib/net8.0/dependencies/Microsoft.Data.Sqlite.dll",
        "lib/net8.0/dependencies/Microsoft.OData.Core.dll",
        "lib/net8.0/dependencies/Microsoft.OData.Edm.dll",
        "lib/net8.0/dependencies/Microsoft.Spatial.dll",
        "lib/net8.0/dependencies/OrchestratorConnector.Core.dll",
        "lib/net8.0/dependencies/Polly.Core.dll",
        "lib/net8.0/dependencies/SQLitePCLRaw.batteries_v2.dll",
        "lib/net8.0/dependencies/SQLitePCLRaw.core.dll",
        "lib/net8.0/dependencies/SQLitePCLRaw.provider.e_sqlite3.dll",
        "lib/net8.0/dependencies/System.Security.Cryptography.ProtectedData.dll",
        "lib/netstandard2.0/OrchestratorConnector.dll",
        "lib/netstandard2.0/dependencies/Microsoft.Bcl.AsyncInterfaces.dll",
        "lib/netstandard2.0/dependencies/Microsoft.Bcl.TimeProvider.dll",
        "lib/netstandard2.0/dependencies/Microsoft.Data.Sqlite.dll",
        "lib/netstandard2.0/dependencies/Microsoft.OData.Core.dll",
        "lib/netstandard2.0/dependencies/Microsoft.OData.Edm.dll",
        "lib/netstandard2.0/dependencies/Microsoft.Spatial.dll",
        "lib/netstandard2.0/dependencies/OrchestratorConnector.Core.dll",
        "lib/netstandard2.0/dependencies/Polly.Core.dll",
        "lib/netstandard2.0/dependencies/SQLitePCLRaw.batteries_v2.dll",
        "lib/netstandard2.0/dependencies/SQLitePCLRaw.core.dll",
        "lib/netstandard2.0/dependencies/SQLitePCLRaw.provider.e_sqlite3.dll",
        "lib/netstandard2.0/dependencies/System.Buffers.dll",
        "lib/netstandard2.0/dependencies/System.ComponentModel.Annotations.dll",
        "lib/netstandard2.0/dependencies/System.Memory.dll",
        "lib/netstandard2.0/dependencies/System.Numerics.Vectors.dll",
        "lib/netstandard2.0/dependencies/System.Runtime.CompilerServices.Unsafe.dll",
        "lib/netstandard2.0/dependencies/System.Security.Cryptography.ProtectedData.dll",
        "lib/netstandard2.0/dependencies/System.Threading.Tasks.Extensions.dll",
        "runtimes/linux-arm64/native/libe_sqlite3.so",
        "runtimes/linux-musl-x64/native/libe_sqlite3.so",
        "runtimes/linux-x64/native/libe_sqlite3.so",
        "runtimes/osx-arm64/native/libe_sqlite3.dylib",
        "runtimes/osx-x64/native/libe_sqlite3.dylib",
        "runtimes/win-arm64/native/e_sqlite3.dll",
        "runtimes/win-x64/native/e_sqlite3.dll",
        "runtimes/win-x86/native/e_sqlite3.dll",
    ];

    [Fact]
    public void The_module_folder_holds_these_files_and_nothing_else()
    {
        string[] staged = [.. Directory.EnumerateFiles(Repository.Stage, "*", SearchOption.AllDirectories)
            .Select(f => Path.GetRelativePath(Repository.Stage, f).Replace('\\', '/'))
            .Order(StringComparer.Ordinal)];

        Assert.Equal(Files, staged);
    }

    [Fact]
    public void The_staged_views_are_those_of_the_sources()
    {
        const string file = "OrchestratorConnector.Format.ps1xml";

        Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "module", file)), File.ReadAllText(Path.Combine(Repository.Stage, file)));
    }

    [Theory]
    [InlineData("net8.0")]
    [InlineData("netstandard2.0")]
    public void The_version_is_one(string framework)
    {
        Assert.Matches(@"^\d+\.\d+\.\d+$", Repository.Version);
        foreach (string file in new[] { "OrchestratorConnector.dll", "dependencies/OrchestratorConnector.Core.dll" })
        {
            string path = Path.Combine(Repository.Stage, "lib", framework, file);

            Assert.Equal(Repository.Version + ".0", AssemblyName.GetAssemblyName(path).Version!.ToString());
            Assert.StartsWith(Repository.Version, System.Diagnostics.FileVersionInfo.GetVersionInfo(path).ProductVersion, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("lib/net8.0/OrchestratorConnector.dll", typeof(SMRunbook))]
    [InlineData("lib/net8.0/dependencies/OrchestratorConnector.Core.dll", typeof(Model.Connector))]
    public void What_is_shipped_is_what_is_tested(string file, Type type)
    {
        Assert.NotNull(type);
        using FileStream stream = File.OpenRead(Path.Combine(Repository.Stage, file));
        using PEReader reader = new(stream);
        MetadataReader metadata = reader.GetMetadataReader();

        Assert.Equal(type.Module.ModuleVersionId, metadata.GetGuid(metadata.GetModuleDefinition().Mvid));
    }

    [Theory]
    [InlineData("lib/net8.0/OrchestratorConnector.dll", ".NETCoreApp,Version=v8.0")]
    [InlineData("lib/netstandard2.0/OrchestratorConnector.dll", ".NETStandard,Version=v2.0")]
    public void Each_framework_has_its_own_assembly(string file, string framework)
        => Assert.Contains(framework, Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Repository.Stage, file))), StringComparison.Ordinal);

    [Theory]
    [InlineData("linux-x64", "ELF", 0x3E)]
    [InlineData("linux-musl-x64", "ELF", 0x3E)]
    [InlineData("linux-arm64", "ELF", 0xB7)]
    [InlineData("osx-x64", "Mach-O", 0x0100_0007)]
    [InlineData("osx-arm64", "Mach-O", 0x0100_000C)]
    [InlineData("win-x64", "PE", 0x8664)]
    [InlineData("win-x86", "PE", 0x014C)]
    [InlineData("win-arm64", "PE", 0xAA64)]
    public void Native_libraries_are_for_their_platform(string runtime, string format, int machine)
    {
        byte[] file = File.ReadAllBytes(Directory.EnumerateFiles(Path.Combine(Repository.Stage, "runtimes", runtime, "native")).Single());

        Assert.Equal((format, machine), FormatOf(file));
        Assert.True(file.Length > 500_000, "A SQLite is larger than that.");
    }

    [Theory]
    [InlineData("linux-x64", true)]
    [InlineData("linux-arm64", true)]
    [InlineData("linux-musl-x64", false)]
    public void Only_musl_does_without_the_symbols_of_glibc(string runtime, bool isForGlibc)
    {
        string file = Encoding.Latin1.GetString(File.ReadAllBytes(Path.Combine(Repository.Stage, "runtimes", runtime, "native", "libe_sqlite3.so")));

        Assert.Equal(isForGlibc, file.Contains("GLIBC_2.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_manifest_exports_the_compiled_cmdlets_and_nothing_else()
    {
        string[] compiled = [.. Surface.Cmdlets.All.Select(Surface.Cmdlets.NameOf).Order(StringComparer.Ordinal)];

        Assert.Equal(compiled, List("CmdletsToExport").Order(StringComparer.Ordinal));
        Assert.Empty(List("FunctionsToExport"));
        Assert.Empty(List("AliasesToExport"));
        Assert.Empty(List("VariablesToExport"));
    }

    [Fact]
    public void The_manifest_names_files_that_are_there()
    {
        string[] named = [.. RootModule().Matches(Repository.Manifest).Select(m => m.Groups[1].Value), .. List("FormatsToProcess")];

        Assert.Equal(3, named.Length);
        Assert.All(named, file => Assert.Contains(file, Files));
    }

    private static (string Format, int Machine) FormatOf(byte[] file)
    {
        ReadOnlySpan<byte> bytes = file;
        if (bytes.StartsWith("\u007fELF"u8))
        {
            return ("ELF", BinaryPrimitives.ReadUInt16LittleEndian(bytes[18..]));
        }

        if (bytes.StartsWith("MZ"u8))
        {
            ReadOnlySpan<byte> header = bytes[BinaryPrimitives.ReadInt32LittleEndian(bytes[0x3C..])..];
            return (header.StartsWith("PE\0\0"u8) ? "PE" : "MZ", BinaryPrimitives.ReadUInt16LittleEndian(header[4..]));
        }

        return BinaryPrimitives.ReadUInt32LittleEndian(bytes) == 0xFEED_FACF
            ? ("Mach-O", BinaryPrimitives.ReadInt32LittleEndian(bytes[4..]))
            : ("unknown", 0);
    }

    private static IEnumerable<string> List(string key)
    {
        Match list = Regex.Match(Repository.Manifest, $@"(?ms)^\s*{key}\s*=\s*@\((.*?)\)");
        Assert.True(list.Success, $"The manifest says nothing of {key}.");
        return Item().Matches(list.Groups[1].Value).Select(m => m.Groups[1].Value);
    }

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Item();

    [GeneratedRegex("'(lib/[^']+)'")]
    private static partial Regex RootModule();
}
