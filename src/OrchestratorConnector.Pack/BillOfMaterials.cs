using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace OrchestratorConnector.Pack;

/// <summary>
/// What is in the package and whose it is, as CycloneDX 1.5: our files, and each package of others with its license, its
/// checksum and its files. Neither a time nor a serial number is in it, so that the same sources give the same bytes.
/// </summary>
internal static class BillOfMaterials
{
    /// <summary>Its name in the module's folder.</summary>
    internal const string FileName = "OrchestratorConnector.cdx.json";

    /// <summary>Writes it.</summary>
    internal static byte[] Write(ModuleManifest manifest, IEnumerable<ShippedFile> ours, IReadOnlyList<ShippedPackage> packages)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "http://cyclonedx.org/schema/bom-1.5.schema.json");
            json.WriteString("bomFormat", "CycloneDX");
            json.WriteString("specVersion", "1.5");
            json.WriteNumber("version", 1);

            json.WriteStartObject("metadata");
            json.WriteStartObject("component");
            json.WriteString("type", "library");
            json.WriteString("bom-ref", Root(manifest));
            json.WriteString("author", manifest.Value("Author"));
            json.WriteString("name", ModulePackage.Id);
            json.WriteString("version", manifest.Version);
            WriteFiles(json, ours);
            json.WriteEndObject();
            json.WriteEndObject();

            json.WriteStartArray("components");
            foreach (ShippedPackage package in packages)
            {
                WritePackage(json, package);
            }

            json.WriteEndArray();

            json.WriteStartArray("dependencies");
            WriteNeeds(json, Root(manifest), packages);
            foreach (ShippedPackage package in packages)
            {
                WriteNeeds(json, Reference(package), packages.Where(p => package.Needs.Contains(p.Id)));
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(stream.ToArray()).ReplaceLineEndings("\n") + "\n");
    }

    private static void WritePackage(Utf8JsonWriter json, ShippedPackage package)
    {
        json.WriteStartObject();
        json.WriteString("type", "library");
        json.WriteString("bom-ref", Reference(package));
        if (package.Authors is not null)
        {
            json.WriteString("author", package.Authors);
        }

        json.WriteString("name", package.Id);
        json.WriteString("version", package.Version);
        WriteHash(json, "SHA-512", package.Sha512);
        WriteLicense(json, package);
        json.WriteString("purl", Reference(package));
        WriteFiles(json, package.Files.Values);
        json.WriteEndObject();
    }

    private static void WriteLicense(Utf8JsonWriter json, ShippedPackage package)
    {
        if (package.LicenseExpression is null && package.LicenseAddress is null)
        {
            return;
        }

        json.WriteStartArray("licenses");
        json.WriteStartObject();
        if (package.LicenseExpression is not null)
        {
            json.WriteString("expression", package.LicenseExpression);
        }
        else
        {
            // An address is all that older packages state.
            json.WriteStartObject("license");
            json.WriteString("name", "as stated by the package");
            json.WriteString("url", package.LicenseAddress);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteFiles(Utf8JsonWriter json, IEnumerable<ShippedFile> files)
    {
        json.WriteStartArray("components");
        foreach (ShippedFile file in files)
        {
            json.WriteStartObject();
            json.WriteString("type", "file");
            json.WriteString("name", file.Path);
            WriteHash(json, "SHA-256", file.Sha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteHash(Utf8JsonWriter json, string algorithm, byte[] hash)
    {
        json.WriteStartArray("hashes");
        json.WriteStartObject();
        json.WriteString("alg", algorithm);
        json.WriteString("content", Convert.ToHexString(hash).ToLowerInvariant());
        json.WriteEndObject();
        json.WriteEndArray();
    }

    private static void WriteNeeds(Utf8JsonWriter json, string reference, IEnumerable<ShippedPackage> needed)
    {
        json.WriteStartObject();
        json.WriteString("ref", reference);
        json.WriteStartArray("dependsOn");
        foreach (ShippedPackage package in needed)
        {
            json.WriteStringValue(Reference(package));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static string Root(ModuleManifest manifest) => $"{ModulePackage.Id}@{manifest.Version}";

    private static string Reference(ShippedPackage package) => $"pkg:nuget/{package.Id}@{package.Version}";
}
