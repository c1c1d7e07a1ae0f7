using System;
using System.IO;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace OrchestratorConnector.State;

/// <summary>
/// Tells this machine from others, so that a store notices that it was copied. A digest: the machine's own identifier is nobody
/// else's business.
/// </summary>
public static class MachineIdentity
{
    private const int DigestLength = 16;

    private static readonly Lazy<string?> Known = new(() => Raw() is { Length: > 0 } raw ? Digest(raw) : null);

    /// <summary>This machine; <see langword="null"/> where nothing tells it from others, as in many containers.</summary>
    public static string? Current => Known.Value;

    private static string? Raw()
    {
        try
        {
            return RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? Native.MachineGuid()
                : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? Native.HostUuid()
                : FirstLine("/etc/machine-id") ?? FirstLine("/var/lib/dbus/machine-id");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }
    }

    // systemd writes "uninitialized" into the file of an image that has not been booted yet.
    private static string? FirstLine(string path) =>
        File.Exists(path) && File.ReadAllText(path).Trim() is { Length: > 0 } line && line != "uninitialized" ? line : null;

    private static string Digest(string raw)
    {
        byte[] bytes = Encoding.UTF8.GetBytes("OrchestratorConnector:" + raw);
#if NETSTANDARD2_0
        using SHA256 hash = SHA256.Create();
        return BitConverter.ToString(hash.ComputeHash(bytes), 0, DigestLength).Replace("-", string.Empty);
#else
        return Convert.ToHexString(SHA256.HashData(bytes), 0, DigestLength);
#endif
    }

    private static class Native
    {
        private const int OnlyText = 0x2;
        private const int Of64Bit = 0x10000;
        private static readonly IntPtr LocalMachine = new(unchecked((int)0x80000002));

        public static string? MachineGuid()
        {
            byte[] data = new byte[256];
            int size = data.Length;
            return RegGetValue(LocalMachine, @"SOFTWARE\Microsoft\Cryptography", "MachineGuid", OnlyText | Of64Bit, IntPtr.Zero, data, ref size) == 0
                ? Encoding.Unicode.GetString(data, 0, size).TrimEnd('\0')
                : null;
        }

        public static string? HostUuid()
        {
            byte[] uuid = new byte[16];
            // Two numbers: how long to wait, in seconds and nanoseconds.
            return gethostuuid(uuid, [1, 0]) == 0 ? BitConverter.ToString(uuid) : null;
        }

        [DllImport("advapi32.dll", EntryPoint = "RegGetValueW", CharSet = CharSet.Unicode)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern int RegGetValue(IntPtr key, string path, string name, int flags, IntPtr type, byte[] data, ref int size);

        [DllImport("libc")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int gethostuuid(byte[] uuid, long[] wait);
    }
}
