using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Text;
using System.Xml;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>
/// The XML text in which the Atom service takes and shows the inputs of a job (facts A.8, A.9):
/// <c>&lt;Data&gt;&lt;Parameter&gt;&lt;ID&gt;{…}&lt;/ID&gt;&lt;Value&gt;…&lt;/Value&gt;&lt;/Parameter&gt;&lt;/Data&gt;</c>.
/// How often a value is escaped in it is the one place where the facts contradict each other, and is decided nowhere else.
/// </summary>
internal static class JobParametersXml
{
    /// <summary>Writes inputs.</summary>
    public static string Write(IReadOnlyList<JobParameter> parameters, ParameterEncoding encoding)
    {
        StringBuilder xml = new("<Data>");
        foreach (JobParameter parameter in parameters)
        {
            xml.Append("<Parameter><ID>{").Append(parameter.Id.ToString("D", CultureInfo.InvariantCulture)).Append("}</ID><Value>");
            string escaped = Escape(parameter.Value);
            xml.Append(encoding == ParameterEncoding.Twice ? Escape(escaped) : escaped).Append("</Value></Parameter>");
        }

        return xml.Append("</Data>").ToString();
    }

    /// <summary>Whether it makes a difference for a value how often the server un-escapes it.</summary>
    public static bool IsTelling(string value) => value.IndexOfAny(['&', '<', '\r']) >= 0 || value.Contains("]]>");

    /// <summary>Reads what a server shows of a job's inputs.</summary>
    /// <returns><see langword="null"/> when it shows none, or something else.</returns>
    public static IReadOnlyList<JobParameter>? Read(string? xml)
    {
        if (string.IsNullOrWhiteSpace(xml))
        {
            return null;
        }

        List<JobParameter> parameters = [];
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
            reader.MoveToContent();
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Parameter" && !reader.IsEmptyElement)
                {
                    parameters.Add(ReadParameter(reader));
                }
            }
        }
        catch (XmlException)
        {
            // A server that un-escaped a value once too often shows what is no XML any more. It is shown for people only.
            return null;
        }

        return parameters;
    }

    /// <summary>From the start tag of a parameter to its end tag.</summary>
    private static JobParameter ReadParameter(XmlReader reader)
    {
        string name = string.Empty;
        string value = string.Empty;
        Guid id = Guid.Empty;
        reader.Read();
        while (reader.NodeType is not (XmlNodeType.EndElement or XmlNodeType.None))
        {
            if (reader.NodeType != XmlNodeType.Element)
            {
                reader.Read();
                continue;
            }

            string element = reader.LocalName;
            string text = reader.ReadElementContentAsString();
            switch (element.ToUpperInvariant())
            {
                case "NAME":
                    name = text;
                    break;
                case "VALUE":
                    value = text;
                    break;
                case "ID":
                    id = Guid.TryParse(text, out Guid parsed) ? parsed : Guid.Empty;
                    break;
                default:
                    break;
            }
        }

        return new JobParameter(name, id, value);
    }

    // A carriage return is written as a reference: bare ones do not survive XML's own line ends.
    private static string Escape(string text) => text.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\r", "&#xD;");
}
