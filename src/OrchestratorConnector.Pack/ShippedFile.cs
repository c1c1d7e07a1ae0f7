using System.IO;
using System.Security.Cryptography;

namespace OrchestratorConnector.Pack;

/// <summary>A file of the module.</summary>
internal sealed class ShippedFile
{
    private ShippedFile(string path, byte[] content)
    {
        Path = path;
        Content = content;
        Sha256 = SHA256.HashData(content);
    }

    /// <summary>Where it is in the module's folder, with slashes.</summary>
    internal string Path { get; }

    /// <summary>What is in it.</summary>
    internal byte[] Content { get; }

    /// <summary>Its checksum.</summary>
    internal byte[] Sha256 { get; }

    /// <summary>Whether the file was made here: all is, but for what lies beside the native libraries and the core.</summary>
    internal bool IsOurs => !Path.StartsWith("runtimes/", System.StringComparison.Ordinal)
        && (!Path.Contains("/dependencies/", System.StringComparison.Ordinal) || Path.EndsWith("/OrchestratorConnector.Core.dll", System.StringComparison.Ordinal));

    /// <summary>Reads a file of a module's folder.</summary>
    internal static ShippedFile Read(string module, string file)
        => new(System.IO.Path.GetRelativePath(module, file).Replace('\\', '/'), File.ReadAllBytes(file));

    /// <summary>A file that was not in the folder.</summary>
    internal static ShippedFile Make(string path, byte[] content) => new(path, content);
}
