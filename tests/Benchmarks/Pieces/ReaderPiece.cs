using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Text;
using System.Threading.Tasks;
using System.Xml;
using Microsoft.OData.Json;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Atom;
using OrchestratorConnector.Orchestrator.WebApi;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Unavoidable work, second part: one pass of the reader that the product uses, with the product's settings, over the same
/// bytes out of memory, node by node, no name compared and no value asked for. One document after the other, as one processor
/// does it.
/// </summary>
internal static class ReaderPiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        List<byte[]> bodies = [];
        using (Requests requests = new(arguments))
        {
            foreach (string address in requests.Addresses)
            {
                (HttpStatusCode status, byte[] body) = await requests.GetAsync(address);
                if (status == HttpStatusCode.OK)
                {
                    bodies.Add(body);
                }
            }
        }

        ConnectorProtocol protocol = System.Enum.Parse<ConnectorProtocol>(arguments["protocol"]);
        await Piece.TimesAsync(arguments, () =>
        {
            foreach (byte[] body in bodies)
            {
                Pass(protocol, body);
            }

            return Task.CompletedTask;
        });
    }

    public static void Pass(ConnectorProtocol protocol, byte[] body)
    {
        using MemoryStream stream = new(body, writable: false);
        if (protocol == ConnectorProtocol.Atom)
        {
            using XmlReader xml = XmlReader.Create(stream, SafeXml.Settings(new NameTable()));
            while (xml.Read())
            {
            }

            return;
        }

        using StreamReader text = new(stream, Encoding.UTF8, detectEncodingFromByteOrderMarks: true, bufferSize: 16 * 1024);
        IJsonReader json = ODataJson.Open(text);
        while (json.Read())
        {
        }
    }
}
