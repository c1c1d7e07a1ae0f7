using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace OrchestratorConnector.Benchmarks;

/// <summary>This program once more, as a process that does one piece of work from a fresh start and reports numbers.</summary>
internal static class Child
{
    /// <summary>Runs a piece to its end.</summary>
    /// <returns>What it reported: each name with its numbers in order.</returns>
    public static ILookup<string, double> Run(string piece, params (string Name, object Value)[] arguments)
    {
        using Process process = Start(piece, arguments);
        Task<string> errors = process.StandardError.ReadToEndAsync();
        List<(string Name, double Value)> reported = [];
        while (process.StandardOutput.ReadLine() is { } line)
        {
            reported.Add(Parse(line));
        }

        process.WaitForExit();
        return process.ExitCode == 0
            ? reported.ToLookup(r => r.Name, r => r.Value)
            : throw new InvalidOperationException($"The piece '{piece}' failed: {errors.Result}");
    }

    /// <summary>Starts a piece that goes on until its input ends.</summary>
    public static Process Start(string piece, params (string Name, object Value)[] arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (Path.GetFileNameWithoutExtension(start.FileName) == "dotnet")
        {
            start.ArgumentList.Add(typeof(Child).Assembly.Location);
        }

        start.ArgumentList.Add("piece");
        start.ArgumentList.Add(piece);
        foreach ((string name, object value) in arguments)
        {
            start.ArgumentList.Add("--" + name);
            start.ArgumentList.Add(Convert.ToString(value, CultureInfo.InvariantCulture)!);
        }

        return Process.Start(start)!;
    }

    /// <summary>Reports a number to the process that started this one.</summary>
    public static void Report(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name} {value:R}"));

    private static (string Name, double Value) Parse(string line)
    {
        string[] parts = line.Split(' ');
        return (parts[0], double.Parse(parts[1], CultureInfo.InvariantCulture));
    }
}
