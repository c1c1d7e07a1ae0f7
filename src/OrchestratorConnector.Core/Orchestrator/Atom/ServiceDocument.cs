using System;
using System.Collections.Generic;
using System.IO;
using System.Xml;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Orchestrator.Atom;

/// <summary>Reads an AtomPub service document: the names of the entity sets.</summary>
internal static class ServiceDocument
{
    public static IReadOnlyList<string> Read(HttpAnswer answer) => SafeXml.Guarded(() => Read(answer.Body, answer.Url), answer.Url, answer.Body);

    private static List<string> Read(Stream stream, Uri url)
    {
        using XmlReader xml = XmlReader.Create(stream, SafeXml.Settings(new NameTable()));
        xml.MoveToContent();
        if (xml.LocalName != "service" || xml.NamespaceURI != AtomNames.App)
        {
            throw Error.NotOrchestrator(url, $"the document is a '{xml.LocalName}', not an AtomPub service document.");
        }

        List<string> sets = [];
        while (xml.Read())
        {
            if (xml.NodeType == XmlNodeType.Element && xml.LocalName == "collection" && xml.NamespaceURI == AtomNames.App && xml.GetAttribute("href") is { } set)
            {
                sets.Add(set);
            }
        }

        return sets;
    }
}
