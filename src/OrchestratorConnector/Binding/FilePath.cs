using System.Management.Automation;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Binding;

/// <summary>The one file that -Path or -LiteralPath means, drives and current location included.</summary>
internal static class FilePath
{
    /// <summary>The full path of a file that need not exist.</summary>
    /// <param name="path">As -Path takes it: wildcards are refused, a backtick escapes them; <see langword="null"/> when the other one is given.</param>
    /// <param name="literalPath">As -LiteralPath takes it: every character is itself.</param>
    /// <param name="paths">The session's.</param>
    /// <exception cref="OrchestratorException">FilePathInvalid.</exception>
    public static string Resolve(string? path, string? literalPath, PathIntrinsics paths)
    {
        if (path is not null && WildcardPattern.ContainsWildcardCharacters(path))
        {
            throw Error.FilePathInvalid(path, "it holds a wildcard, and one file is meant. -LiteralPath takes it as it is.");
        }

        string literal = path is null ? literalPath! : WildcardPattern.Unescape(path);
        string file = paths.GetUnresolvedProviderPathFromPSPath(literal, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? file : throw Error.FilePathInvalid(literal, $"it is a path of the provider {provider.Name}.");
    }
}
