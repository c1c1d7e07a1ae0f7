using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text;
using System.Xml.Linq;

namespace OrchestratorConnector.Pack;

/// <summary>
/// The package that <c>Install-PSResource</c> and <c>Install-Module</c> take: a zip file with the module's folder, a nuspec,
/// and the two parts that make it an Open Packaging file. Sorted and without times, so that the same folder gives the same bytes.
/// </summary>
internal static class ModulePackage
{
    /// <summary>The name of the module and of its package.</summary>
    internal const string Id = "OrchestratorConnector";

    /// <summary>The gallery takes no more than this of tags.</summary>
    internal const int MaxTagsLength = 4000;

    private const string NuspecName = Id + ".nuspec";

    // The earliest that a zip file can say.
    private static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Makes the package, and the bill of materials in it and beside it.</summary>
    /// <param name="module">The module's folder.</param>
    /// <param name="assetsFile">What the restore of the module's project resolved.</param>
    /// <param name="target">The folder that gets both.</param>
    /// <returns>The path of the package.</returns>
    /// <exception cref="PackException">The folder is not one of this module, or a file is of nobody.</exception>
    internal static string Make(string module, string assetsFile, string target)
    {
        string manifestPath = Path.Combine(module, Id + ".psd1");
        if (!File.Exists(manifestPath))
        {
            throw new PackException($"{module} is no folder of the module. Build first.");
        }

        ModuleManifest manifest = ModuleManifest.Read(manifestPath);
        List<ShippedFile> files = [.. Directory.EnumerateFiles(module, "*", SearchOption.AllDirectories).Select(f => ShippedFile.Read(module, f)).OrderBy(f => f.Path, StringComparer.Ordinal)];
        byte[] bill = BillOfMaterials.Write(manifest, files.Where(f => f.IsOurs), ShippedPackage.Find(files.Where(f => !f.IsOurs), assetsFile));
        files.Add(ShippedFile.Make(BillOfMaterials.FileName, bill));

        Directory.CreateDirectory(target);
        string name = $"{Id}.{manifest.Version}";
        File.WriteAllBytes(Path.Combine(target, name + ".cdx.json"), bill);
        string package = Path.Combine(target, name + ".nupkg");
        using FileStream stream = File.Create(package);
        using ZipArchive zip = new(stream, ZipArchiveMode.Create);
        Add(zip, "[Content_Types].xml", Xml(ContentTypes(files)));
        Add(zip, "_rels/.rels", Xml(Relationships()));
        Add(zip, NuspecName, Xml(Nuspec(manifest)));
        foreach (ShippedFile file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            Add(zip, file.Path, file.Content);
        }

        return package;
    }

    /// <summary>How the package describes itself. The tags are those that the shell's own commands write, and search by.</summary>
    internal static XElement Nuspec(ModuleManifest manifest)
    {
        XNamespace ns = "http://schemas.microsoft.com/packaging/2011/08/nuspec.xsd";
        IReadOnlyList<string> cmdlets = manifest.List("CmdletsToExport");
        string tags = string.Join(' ', ["PSModule", .. manifest.List("Tags"), "PSIncludes_Cmdlet", .. cmdlets.SelectMany(c => new[] { "PSCmdlet_" + c, "PSCommand_" + c })]);
        if (tags.Length > MaxTagsLength)
        {
            throw new PackException($"The tags have {tags.Length} letters, {MaxTagsLength} are allowed.");
        }

        XElement? Optional(string element, string key) => manifest.Value(key) is { } value ? new XElement(ns + element, value) : null;
        return new XElement(
            ns + "package",
            new XElement(
                ns + "metadata",
                new XElement(ns + "id", Id),
                new XElement(ns + "version", manifest.Version),
                Optional("authors", "Author"),
                Optional("owners", "CompanyName"),
                new XElement(ns + "requireLicenseAcceptance", "false"),
                Optional("licenseUrl", "LicenseUri"),
                Optional("projectUrl", "ProjectUri"),
                Optional("description", "Description"),
                Optional("releaseNotes", "ReleaseNotes"),
                Optional("copyright", "Copyright"),
                new XElement(ns + "tags", tags)));
    }

    private static XElement ContentTypes(IEnumerable<ShippedFile> files)
    {
        XNamespace ns = "http://schemas.openxmlformats.org/package/2006/content-types";
        IEnumerable<string> extensions = files.Select(f => Path.GetExtension(f.Path).TrimStart('.')).Append("nuspec").Distinct().Order(StringComparer.Ordinal);
        return new XElement(
            ns + "Types",
            new XElement(ns + "Default", new XAttribute("Extension", "rels"), new XAttribute("ContentType", "application/vnd.openxmlformats-package.relationships+xml")),
            extensions.Select(e => new XElement(ns + "Default", new XAttribute("Extension", e), new XAttribute("ContentType", "application/octet"))));
    }

    private static XElement Relationships()
    {
        XNamespace ns = "http://schemas.openxmlformats.org/package/2006/relationships";
        return new XElement(
            ns + "Relationships",
            new XElement(
                ns + "Relationship",
                new XAttribute("Type", "http://schemas.microsoft.com/packaging/2010/07/manifest"),
                new XAttribute("Target", "/" + NuspecName),
                new XAttribute("Id", "R1")));
    }

    private static byte[] Xml(XElement root)
        => Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n" + root.ToString().ReplaceLineEndings("\n") + "\n");

    private static void Add(ZipArchive zip, string path, byte[] content)
    {
        ZipArchiveEntry entry = zip.CreateEntry(path, CompressionLevel.SmallestSize);
        entry.LastWriteTime = NoTime;
        using Stream stream = entry.Open();
        stream.Write(content);
    }
}
