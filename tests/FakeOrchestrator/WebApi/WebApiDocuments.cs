using System;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Xml.Linq;

namespace FakeOrchestrator;

/// <summary>The Web API's documents beside collections and entities. None of their shapes was seen: all are the standard's.</summary>
internal static class WebApiDocuments
{
    internal static byte[] Service(WebApiSchema schema, string root)
    {
        var sets = schema.Types.Select(type => new { name = type.Set, kind = "EntitySet", url = type.Set });
        return Encoding.UTF8.GetBytes($"{{\"@odata.context\":{JsonSerializer.Serialize(root + "$metadata")},\"value\":{JsonSerializer.Serialize(sets)}}}");
    }

    internal static byte[] Metadata(WebApiSchema schema, string modelNamespace)
    {
        XNamespace edmx = "http://docs.oasis-open.org/odata/ns/edmx";
        XNamespace edm = "http://docs.oasis-open.org/odata/ns/edm";
        var types = schema.Types.Select(type => new XElement(
            edm + "EntityType",
            new XAttribute("Name", type.Name),
            new XElement(edm + "Key", new XElement(edm + "PropertyRef", new XAttribute("Name", type.Key.Name))),
            type.Properties.Select(property => new XElement(
                edm + "Property",
                new XAttribute("Name", property.Name),
                new XAttribute("Type", property.Kind == EdmKind.DateTime ? "Edm.DateTimeOffset" : $"Edm.{property.Kind}"),
                property.Nullable ? null : new XAttribute("Nullable", "false")))));
        var sets = schema.Types.Select(type => new XElement(edm + "EntitySet", new XAttribute("Name", type.Set), new XAttribute("EntityType", $"{modelNamespace}.{type.Name}")));
        var root = new XElement(
            edmx + "Edmx",
            new XAttribute("Version", "4.0"),
            new XAttribute(XNamespace.Xmlns + "edmx", edmx.NamespaceName),
            new XElement(
                edmx + "DataServices",
                new XElement(edm + "Schema", new XAttribute("Namespace", modelNamespace), types),
                new XElement(edm + "Schema", new XAttribute("Namespace", "Default"), new XElement(edm + "EntityContainer", new XAttribute("Name", "Container"), sets))));
        return Encoding.UTF8.GetBytes("<?xml version=\"1.0\" encoding=\"utf-8\"?>" + root.ToString(SaveOptions.DisableFormatting));
    }

    /// <summary>One of the shapes that are possible (facts B.8).</summary>
    internal static Answer Error(int status, string message, WebApiErrorShape shape)
    {
        return shape switch
        {
            WebApiErrorShape.OData => new Answer(status, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(new { error = new { code = "", message } })),
            WebApiErrorShape.ProblemDetails => new Answer(status, "application/problem+json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(new
            {
                type = string.Create(CultureInfo.InvariantCulture, $"https://httpstatuses.io/{status}"),
                title = message,
                status,
            })),
            WebApiErrorShape.PlainText => new Answer(status, "text/plain; charset=utf-8", Encoding.UTF8.GetBytes(message)),
            WebApiErrorShape.Empty => new Answer(status, null, default),
            _ => throw new ArgumentOutOfRangeException(nameof(shape)),
        };
    }
}
