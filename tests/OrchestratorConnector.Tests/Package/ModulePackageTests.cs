using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using OrchestratorConnector.Pack;
using Xunit;

namespace OrchestratorConnector.Tests.Package;

/// <summary>The package made of the staged folder, and the bill of materials in it.</summary>
public sealed class ModulePackageTests : IDisposable
{
    private static readonly string Assets = Path.Combine(Repository.Root, "src", "OrchestratorConnector", "obj", "project.assets.json");
    private static readonly XNamespace Ns = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("package-");

    [Fact]
    public void It_holds_the_staged_folder_its_bill_and_what_makes_it_a_package()
    {
        using ZipArchive zip = ZipFile.OpenRead(Make());
        string[] staged = [.. StagedFiles().Keys, "OrchestratorConnector.cdx.json", "OrchestratorConnector.nuspec", "[Content_Types].xml", "_rels/.rels"];

        Assert.Equal(staged.Order(StringComparer.Ordinal), zip.Entries.Select(e => e.FullName).Order(StringComparer.Ordinal));
        foreach ((string name, string path) in StagedFiles())
        {
            using Stream stream = zip.GetEntry(name)!.Open();
            Assert.Equal(SHA256.HashData(File.ReadAllBytes(path)), SHA256.HashData(stream));
        }
    }

    [Fact]
    public void It_is_the_same_bytes_whenever_it_is_made()
    {
        byte[] first = File.ReadAllBytes(Make());
        string copy = CopyOfStage();
        foreach (string file in Directory.EnumerateFiles(copy, "*", SearchOption.AllDirectories))
        {
            File.SetLastWriteTimeUtc(file, new DateTime(2001, 2, 3, 4, 5, 6, DateTimeKind.Utc));
        }

        byte[] second = File.ReadAllBytes(ModulePackage.Make(copy, Assets, Path.Combine(_folder.FullName, "again")));

        Assert.True(first.AsSpan().SequenceEqual(second));
    }

    [Fact]
    public void Each_part_has_a_content_type()
    {
        using ZipArchive zip = ZipFile.OpenRead(Make());
        using Stream stream = zip.GetEntry("[Content_Types].xml")!.Open();
        string[] known = [.. XDocument.Load(stream).Root!.Elements().Select(e => (string)e.Attribute("Extension")!)];

        Assert.All(zip.Entries.Where(e => e.FullName != "[Content_Types].xml"), e => Assert.Contains(Path.GetExtension(e.FullName).TrimStart('.'), known));
        Assert.Equal(known.Distinct(), known);
    }

    [Fact]
    public void It_describes_itself_as_the_manifest_does()
    {
        using ZipArchive zip = ZipFile.OpenRead(Make());
        using Stream stream = zip.GetEntry("OrchestratorConnector.nuspec")!.Open();
        XElement metadata = XDocument.Load(stream).Root!.Element(Ns + "metadata")!;
        string Text(string element) => metadata.Element(Ns + element)!.Value;
        string[] tags = Text("tags").Split(' ');

        Assert.Equal("OrchestratorConnector", Text("id"));
        Assert.Equal(Repository.Version, Text("version"));
        Assert.Equal(ModuleManifest.Read(Path.Combine(Repository.Stage, "OrchestratorConnector.psd1")).Value("ReleaseNotes"), Text("releaseNotes"));
        Assert.All(["PSModule", "PSEdition_Desktop", "PSEdition_Core", "PSIncludes_Cmdlet"], tag => Assert.Contains(tag, tags));
        Assert.All(Surface.Cmdlets.All.Select(Surface.Cmdlets.NameOf), name => Assert.Equal(2, tags.Count(t => t == "PSCmdlet_" + name || t == "PSCommand_" + name)));
        Assert.True(Text("tags").Length <= ModulePackage.MaxTagsLength);
    }

