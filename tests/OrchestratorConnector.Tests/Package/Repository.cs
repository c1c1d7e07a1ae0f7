using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;

namespace OrchestratorConnector.Tests.Package;

/// <summary>Where things are that the tests look at.</summary>
internal static partial class Repository
{
    /// <summary>The root of the sources.</summary>
    internal static string Root { get; } = Metadata("Repository");

    /// <summary>The built Quickstart.</summary>
    internal static string Quickstart { get; } = Metadata("Quickstart");

    /// <summary>The tool of the build that writes the help file.</summary>
    internal static string HelpTool { get; } = Metadata("HelpTool");

    /// <summary>The text of the manifest in the sources.</summary>
    internal static string Manifest { get; } = File.ReadAllText(Path.Combine(Root, "module", "OrchestratorConnector.psd1"));

    /// <summary>The version that the manifest names.</summary>
    internal static string Version { get; } = VersionLine().Match(Manifest).Groups[1].Value;

    /// <summary>The module as it is shipped.</summary>
    internal static string Stage { get; } = Path.Combine(Root, "artifacts", "module", "OrchestratorConnector", Version);

    private static string Metadata(string key)
        => typeof(Repository).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    [GeneratedRegex(@"(?m)^\s*ModuleVersion\s*=\s*'([^']+)'")]
    private static partial Regex VersionLine();
}
