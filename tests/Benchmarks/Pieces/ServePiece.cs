using System;
using System.Globalization;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;

namespace OrchestratorConnector.Benchmarks;

/// <summary>The stand-in for Orchestrator, until its input ends; a line of input changes it while it runs, or asks it something.</summary>
internal static class ServePiece
{
    private const string Done = "done";

    private static readonly Fault NoExpandOfRuns = Fault.Status(400).On(@"/Instances\?\$expand=");

    public static async Task RunAsync(Arguments arguments)
    {
        int page = arguments.Number("page");
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions
        {
            Model = SourceModel.Generate(arguments.Number("runbooks"), arguments.Number("parameters")),
            WebApiPageSize = page == 0 ? null : page,
        });
        JobTally? tally = null;
        Console.WriteLine($"{server.AtomUrl} {server.WebApiUrl}");
        while (await Console.In.ReadLineAsync() is { } line)
        {
            string[] parts = line.Split(' ');
            Console.WriteLine(Obey(parts[0], [.. parts[1..].Select(p => int.Parse(p, CultureInfo.InvariantCulture))]));
        }

        tally?.Dispose();

        string Obey(string command, int[] values)
        {
            switch (command)
            {
                case "latency":
                    server.Latency = TimeSpan.FromMilliseconds(values[0]);
                    return Done;
                case "expand":
                    server.Quirks = server.Quirks with { SupportsExpandParameters = values[0] != 0 };
                    return Done;
                case "runs":
                    server.Faults.Remove(NoExpandOfRuns);
                    if (values[0] == 0)
                    {
                        server.Faults.Add(NoExpandOfRuns);
                    }

                    return Done;
                case "polls":
                    return Run(() => new JobScript { RunningPolls = values[0] - 1 });
                case "times":
                    int next = -values[0];
                    return Run(() => Interlocked.Increment(ref next) - 1 is >= 0 and int place ? new JobScript { RunningTime = TimeSpan.FromMilliseconds(values[1] + (values[2] * place)) } : JobScript.Succeeds);
                case "traffic":
                    return string.Join(' ', tally!.Count(server));
                default:
                    throw new ArgumentException($"The server does not know '{command}'.");
            }
        }

        string Run(Func<JobScript> script)
        {
            server.Jobs.Clear();
            server.Jobs.Script = _ => script();
            server.ClearRequests();
            tally ??= new JobTally();
            tally.Clear();
            return Done;
        }
    }
}
