using System.IO;
using System.Text.RegularExpressions;

namespace Quickstart;

/// <summary>Where the built module is.</summary>
internal static partial class Module
{
    /// <summary>The manifest in the source, from the repository's root.</summary>
    internal const string Manifest = "module/OrchestratorConnector.psd1";

    /// <summary>The manifest as staged, from the repository's root, with forward slashes.</summary>
    internal static string Staged(string root)
    {
        string version = Version().Match(File.ReadAllText(Path.Combine(root, Manifest))).Groups[1].Value;
        string staged = $"artifacts/module/OrchestratorConnector/{version}/OrchestratorConnector.psd1";
        return File.Exists(Path.Combine(root, staged)) ? staged : throw new StepException($"The module is not staged: there is no {staged}. dotnet build makes it.");
    }

    [GeneratedRegex(@"(?m)^\s*ModuleVersion\s*=\s*'([^']+)'")]
    private static partial Regex Version();
}
