using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace FakeOrchestrator;

/// <summary>The stand-in as a program of its own.</summary>
internal static class Program
{
    private const int Stopped = 0;
    private const int Failed = 1;
    private const int Misused = 2;

    private static async Task<int> Main(string[] arguments)
    {
        CommandLine line;
        FakeServerOptions options;
        try
        {
            line = CommandLine.Read(arguments);
            if (line.ShowHelp)
            {
                Console.WriteLine(CommandLine.Help.Replace("FAULTS", string.Join(", ", NamedFaults.Names), StringComparison.Ordinal));
                return Stopped;
            }

            options = Options(line);
        }
        catch (ArgumentException misuse)
        {
            await Console.Error.WriteLineAsync($"{misuse.Message} --help shows what can be said.");
            return Misused;
        }

        try
        {
            await RunAsync(line, options);
            return Stopped;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync(problem.Message);
            return Failed;
        }
    }

    private static async Task RunAsync(CommandLine line, FakeServerOptions options)
    {
        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        await using FakeServer server = await FakeServer.StartAsync(options);
        server.Jobs.Script = line.Script;
        foreach (Fault fault in line.Faults)
        {
            _ = server.Faults.Add(fault);
        }

        if (line.Warm)
        {
            _ = await server.WarmAsync();
        }

        Announce(line, server);
        await stop.Task;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            _ = stop.TrySetResult();
        }
    }

    private static FakeServerOptions Options(CommandLine line)
    {
        var options = new FakeServerOptions
        {
            Port = line.Port,
            Model = SourceModel.Generate(line.Runbooks, line.Parameters, line.Seed, line.Folders),
            Generations = line.Generations,
            PageSize = line.PageSize,
            WebApiPageSize = line.WebApiPageSize,
            Latency = TimeSpan.FromMilliseconds(line.Latency),
            Https = line.Https,
            Compress = line.Compress,
        };
        if (line is { User: { } user, PasswordVariable: { } variable })
        {
            string password = Environment.GetEnvironmentVariable(variable)
                ?? throw new ArgumentException($"--password-from-env: there is no environment variable '{variable}'.");
            options.Authentication = FakeAuthentication.Basic(user, password);
        }

        return options;
    }

    private static void Announce(CommandLine line, FakeServer server)
    {
        if (line.Generations.HasFlag(Generations.Atom))
        {
            Console.WriteLine($"Atom     {server.AtomUrl}");
        }

        if (line.Generations.HasFlag(Generations.WebApi))
        {
            Console.WriteLine($"Web API  {server.WebApiUrl}");
        }

        Console.WriteLine($"{server.Model.Runbooks.Count} runbooks in {server.Model.Folders.Count} folders. Ctrl+C stops.");
        if (line.ReadyFile is { } path)
        {
            // Whoever waits for the file must not read half of it.
            File.WriteAllText(path + ".part", server.BaseUrl.ToString());
            File.Move(path + ".part", path, overwrite: true);
        }
    }
}
