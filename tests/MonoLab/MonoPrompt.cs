using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;
using System.Threading.Tasks;

namespace OrchestratorConnector.MonoLab;

/// <summary>The program in <c>Host</c>, run by Mono over the staged module, and a way to send it lines.</summary>
internal sealed class MonoPrompt : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    private readonly Process _process;

    private MonoPrompt(Process process) => _process = process;

    /// <summary>The folder of the module as it is shipped.</summary>
    internal static string Module { get; } = Metadata("Module");

    /// <summary>Starts it.</summary>
    internal static MonoPrompt Start()
    {
        ProcessStartInfo start = new("mono")
        {
            ArgumentList = { "--debug", Metadata("Host"), Path.Combine(Module, "lib", "netstandard2.0", "OrchestratorConnector.dll") },
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        // The module finds SQLite by itself on Windows alone, where .NET Framework is.
        start.Environment["LD_LIBRARY_PATH"] = Path.Combine(Module, "runtimes", RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64", "native");
        // Only what Mono has itself and what the module ships.
        start.Environment.Remove("MONO_PATH");
        return new MonoPrompt(Process.Start(start)!);
    }

    /// <summary>Runs a command line.</summary>
    internal Task<Answer> RunAsync(string line) => SendAsync("run", line);

    /// <summary>Sends a verb with its arguments and waits for the answer.</summary>
    internal async Task<Answer> SendAsync(string verb, params string[] arguments)
    {
        string line = string.Join(' ', arguments.Select(a => Convert.ToBase64String(Encoding.UTF8.GetBytes(a))).Prepend(verb));
        await _process.StandardInput.WriteLineAsync(line);
        Answer answer = new();
        while (await _process.StandardOutput.ReadLineAsync().WaitAsync(Patience) is { } said)
        {
            string[] words = said.Split(' ');
            if (words[0] == "end")
            {
                return answer;
            }

            answer.Add(words[0], [.. words.Skip(1).Select(w => Encoding.UTF8.GetString(Convert.FromBase64String(w)))]);
        }

        throw new LabException($"Mono ended at: {verb} {string.Join(' ', arguments)}");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _process.Kill();
        _process.Dispose();
    }

    private static string Metadata(string key)
        => typeof(MonoPrompt).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;
}
