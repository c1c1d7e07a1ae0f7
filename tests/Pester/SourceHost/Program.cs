using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using FakeOrchestrator;

namespace SourceHost;

/// <summary>
/// A stand-in server that a test commands: one line of JSON comes in, one goes out. The first line that goes out is the
/// address; the end of the input is the end of the server, so that it never outlives its test.
/// </summary>
internal static class Program
{
    private static async Task Main()
    {
        Console.InputEncoding = Console.OutputEncoding = new UTF8Encoding(false);
        SourceModel model = new();
        model.AddServer("RBS01");
        model.AddServer("RBS02");
        await using FakeServer server = await FakeServer.StartAsync(new FakeServerOptions { Model = model });
        Controls controls = new(server);
        Console.WriteLine(server.BaseUrl);
        while (await Console.In.ReadLineAsync() is { } line)
        {
            Console.WriteLine(JsonSerializer.Serialize(Answer(controls, line)));
        }
    }

    private static Dictionary<string, object?> Answer(Controls controls, string line)
    {
        try
        {
            using JsonDocument command = JsonDocument.Parse(line);
            return new() { ["Value"] = controls.Do(command.RootElement), ["Error"] = null };
        }
        catch (Exception problem) when (problem is JsonException or ArgumentException or InvalidOperationException or KeyNotFoundException or FormatException or TimeoutException)
        {
            return new() { ["Value"] = null, ["Error"] = problem.Message };
        }
    }
}
