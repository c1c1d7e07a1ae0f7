using System;
using System.IO;
using System.Text;
using System.Xml;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator.Atom;

/// <summary>
/// Writes the two entries that the service takes: a job to start and a job to cancel, in the smallest forms that were seen to
/// work (facts A.8, A.10).
/// </summary>
internal static class JobEntryWriter
{
    private const string Canceled = "Canceled";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = false,
        // Line ends inside values stay what they are.
        NewLineHandling = NewLineHandling.Entitize,
    };

    public static byte[] Start(JobRequest request) => Write(xml =>
    {
        Property(xml, "RunbookId", request.RunbookId.ToString("D"), "Edm.Guid");
        if (request.RunbookServers.Count > 0)
        {
            Property(xml, "RunbookServers", string.Join(",", request.RunbookServers), null);
        }

        if (request.Parameters.Count > 0)
        {
            Property(xml, "Parameters", JobParametersXml.Write(request.Parameters, request.Encoding), null);
        }
    });

    public static byte[] Cancel(Guid job) => Write(xml =>
    {
        Property(xml, "Id", job.ToString("D"), "Edm.Guid");
        Property(xml, "Status", Canceled, null);
    });

    private static byte[] Write(Action<XmlWriter> properties)
    {
        using MemoryStream body = new();
        using (XmlWriter xml = XmlWriter.Create(body, Settings))
        {
            xml.WriteStartDocument(standalone: true);
            xml.WriteStartElement("entry", AtomNames.Atom);
            xml.WriteAttributeString("xmlns", "d", null, AtomNames.Data);
            xml.WriteAttributeString("xmlns", "m", null, AtomNames.Metadata);
            xml.WriteStartElement("content", AtomNames.Atom);
            xml.WriteAttributeString("type", "application/xml");
            xml.WriteStartElement("properties", AtomNames.Metadata);
            properties(xml);
            xml.WriteEndDocument();
        }

        return body.ToArray();
    }

    private static void Property(XmlWriter xml, string name, string value, string? type)
    {
        xml.WriteStartElement(name, AtomNames.Data);
        if (type is not null)
        {
            xml.WriteAttributeString("type", AtomNames.Metadata, type);
        }

        xml.WriteString(value);
        xml.WriteEndElement();
    }
}
