using System;
using System.Collections.Generic;
using System.IO;
using System.Net;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Atom;

namespace OrchestratorConnector.Benchmarks;

/// <summary>Bare requests for the addresses that the product asked for: no retry, no checks, nothing kept.</summary>
internal sealed class Requests : IDisposable
{
    private readonly HttpClient _client;

    public Requests(Arguments arguments)
    {
        InFlight = arguments.Number("in-flight", 1);
        Protocol = Enum.Parse<ConnectorProtocol>(arguments["protocol"]);
        Addresses = RequestList.Load(arguments["requests"]);
        _client = new HttpClient(new SocketsHttpHandler
        {
            MaxConnectionsPerServer = InFlight,
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate,
        });
        _client.DefaultRequestHeaders.Accept.ParseAdd(Protocol == ConnectorProtocol.Atom ? AtomNames.FeedType : "application/json");
    }

    public int InFlight { get; }

    public ConnectorProtocol Protocol { get; }

    public string[] Addresses { get; }

    public void Dispose() => _client.Dispose();

    /// <summary>Reads every answer to its end, so many at once.</summary>
    public async Task DrainAsync()
    {
        int next = -1;
        await Task.WhenAll(Workers());

        IEnumerable<Task> Workers()
        {
            for (int i = 0; i < InFlight; i++)
            {
                yield return Task.Run(WorkAsync);
            }
        }

        async Task WorkAsync()
        {
            byte[] buffer = new byte[64 * 1024];
            int index;
            while ((index = Interlocked.Increment(ref next)) < Addresses.Length)
            {
                using HttpResponseMessage response = await _client.GetAsync(Addresses[index], HttpCompletionOption.ResponseHeadersRead);
                using Stream body = await response.Content.ReadAsStreamAsync();
                while (await body.ReadAsync(buffer) > 0)
                {
                }
            }
        }
    }

    /// <summary>An answer as it came, also a refusal.</summary>
    public async Task<(HttpStatusCode Status, byte[] Body)> GetAsync(string address)
    {
        using HttpResponseMessage response = await _client.GetAsync(address);
        return (response.StatusCode, await response.Content.ReadAsByteArrayAsync());
    }
}
