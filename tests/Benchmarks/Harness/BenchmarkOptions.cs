using System;
using System.Collections.Generic;
using System.Globalization;

namespace OrchestratorConnector.Benchmarks;

/// <summary>What the command line asks for.</summary>
internal sealed class BenchmarkOptions
{
    private readonly HashSet<string> _only = new(StringComparer.OrdinalIgnoreCase);

    private BenchmarkOptions()
    {
    }

    /// <summary>How many runbooks the synchronizations read.</summary>
    public int Runbooks { get; private set; } = 20_000;

    /// <summary>A large library.</summary>
    public int ManyRunbooks { get; private set; } = 100_000;

    /// <summary>A small library.</summary>
    public int FewRunbooks { get; private set; } = 5_000;

    /// <summary>How many runbooks the plain script imports.</summary>
    public int ScriptRunbooks { get; private set; } = 2_000;

    /// <summary>How many jobs run eight at a time.</summary>
    public int Jobs { get; private set; } = 400;

    /// <summary>How often each is measured.</summary>
    public int Repeat { get; private set; } = 5;

    /// <summary>Parameters of each runbook.</summary>
    public int Parameters => 4;

    public static BenchmarkOptions Read(string[] arguments, IReadOnlyCollection<string> names)
    {
        BenchmarkOptions options = new();
        Queue<string> rest = new(arguments);
        while (rest.TryDequeue(out string? argument))
        {
            switch (argument)
            {
                case "--only":
                    options._only.Add(Value(argument, rest));
                    break;
                case "--runbooks":
                    options.Runbooks = Number(argument, rest);
                    break;
                case "--repeat":
                    options.Repeat = Number(argument, rest);
                    break;
                case "--quick":
                    // To see whether it runs at all: start-up costs weigh too much for the bars to mean anything.
                    (options.Runbooks, options.ManyRunbooks, options.FewRunbooks, options.ScriptRunbooks, options.Jobs, options.Repeat) = (2_000, 5_000, 1_000, 200, 80, 2);
                    break;
                default:
                    throw new ArgumentException($"'{argument}' is not known. Known: --only <{string.Join('|', names)}> --runbooks <n> --repeat <n> --quick");
            }
        }

        return options._only.IsSubsetOf(names) ? options : throw new ArgumentException($"--only knows {string.Join(", ", names)}.");
    }

    public bool IsWanted(string name) => _only.Count == 0 || _only.Contains(name);

    private static string Value(string name, Queue<string> rest) =>
        rest.TryDequeue(out string? value) ? value : throw new ArgumentException($"{name} needs a value.");

    private static int Number(string name, Queue<string> rest) =>
        int.TryParse(Value(name, rest), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
            ? number
            : throw new ArgumentException($"{name} needs a number above zero.");
}
