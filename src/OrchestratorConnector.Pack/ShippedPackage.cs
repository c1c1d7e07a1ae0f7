using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;

namespace OrchestratorConnector.Pack;

/// <summary>A package of others, of which at least one file is shipped.</summary>
internal sealed class ShippedPackage
{
    private ShippedPackage(string id, string version, string folder)
    {
        Id = id;
        Version = version;
        string name = $"{id}.{version}".ToUpperInvariant();
        Sha512 = Convert.FromBase64String(File.ReadAllText(Single(folder, "*.nupkg.sha512")));
        XElement metadata = XDocument.Load(Single(folder, "*.nuspec")).Root?.Elements().FirstOrDefault(e => e.Name.LocalName == "metadata")
            ?? throw new PackException($"The package {name} does not describe itself.");
        string? Text(string element) => metadata.Elements().FirstOrDefault(e => e.Name.LocalName == element)?.Value.Trim();
        LicenseExpression = metadata.Elements().FirstOrDefault(e => e.Name.LocalName == "license" && (string?)e.Attribute("type") == "expression")?.Value.Trim();
        LicenseAddress = Text("licenseUrl");
        Authors = Text("authors");
    }

    /// <summary>The package's id.</summary>
    internal string Id { get; }

    /// <summary>The package's version.</summary>
    internal string Version { get; }

    /// <summary>Whom the package names as its authors.</summary>
    internal string? Authors { get; }

    /// <summary>The license as an SPDX expression, where the package states one.</summary>
    internal string? LicenseExpression { get; }

    /// <summary>Where the license is to be read, where the package says it.</summary>
    internal string? LicenseAddress { get; }

    /// <summary>The checksum of the package file.</summary>
    internal byte[] Sha512 { get; }

    /// <summary>Its shipped files, in order.</summary>
    internal SortedDictionary<string, ShippedFile> Files { get; } = new(StringComparer.Ordinal);

    /// <summary>The ids of the packages that it needs.</summary>
    internal SortedSet<string> Needs { get; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Says of each file of others from which package it is, by its content.</summary>
    /// <param name="files">The shipped files of others.</param>
    /// <param name="assetsFile">What the restore of the module's project resolved.</param>
    /// <exception cref="PackException">A file is of no package.</exception>
    internal static IReadOnlyList<ShippedPackage> Find(IEnumerable<ShippedFile> files, string assetsFile)
    {
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(assetsFile));
        string[] folders = [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(f => f.Name)];
        Dictionary<string, string> packageOfContent = new(StringComparer.Ordinal);
        Dictionary<string, ShippedPackage> packages = new(StringComparer.Ordinal);
        ILookup<string, ShippedFile> shipped = files.ToLookup(f => Path.GetFileName(f.Path), StringComparer.OrdinalIgnoreCase);
        foreach (JsonProperty library in assets.RootElement.GetProperty("libraries").EnumerateObject().Where(l => l.Value.GetProperty("type").GetString() == "package"))
        {
            string folder = folders.Select(f => Path.Combine(f, library.Value.GetProperty("path").GetString()!)).FirstOrDefault(Directory.Exists)
                ?? throw new PackException($"The package {library.Name} is not there. Restore first.");
            foreach (string file in library.Value.GetProperty("files").EnumerateArray().Select(f => f.GetString()!))
            {
                if (shipped.Contains(Path.GetFileName(file)) && packageOfContent.TryAdd(Checksum(Path.Combine(folder, file)), library.Name))
                {
                    string[] name = library.Name.Split('/');
                    packages.TryAdd(library.Name, new ShippedPackage(name[0], name[1], folder));
                }
            }
        }

        foreach (ShippedFile file in shipped.SelectMany(f => f))
        {
            if (!packageOfContent.TryGetValue(Convert.ToHexString(file.Sha256), out string? package))
            {
                throw new PackException($"{file.Path} is of no package that was restored.");
            }

            packages[package].Files.Add(file.Path, file);
        }

        foreach (JsonProperty library in assets.RootElement.GetProperty("targets").EnumerateObject().SelectMany(t => t.Value.EnumerateObject()))
        {
            if (packages.TryGetValue(library.Name, out ShippedPackage? package) && library.Value.TryGetProperty("dependencies", out JsonElement needs))
            {
                package.Needs.UnionWith(needs.EnumerateObject().Select(n => n.Name));
            }
        }

        return [.. packages.Values.Where(p => p.Files.Count > 0).OrderBy(p => p.Id, StringComparer.Ordinal)];
    }

    private static string Checksum(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    private static string Single(string folder, string pattern)
        => Directory.EnumerateFiles(folder, pattern).FirstOrDefault() ?? throw new PackException($"There is no {pattern} in {folder}.");
}
