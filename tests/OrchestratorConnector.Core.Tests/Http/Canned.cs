using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>Answers that stand in files or in a test.</summary>
internal static class Canned
{
    public static Uri Url { get; } = new("http://localhost:81/api/Runbooks");

    /// <summary>A recorded payload, as bytes.</summary>
    public static byte[] Fixture(string name)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            string path = Path.Combine(folder.FullName, "tests", "Fixtures", name);
            if (File.Exists(path))
            {
                return File.ReadAllBytes(path);
            }
        }

        throw new FileNotFoundException("There is no such fixture.", name);
    }

    public static string Text(string name) => Encoding.UTF8.GetString(Fixture(name));

    /// <summary>Has an answer with this body read, as if it came over the wire.</summary>
    public static T Read<T>(byte[] body, Func<HttpAnswer, T> read)
    {
        using HttpResponseMessage response = new(HttpStatusCode.OK) { Content = new ByteArrayContent(body) };
        using ResponseBody stream = new(response, Url, Remote.Options, CancellationToken.None);
        return read(new HttpAnswer(Url, response, stream));
    }

    /// <summary>The runbooks of one answer, with the parameters that came inside.</summary>
    public static Task<IReadOnlyList<Runbook>> RunbooksAsync(ConnectorProtocol protocol, string body) =>
        ReadAsync(protocol, body, async client =>
        {
            RunbookList read = new();
            await client.ReadRunbooksAsync(FolderPath.Root, read, CancellationToken.None);
            return (IReadOnlyList<Runbook>)read.Items;
        });

    public static Task<List<T>> EntitiesAsync<T>(ConnectorProtocol protocol, string body, Func<IOrchestratorClient, IEntitySink<T>, Task> readAll) =>
        ReadAsync(protocol, body, async client =>
        {
            EntityList<T> read = new();
            await readAll(client, read);
            return read.Items;
        });

    /// <summary>A client whose server gives this answer first, and then only empty pages.</summary>
    public static async Task<T> ReadAsync<T>(ConnectorProtocol protocol, string body, Func<IOrchestratorClient, Task<T>> read)
    {
        bool isAtom = protocol == ConnectorProtocol.Atom;
        string empty = Text(isAtom ? "atom/empty.xml" : "webapi/empty.json");
        await using RawServer server = new((request, answer) => answer.SendAsync(
            200,
            isAtom ? "application/atom+xml;type=feed;charset=utf-8" : "application/json; odata.metadata=minimal; charset=utf-8",
            request.Target.Contains("skip", StringComparison.Ordinal) || request.Path.EndsWith("Parameters", StringComparison.Ordinal) ? empty : body));
        using IOrchestratorClient client = Remote.Client(new Uri(server.Url, "/api"), protocol);
        return await read(client).WaitAsync(Remote.Patience);
    }
}
