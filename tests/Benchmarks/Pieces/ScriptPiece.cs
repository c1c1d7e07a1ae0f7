using System;
using System.IO;
using System.Net.Http;
using System.Threading.Tasks;
using System.Xml;
using OrchestratorConnector.Orchestrator.Atom;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// What admins write today: GET a page into a DOM, follow its next link, and for each runbook GET its parameters into another
/// one. In C#, so that the difference is the way of asking and not the speed of a script.
/// </summary>
internal static class ScriptPiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        using HttpClient client = new();
        client.DefaultRequestHeaders.Accept.ParseAdd(AtomNames.FeedType);
        await Piece.TimesAsync(arguments, async () =>
        {
            int found = await ImportAsync(client, arguments["url"]);
            if (found != arguments.Number("runbooks") * arguments.Number("parameters"))
            {
                throw new InvalidOperationException($"The script found {found} parameters.");
            }
        });
    }

    private static async Task<int> ImportAsync(HttpClient client, string root)
    {
        int parameters = 0;
        for (string? page = root + "/Runbooks"; page is not null;)
        {
            (XmlDocument feed, XmlNamespaceManager names) = await LoadAsync(client, page);
            foreach (XmlNode id in feed.SelectNodes("//m:properties/d:Id", names)!)
            {
                (XmlDocument own, XmlNamespaceManager ownNames) = await LoadAsync(client, $"{root}/Runbooks(guid'{id.InnerText}')/Parameters");
                parameters += own.SelectNodes("//m:properties/d:Name", ownNames)!.Count;
            }

            page = feed.SelectSingleNode("/a:feed/a:link[@rel='next']/@href", names)?.Value;
        }

        return parameters;
    }

    private static async Task<(XmlDocument Document, XmlNamespaceManager Names)> LoadAsync(HttpClient client, string address)
    {
        using Stream body = await client.GetStreamAsync(new Uri(address));
        using XmlReader reader = XmlReader.Create(body, new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        XmlDocument document = new() { XmlResolver = null };
        document.Load(reader);
        XmlNamespaceManager names = new(document.NameTable);
        names.AddNamespace("a", AtomNames.Atom);
        names.AddNamespace("m", AtomNames.Metadata);
        names.AddNamespace("d", AtomNames.Data);
        return (document, names);
    }
}
