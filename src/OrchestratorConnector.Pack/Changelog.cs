using System.IO;
using System.Text.RegularExpressions;

namespace OrchestratorConnector.Pack;

/// <summary>CHANGELOG.md: a heading of the second level for each version, <c>## 1.2.3 - date</c>, the newest first.</summary>
internal sealed partial class Changelog
{
    private readonly string _text;

    private Changelog(string text) => _text = text;

    /// <summary>Reads the file.</summary>
    internal static Changelog Read(string path) => new(File.ReadAllText(path).ReplaceLineEndings("\n"));

    /// <summary>What the newest version brings.</summary>
    /// <param name="version">The version that has to be the newest one.</param>
    /// <exception cref="PackException">Another version is the newest, or nothing is said about it.</exception>
    internal string NotesOf(string version)
    {
        Match section = Section().Match(_text);
        if (!section.Success || section.Groups["version"].Value != version)
        {
            throw new PackException($"The newest version in CHANGELOG.md is '{section.Groups["version"].Value}', the manifest's is {version}.");
        }

        string notes = section.Groups["notes"].Value.Trim();
        return notes.Length > 0 ? notes : throw new PackException($"CHANGELOG.md says nothing about {version}.");
    }

    [GeneratedRegex(@"^## (?<version>\S+)[^\n]*\n(?<notes>.*?)(?=^## |\z)", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Section();
}
