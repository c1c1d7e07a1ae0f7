using System;
using System.Globalization;
using System.Threading.Tasks;
using FakeOrchestrator;

namespace OrchestratorConnector.Benchmarks;

/// <summary>The stand-in for Orchestrator, until its input ends; a line of input changes it while it runs.</summary>
internal static class ServePiece
{
    public static async Task RunAsync(Arguments arguments)
    {
        int page = arguments.Number("page");
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions
        {
            Model = SourceModel.Generate(arguments.Number("runbooks"), arguments.Number("parameters")),
            WebApiPageSize = page == 0 ? null : page,
        });
        Console.WriteLine($"{server.AtomUrl} {server.WebApiUrl}");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            string[] parts = line.Split(' ');
            int value = int.Parse(parts[1], CultureInfo.InvariantCulture);
            if (parts[0] == "latency")
            {
                server.Latency = TimeSpan.FromMilliseconds(value);
            }
            else
            {
                server.Quirks = server.Quirks with { SupportsExpandParameters = value != 0 };
            }

            Console.WriteLine("done");
        }
    }
}
