using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.RegularExpressions;

namespace FakeOrchestrator;

/// <summary>The arguments of the program.</summary>
internal sealed class CommandLine
{
    internal const string Help = """
        A stand-in for System Center Orchestrator's web services, both generations over one generated source.

          --port <n>                  port on 127.0.0.1 (default: a free one)
          --runbooks <n>              how many runbooks (default 100)
          --parameters <n>            parameters of each (default 4)
          --folders <n>               how many folders (default: one for 20 runbooks)
          --seed <n>                  another source for another number (default 1)
          --page-size <n>             page size of the Atom service (default 50)
          --web-api-page-size <n>     page size of the Web API (default: no pages)
          --latency <milliseconds>    waiting time before every answer
          --basic <user> --password-from-env <variable>
                                      Basic authentication
          --generation <which>        atom, webapi or both (default)
          --https                     TLS with a certificate of its own making
          --gzip                      packs answers for clients that accept it
          --warm                      renders all pages before the first request
          --fault <name>              a fault on every request; may be given more than once:
                                      FAULTS
          --pending-seconds <n>       how long jobs are pending (default 0)
          --job-seconds <n>           how long jobs run (default 0: done at the first look)
          --fail <pattern>            runbooks of this name or path fail; * and ? stand for any text and any letter
          --ready-file <path>         writes the base address there once the server listens
          --help                      this text
        """;

    private readonly Queue<string> _arguments;

    private CommandLine(string[] arguments)
    {
        _arguments = new Queue<string>(arguments);
    }

    internal bool ShowHelp { get; private set; }

    internal int Port { get; private set; }

    internal int Runbooks { get; private set; } = 100;

    internal int Parameters { get; private set; } = 4;

    internal int? Folders { get; private set; }

    internal int Seed { get; private set; } = 1;

    internal int PageSize { get; private set; } = 50;

    internal int? WebApiPageSize { get; private set; }

    internal int Latency { get; private set; }

    internal string? User { get; private set; }

    internal string? PasswordVariable { get; private set; }

    internal Generations Generations { get; private set; } = Generations.Both;

    internal bool Https { get; private set; }

    internal bool Compress { get; private set; }

    internal bool Warm { get; private set; }

    internal List<Fault> Faults { get; } = [];

    internal string? ReadyFile { get; private set; }

    internal int PendingSeconds { get; private set; }

    internal int JobSeconds { get; private set; }

    /// <summary>Which runbooks fail.</summary>
    internal string? Failing { get; private set; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">An argument is not understood; the message says which.</exception>
    internal static CommandLine Read(string[] arguments)
    {
        var line = new CommandLine(arguments);
        while (line._arguments.TryDequeue(out string? name))
        {
            line.Take(name);
        }

        return (line.User is null) == (line.PasswordVariable is null)
            ? line
            : throw new ArgumentException("--basic and --password-from-env belong together.");
    }

    /// <summary>How the jobs of a runbook go.</summary>
    internal JobScript Script(SourceRunbook runbook)
    {
        var script = new JobScript { PendingTime = TimeSpan.FromSeconds(PendingSeconds), RunningTime = TimeSpan.FromSeconds(JobSeconds) };
        bool fails = Failing is not null && (Matches(Failing, runbook.Name) || Matches(Failing, runbook.Path));
        return fails ? script with { End = JobEnd.Failure, ErrorText = "The command line says that this runbook fails." } : script;
    }

    private static bool Matches(string pattern, string text)
    {
        string expression = Regex.Escape(pattern).Replace("\\*", ".*", StringComparison.Ordinal).Replace("\\?", ".", StringComparison.Ordinal);
        return Regex.IsMatch(text, $"^{expression}$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline);
    }

    private void Take(string name)
    {
        switch (name)
        {
            case "--help" or "-h" or "-?":
                ShowHelp = true;
                break;
            case "--port":
                Port = Number(name, 0, 65535);
                break;
            case "--runbooks":
                Runbooks = Number(name, 0, 1_000_000);
                break;
            case "--parameters":
                Parameters = Number(name, 0, 1000);
                break;
            case "--folders":
                Folders = Number(name, 0, 100_000);
                break;
            case "--seed":
                Seed = Number(name, 0, int.MaxValue);
                break;
            case "--page-size":
                PageSize = Number(name, 1, 1_000_000);
                break;
            case "--web-api-page-size":
                WebApiPageSize = Number(name, 1, 1_000_000);
                break;
            case "--latency":
                Latency = Number(name, 0, 3_600_000);
                break;
            case "--basic":
                User = Value(name);
                break;
            case "--password-from-env":
                PasswordVariable = Value(name);
                break;
            case "--generation":
                Generations = Generation(Value(name));
                break;
            case "--https":
                Https = true;
                break;
            case "--gzip":
                Compress = true;
                break;
            case "--warm":
                Warm = true;
                break;
            case "--fault":
                Faults.Add(NamedFaults.Find(Value(name)));
                break;
            case "--pending-seconds":
                PendingSeconds = Number(name, 0, 86_400);
                break;
            case "--job-seconds":
                JobSeconds = Number(name, 0, 86_400);
                break;
            case "--fail":
                Failing = Value(name);
                break;
            case "--ready-file":
                ReadyFile = Value(name);
                break;
            default:
                throw new ArgumentException($"'{name}' is not known.");
        }
    }

    private string Value(string name)
    {
        return _arguments.TryDequeue(out string? value) ? value : throw new ArgumentException($"{name} needs a value.");
    }

    private int Number(string name, int low, int high)
    {
        string value = Value(name);
        return int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number >= low && number <= high
            ? number
            : throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"{name} needs a number from {low} to {high}, not '{value}'."));
    }

    private static Generations Generation(string value)
    {
        return value.ToLowerInvariant() switch
        {
            "atom" => Generations.Atom,
            "webapi" => Generations.WebApi,
            "both" => Generations.Both,
            _ => throw new ArgumentException($"--generation is atom, webapi or both, not '{value}'."),
        };
    }
}