    [Fact]
    public void The_bill_names_every_file_once_with_its_checksum()
    {
        JsonElement bill = Bill();
        (string Name, string Hash)[] files = [.. Files(bill.GetProperty("metadata").GetProperty("component")), .. bill.GetProperty("components").EnumerateArray().SelectMany(Files)];

        Assert.Equal(
            StagedFiles().Select(f => (f.Key, Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(f.Value))).ToLowerInvariant())).Order(),
            files.Order());
        Assert.Equal("CycloneDX", bill.GetProperty("bomFormat").GetString());
        Assert.Equal("1.5", bill.GetProperty("specVersion").GetString());
    }

    [Fact]
    public void The_bill_says_of_each_package_its_version_license_and_checksum()
    {
        string lockFile = File.ReadAllText(Path.Combine(Repository.Root, "src", "OrchestratorConnector", "packages.lock.json"));
        JsonElement[] packages = [.. Bill().GetProperty("components").EnumerateArray()];

        Assert.Contains(packages, p => p.GetProperty("name").GetString() == "SQLitePCLRaw.lib.e_sqlite3");
        foreach (JsonElement package in packages)
        {
            string name = package.GetProperty("name").GetString()!;
            string version = package.GetProperty("version").GetString()!;

            Assert.Matches($"\"{Regex.Escape(name)}\": \\{{\\s*\"type\": \"\\w+\",(\\s*\"requested\": [^\n]+)?\\s*\"resolved\": \"{Regex.Escape(version)}\"", lockFile);
            Assert.Equal($"pkg:nuget/{name}@{version}", package.GetProperty("purl").GetString());
            Assert.Equal(128, package.GetProperty("hashes")[0].GetProperty("content").GetString()!.Length);
            JsonElement license = package.GetProperty("licenses")[0];
            Assert.True(license.TryGetProperty("expression", out _) || license.GetProperty("license").TryGetProperty("url", out _), $"{name} has no license.");
        }
    }

    [Fact]
    public void The_bill_knows_who_needs_whom()
    {
        JsonElement bill = Bill();
        Dictionary<string, string[]> needs = bill.GetProperty("dependencies").EnumerateArray()
            .ToDictionary(d => d.GetProperty("ref").GetString()!, d => d.GetProperty("dependsOn").EnumerateArray().Select(n => n.GetString()!).ToArray());
        string[] references = [.. bill.GetProperty("components").EnumerateArray().Select(c => c.GetProperty("bom-ref").GetString()!)];

        Assert.Equal(references.Append($"OrchestratorConnector@{Repository.Version}").Order(), needs.Keys.Order());
        Assert.All(needs.Values.SelectMany(n => n), n => Assert.Contains(n, references));
        Assert.Contains("pkg:nuget/Microsoft.OData.Edm@7.7.2", needs["pkg:nuget/Microsoft.OData.Core@7.7.2"]);
    }

    [Fact]
    public void A_file_of_nobody_is_refused()
    {
        string copy = CopyOfStage();
        File.WriteAllText(Path.Combine(copy, "lib", "net8.0", "dependencies", "Polly.Core.dll"), "something else");

        PackException refused = Assert.Throws<PackException>(() => ModulePackage.Make(copy, Assets, _folder.FullName));
        Assert.Contains("lib/net8.0/dependencies/Polly.Core.dll", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_without_the_manifest_is_refused()
        => Assert.Throws<PackException>(() => ModulePackage.Make(_folder.FullName, Assets, _folder.FullName));

    /// <inheritdoc/>
    public void Dispose() => _folder.Delete(recursive: true);

    private static Dictionary<string, string> StagedFiles()
        => Directory.EnumerateFiles(Repository.Stage, "*", SearchOption.AllDirectories).ToDictionary(f => Path.GetRelativePath(Repository.Stage, f).Replace('\\', '/'));

    private static IEnumerable<(string Name, string Hash)> Files(JsonElement component)
        => component.GetProperty("components").EnumerateArray().Select(f => (f.GetProperty("name").GetString()!, f.GetProperty("hashes")[0].GetProperty("content").GetString()!));

    private string Make() => ModulePackage.Make(Repository.Stage, Assets, Path.Combine(_folder.FullName, "made"));

    private JsonElement Bill()
    {
        string package = Make();
        string beside = File.ReadAllText(Path.ChangeExtension(package, ".cdx.json"));
        using ZipArchive zip = ZipFile.OpenRead(package);
        using StreamReader inside = new(zip.GetEntry("OrchestratorConnector.cdx.json")!.Open());
        Assert.Equal(beside, inside.ReadToEnd());
        return JsonDocument.Parse(beside).RootElement;
    }

    private string CopyOfStage()
    {
        string copy = Path.Combine(_folder.FullName, "copy");
        foreach ((string name, string path) in StagedFiles())
        {
            string target = Path.Combine(copy, name);
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        return copy;
    }
}
