using System;
using System.IO;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;

namespace Quickstart;

/// <summary>The product's main job in one command: registers connectors, tests and synchronizes them, reads the library and runs runbooks.</summary>
internal static class Program
{
    private const int Done = 0;
    private const int Failed = 1;
    private const int Misused = 2;

    private static async Task<int> Main(string[] arguments)
    {
        CommandLine line;
        try
        {
            line = CommandLine.Read(arguments);
        }
        catch (ArgumentException misuse)
        {
            await Console.Error.WriteLineAsync($"{misuse.Message} --help shows what can be said.");
            return Misused;
        }

        if (line.ShowHelp)
        {
            Console.WriteLine(CommandLine.Help);
            return Done;
        }

        Console.OutputEncoding = new System.Text.UTF8Encoding(false);
        try
        {
            using TemporaryStore store = new(line.StatePath);
            using IPrompt prompt = PromptFactory.Create(line, store.Path);
            if (line.Url is null)
            {
                await GeneratedSession.RunAsync(prompt, store.Path);
            }
            else
            {
                ServerSession.Run(prompt, line, store);
            }

            Console.WriteLine("Every step did what it should.");
            return Done;
        }
        catch (Exception problem) when (problem is StepException or OrchestratorException or IOException or UnauthorizedAccessException)
        {
            Console.WriteLine();
            await Console.Error.WriteLineAsync(problem.Message);
            return Failed;
        }
    }
}
