using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading.Tasks;

namespace OrchestratorConnector.Benchmarks;

/// <summary>A real PowerShell, where there is one, and the module as it is shipped.</summary>
internal static class PowerShell
{
    /// <summary>The path of <c>pwsh</c>.</summary>
    public static string? Find()
    {
        string name = OperatingSystem.IsWindows() ? "pwsh.exe" : "pwsh";
        return (Environment.GetEnvironmentVariable("PATH") ?? string.Empty)
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(folder => Path.Combine(folder, name))
            .FirstOrDefault(File.Exists);
    }

    /// <summary>
    /// Builds the module as it is released and copies it, so that a build that stages another one meanwhile does no harm.
    /// </summary>
    public static StagedModule Stage(Workspace workspace)
    {
        string root = Root();
        using Process build = Start("dotnet", "build", Path.Combine(root, "src", "OrchestratorConnector"), "--configuration", "Release", "--nologo");
        string output = Output(build);
        if (build.ExitCode != 0)
        {
            throw new InvalidOperationException("The module was not built: " + output);
        }

        string manifest = Directory.GetFiles(Path.Combine(root, "artifacts", "module", "OrchestratorConnector"), "OrchestratorConnector.psd1", SearchOption.AllDirectories).Single();
        string target = workspace.NewPath("module");
        Copy(Path.GetDirectoryName(manifest)!, target);
        return new StagedModule(target);
    }

    /// <summary>How long a process takes that does this and nothing else.</summary>
    public static double Time(string shell, string command)
    {
        Stopwatch watch = Stopwatch.StartNew();
        using Process process = Start(shell, "-NoProfile", "-NonInteractive", "-Command", command);
        string output = Output(process);
        double taken = watch.Elapsed.TotalMilliseconds;
        return process.ExitCode == 0 ? taken : throw new InvalidOperationException(output);
    }

    /// <summary>Runs a script that writes names with numbers.</summary>
    public static ILookup<string, double> Run(string shell, Workspace workspace, string script)
    {
        string path = workspace.NewPath("ps1");
        File.WriteAllText(path, "$ErrorActionPreference = 'Stop'" + Environment.NewLine + script);
        using Process process = Start(shell, "-NoProfile", "-NonInteractive", "-File", path);
        string output = Output(process);
        return process.ExitCode == 0
            ? output.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
                .Select(line => line.Split(' '))
                .ToLookup(parts => parts[0], parts => double.Parse(parts[1], CultureInfo.InvariantCulture))
            : throw new InvalidOperationException(output);
    }

    /// <summary>A text that means itself in a script.</summary>
    public static string Quote(string text) => $"'{text.Replace("'", "''")}'";

    private static Process Start(string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        return Process.Start(start)!;
    }

    private static string Output(Process process)
    {
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : output + errors.Result;
    }

    private static string Root()
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "OrchestratorConnector.sln")))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return folder ?? throw new InvalidOperationException("The benchmarks run from within the repository.");
    }

    private static void Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        IEnumerable<string> files = Directory.EnumerateFiles(source);
        foreach (string file in files)
        {
            File.Copy(file, Path.Combine(target, Path.GetFileName(file)));
        }

        foreach (string folder in Directory.EnumerateDirectories(source))
        {
            Copy(folder, Path.Combine(target, Path.GetFileName(folder)));
        }
    }

    /// <summary>A copy of the module's folder.</summary>
    internal sealed class StagedModule(string folder) : IDisposable
    {
        public string Manifest => Path.Combine(folder, "OrchestratorConnector.psd1");

        public void Dispose() => Directory.Delete(folder, recursive: true);
    }
}
