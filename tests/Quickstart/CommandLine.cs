using System;
using System.Collections.Generic;

namespace Quickstart;

/// <summary>The arguments of the program.</summary>
internal sealed class CommandLine
{
    internal const string Help = """
        Shows what the module does, as an admin would do it at a prompt: registers connectors, tests and synchronizes them,
        reads the library and runs runbooks. Without arguments against two servers made for this run, one of each generation,
        on free ports of the loopback address. In PowerShell if pwsh is on PATH, else in a stand-in for it.

          --double                    the stand-in, also where there is a PowerShell
          --url <service>             a real server instead; from it is only read
          --user <name>               who signs in there; the current user without it
          --password-from-env <name>  the environment variable that holds the password
          --allow-unencrypted         lets the password go over plain HTTP where the server asks for Basic authentication
          --state <file>              keeps the connector and its library in this store; without it the store is gone at the end
          --help                      this text

        Exit code 0: every step did what it should. 1: one did not. 2: the arguments were not understood.
        """;

    private CommandLine()
    {
    }

    internal bool ShowHelp { get; private set; }

    internal bool UsesDouble { get; private set; }

    internal string? Url { get; private set; }

    internal string? User { get; private set; }

    internal string? Password { get; private set; }

    internal bool AllowsUnencrypted { get; private set; }

    internal string? StatePath { get; private set; }

    /// <summary>Reads the arguments.</summary>
    /// <exception cref="ArgumentException">An argument is not understood; the message says which.</exception>
    internal static CommandLine Read(IEnumerable<string> arguments)
    {
        CommandLine line = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? name))
        {
            line.Take(name, rest);
        }

        if ((line.User is null) != (line.Password is null))
        {
            throw new ArgumentException("--user and --password-from-env belong together.");
        }

        return line.Url is not null || (line.User is null && line.StatePath is null && !line.AllowsUnencrypted)
            ? line
            : throw new ArgumentException("--user, --password-from-env, --allow-unencrypted and --state belong to --url.");
    }

    private void Take(string name, Queue<string> rest)
    {
        switch (name)
        {
            case "--help" or "-h" or "-?":
                ShowHelp = true;
                break;
            case "--double":
                UsesDouble = true;
                break;
            case "--url":
                Url = Value(name, rest);
                break;
            case "--user":
                User = Value(name, rest);
                break;
            case "--password-from-env":
                string variable = Value(name, rest);
                Password = Environment.GetEnvironmentVariable(variable)
                    ?? throw new ArgumentException($"--password-from-env: there is no environment variable '{variable}'.");
                break;
            case "--allow-unencrypted":
                AllowsUnencrypted = true;
                break;
            case "--state":
                StatePath = System.IO.Path.GetFullPath(Value(name, rest));
                break;
            default:
                throw new ArgumentException($"'{name}' is not known.");
        }
    }

    private static string Value(string name, Queue<string> rest)
        => rest.TryDequeue(out string? value) ? value : throw new ArgumentException($"{name} needs a value.");
}
