using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Xml;
using System.Xml.Linq;

namespace FakeOrchestrator;

/// <summary>
/// The entity in the body of a write, as texts by the names of its properties. Everything around the properties may be there or
/// not: id, title, category, m:type with or without its prefix (facts A.8).
/// </summary>
internal static class AtomBody
{
    private const string Unreadable = "Error processing request stream.";

    private static readonly XNamespace Atom = "http://www.w3.org/2005/Atom";
    private static readonly XNamespace Data = "http://schemas.microsoft.com/ado/2007/08/dataservices";
    private static readonly XNamespace Meta = "http://schemas.microsoft.com/ado/2007/08/dataservices/metadata";

    internal static Dictionary<string, string?> Read(WriteRequest request, EdmType type)
    {
        List<(string Name, string? Value)> sent = request.ContentType switch
        {
            var media when media.Contains("json", StringComparison.OrdinalIgnoreCase) => ReadJson(request.Body),
            var media when media.Contains("xml", StringComparison.OrdinalIgnoreCase) => ReadEntry(request.Body),
            _ => throw new RequestException(415, "Unsupported media type requested."),
        };
        var properties = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach ((string name, string? value) in sent)
        {
            if (type.FindProperty(name) is not null)
            {
                properties[name] = value;
            }
            else if (type.FindNavigation(name) is null)
            {
                throw RequestException.BadRequest($"{Unreadable} The property name '{name}' specified for type '{AtomSchema.Namespace}.{type.Name}' is not valid.");
            }
        }

        return properties;
    }

    private static List<(string Name, string? Value)> ReadEntry(string body)
    {
        XElement entry;
        try
        {
            using var reader = XmlReader.Create(new StringReader(body), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            entry = XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!;
        }
        catch (XmlException)
        {
            throw RequestException.BadRequest(Unreadable);
        }

        if (entry.Name != Atom + "entry" || entry.Element(Atom + "content")?.Element(Meta + "properties") is not { } properties)
        {
            throw RequestException.BadRequest(Unreadable);
        }

        return [.. properties.Elements().Select(Property)];
    }

    /// <summary>XML that is not escaped is no text, and no property of a job is anything else.</summary>
    private static (string Name, string? Value) Property(XElement property)
    {
        return property.Name.Namespace != Data || property.HasElements
            ? throw RequestException.BadRequest(Unreadable)
            : (property.Name.LocalName, (string?)property.Attribute(Meta + "null") == "true" ? null : property.Value);
    }

    /// <summary>Objects are metadata and links, and not looked at.</summary>
    private static List<(string Name, string? Value)> ReadJson(string body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            return
            [
                .. document.RootElement.EnumerateObject()
                    .Where(member => member.Value.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
                    .Select(member => (member.Name, member.Value.ValueKind == JsonValueKind.Null ? null : member.Value.ToString())),
            ];
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            throw RequestException.BadRequest(Unreadable);
        }
    }
}
