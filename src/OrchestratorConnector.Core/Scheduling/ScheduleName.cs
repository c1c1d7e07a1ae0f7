using System.Globalization;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace OrchestratorConnector.Scheduling;

/// <summary>
/// The name under which a scheduler knows a store. It is made of the store's path, so that a store is registered once and
/// several stand side by side, also those of different users in the one list of tasks that Windows has.
/// </summary>
internal static class ScheduleName
{
    private const string Prefix = "OrchestratorConnector-";
    private const int HashBytes = 4;

    private static readonly Regex Form = new($"^{Prefix}[0-9a-f]{{{2 * HashBytes}}}$", RegexOptions.CultureInvariant);

    /// <summary>The name for a store.</summary>
    /// <param name="statePath">The store's full path.</param>
    public static string Of(string statePath)
    {
        // Windows knows a file by its name in any case.
        string path = Path.DirectorySeparatorChar == '\\' ? statePath.ToUpperInvariant() : statePath;
        return Prefix + string.Concat(Hash(Encoding.UTF8.GetBytes(path)).Take(HashBytes).Select(b => b.ToString("x2", CultureInfo.InvariantCulture)));
    }

    /// <summary>Whether a name is one of ours.</summary>
    public static bool Is(string name) => Form.IsMatch(name);

    private static byte[] Hash(byte[] bytes)
    {
#if NETSTANDARD2_0
        using SHA256 hash = SHA256.Create();
        return hash.ComputeHash(bytes);
#else
        return SHA256.HashData(bytes);
#endif
    }
}
