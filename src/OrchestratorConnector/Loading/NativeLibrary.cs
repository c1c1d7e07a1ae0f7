using System.Collections.Generic;
using System.IO;
using System.Runtime.InteropServices;

namespace OrchestratorConnector.Loading;

/// <summary>Where the native SQLite of this platform is in the module's folder; the host is not asked.</summary>
internal static class NativeLibrary
{
    /// <summary>The name that the managed side calls it by.</summary>
    public const string Name = "e_sqlite3";

    /// <summary>The files that may fit, likeliest first. On Linux the C library cannot be asked for, so the other one is second.</summary>
    /// <param name="libraryFolder">The folder of the cmdlet assembly: <c>lib/&lt;framework&gt;</c>.</param>
    public static IEnumerable<string> Candidates(string libraryFolder)
    {
        string runtimes = Path.GetFullPath(Path.Combine(libraryFolder, "..", "..", "runtimes"));
#pragma warning disable CA1308 // Runtime identifiers are lower case.
        string architecture = RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();
#pragma warning restore CA1308
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            yield return Path.Combine(runtimes, $"win-{architecture}", "native", Name + ".dll");
        }
        else if (RuntimeInformation.IsOSPlatform(OSPlatform.OSX))
        {
            yield return Path.Combine(runtimes, $"osx-{architecture}", "native", $"lib{Name}.dylib");
        }
        else
        {
            bool isMusl = File.Exists($"/lib/ld-musl-{(architecture == "arm64" ? "aarch64" : "x86_64")}.so.1");
            string[] kinds = isMusl ? ["linux-musl-", "linux-"] : ["linux-", "linux-musl-"];
            foreach (string kind in kinds)
            {
                yield return Path.Combine(runtimes, kind + architecture, "native", $"lib{Name}.so");
            }
        }
    }
}
