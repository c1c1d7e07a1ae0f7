using System.Runtime.InteropServices;
#if !NETSTANDARD2_0
using System.Runtime.Versioning;
#endif

namespace OrchestratorConnector.Secrets;

/// <summary>Chooses the protection that the platform gives.</summary>
public static class SecretProtector
{
#if NETSTANDARD2_0
    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
#else
    [SupportedOSPlatformGuard("windows")]
    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
#endif

    /// <summary>
    /// The protection for the secrets of a store: DPAPI of the current user on Windows; elsewhere a key in a file beside the
    /// store, which protects a copy of the store alone, not one of both.
    /// </summary>
    /// <param name="storePath">The store's file.</param>
    public static ISecretProtector For(string storePath) =>
        IsWindows ? new DpapiProtector() : new KeyFileProtector(new SecretKeyFile(storePath + ".key"));
}
