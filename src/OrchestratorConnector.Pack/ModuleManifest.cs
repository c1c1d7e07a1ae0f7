using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using System.Text.RegularExpressions;

namespace OrchestratorConnector.Pack;

/// <summary>
/// A module manifest as this project writes its own: each value a string in single quotes, or a list of them in <c>@( )</c>.
/// Read as text, because only a shell can evaluate it.
/// </summary>
internal sealed partial class ModuleManifest
{
    /// <summary>Stands in the source for what is known when the module is staged.</summary>
    private const string NotesInSource = "ReleaseNotes = 'See CHANGELOG.md.'";

    private readonly string _text;

    private ModuleManifest(string text) => _text = text;

    /// <summary>Reads the file.</summary>
    internal static ModuleManifest Read(string path) => new(File.ReadAllText(path).ReplaceLineEndings("\n"));

    /// <summary>The version of the module.</summary>
    internal string Version => Value("ModuleVersion") ?? throw new PackException("The manifest names no version.");

    /// <summary>The value of a key, or null if it is not there.</summary>
    internal string? Value(string key)
    {
        Match value = Regex.Match(_text, $@"^\s*{key}\s*=\s*'(?<value>(?:[^']|'')*)'", RegexOptions.Multiline);
        return value.Success ? Doubled().Replace(value.Groups["value"].Value, "$1") : null;
    }

    /// <summary>The values of a key that has a list; none if it is not there.</summary>
    internal IReadOnlyList<string> List(string key)
    {
        Match list = Regex.Match(_text, $@"^\s*{key}\s*=\s*@\((?<list>[^)]*)\)", RegexOptions.Multiline);
        return [.. Item().Matches(list.Groups["list"].Value).Select(m => m.Groups[1].Value)];
    }

    /// <summary>The manifest as it is shipped: with the notes of its version, and the links of the gallery's page where they are given.</summary>
    internal ModuleManifest Stage(Changelog changelog, string projectAddress, string licenseAddress)
    {
        if (!_text.Contains(NotesInSource, StringComparison.Ordinal))
        {
            throw new PackException($"The manifest has no line {NotesInSource}.");
        }

        StringBuilder data = new();
        AppendAddress(data, "ProjectUri", projectAddress);
        AppendAddress(data, "LicenseUri", licenseAddress);
        data.Append("ReleaseNotes = ").Append(Quoted(changelog.NotesOf(Version)));
        return new ModuleManifest(_text.Replace(NotesInSource, data.ToString(), StringComparison.Ordinal));
    }

    /// <summary>Writes the file with a mark of its encoding, without which Windows PowerShell reads other letters than were written.</summary>
    internal void Write(string path) => File.WriteAllText(path, _text, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));

    private static void AppendAddress(StringBuilder data, string key, string address)
    {
        if (address.Length == 0)
        {
            return;
        }

        if (!Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) || (uri.Scheme != Uri.UriSchemeHttps && uri.Scheme != Uri.UriSchemeHttp))
        {
            throw new PackException($"{key} is '{address}', which is not the address of a page.");
        }

        data.Append(key).Append(" = ").Append(Quoted(address)).Append("\n            ");
    }

    private static string Quoted(string text) => $"'{Quote().Replace(text, "$0$0")}'";

    // The shell ends such a string at a typographic quote too; two of any are one.
    [GeneratedRegex("['\u2018\u2019\u201A\u201B]")]
    private static partial Regex Quote();

    [GeneratedRegex("(['\u2018\u2019\u201A\u201B])\\1")]
    private static partial Regex Doubled();

    [GeneratedRegex("'([^']+)'")]
    private static partial Regex Item();
}
