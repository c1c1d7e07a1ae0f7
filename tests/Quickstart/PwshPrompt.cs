using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace Quickstart;

/// <summary>PowerShell in a process of its own, fed line by line.</summary>
internal sealed class PwshPrompt : IPrompt
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);
    private readonly string _mark = $"{Guid.NewGuid():N} ";
    private readonly Process _process;

    internal PwshPrompt(string program, string root, string manifest, string statePath, string password)
    {
        Password = password;
        Manifest = manifest;
        Description = $"The commands run in PowerShell ({program}), from the module as it is staged.";
        ProcessStartInfo start = new(program)
        {
            WorkingDirectory = root,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = new UTF8Encoding(false),
            StandardOutputEncoding = new UTF8Encoding(false),
            ArgumentList =
            {
                "-NoProfile", "-NonInteractive", "-File", Path.Combine(AppContext.BaseDirectory, "Prompt.ps1"),
                "-Mark", _mark, "-Width", PromptFactory.Width.ToString(CultureInfo.InvariantCulture),
            },
            Environment =
            {
                [PromptFactory.StateVariable] = statePath,
                ["QUICKSTART_PASSWORD"] = password,
                ["NO_COLOR"] = "1",
                ["POWERSHELL_UPDATECHECK"] = "Off",
            },
        };
        _process = Process.Start(start) ?? throw new StepException($"{program} could not be started.");
    }

    public string Description { get; }

    public string Password { get; }

    public string Manifest { get; }

    public PromptResult Run(string line)
    {
        _process.StandardInput.WriteLine(line);
        _process.StandardInput.Flush();
        while (_process.StandardOutput.ReadLine() is { } text)
        {
            if (!text.StartsWith(_mark, StringComparison.Ordinal))
            {
                Console.WriteLine(text);
                continue;
            }

            using JsonDocument report = JsonDocument.Parse(text.AsMemory(_mark.Length));
            return new PromptResult(
                [.. report.RootElement.GetProperty("Output").EnumerateArray().Select(Row)],
                [.. report.RootElement.GetProperty("Errors").EnumerateArray().Select(e => e.GetString()!)]);
        }

        throw new StepException("PowerShell has ended before it was told to.");
    }

    public void Dispose()
    {
        // The end of the input is the end of the prompt.
        _process.StandardInput.Close();
        if (!_process.WaitForExit(Farewell))
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }

        _process.Dispose();
    }

    private static IReadOnlyDictionary<string, string> Row(JsonElement row)
        => row.EnumerateObject().ToDictionary(p => p.Name, p => p.Value.GetString() ?? string.Empty, StringComparer.OrdinalIgnoreCase);
}
