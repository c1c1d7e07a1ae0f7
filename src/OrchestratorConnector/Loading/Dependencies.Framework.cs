#if NETSTANDARD2_0
using System;
using System.IO;
using System.Reflection;
using System.Runtime.InteropServices;

namespace OrchestratorConnector.Loading;

/// <summary>
/// Windows PowerShell: there is one context for all. Our assemblies are answered for when one of ours asks, in the version that
/// we ship whatever version it asks for, as a binding redirect would; nobody else is answered.
/// </summary>
internal static class Dependencies
{
    private static readonly string LibraryFolder = Path.GetDirectoryName(typeof(Dependencies).Assembly.Location)!;
    private static readonly string Folder = Path.Combine(LibraryFolder, "dependencies");
    private static readonly object RegisterLock = new();
    private static bool _registered;

    /// <summary>Does nothing the second time.</summary>
    public static void Register()
    {
        lock (RegisterLock)
        {
            if (_registered || !Directory.Exists(Folder))
            {
                return;
            }

            AppDomain.CurrentDomain.AssemblyResolve += Resolve;
            PreloadNative();
            _registered = true;
        }
    }

    private static Assembly? Resolve(object? sender, ResolveEventArgs args)
    {
        string name = new AssemblyName(args.Name).Name;
        bool isOurs = name == "OrchestratorConnector.Core"
            || (args.RequestingAssembly is { IsDynamic: false } asking && asking.Location.StartsWith(Folder, StringComparison.OrdinalIgnoreCase));
        string path = Path.Combine(Folder, name + ".dll");
        return isOurs && File.Exists(path) ? Assembly.LoadFrom(path) : null;
    }

    /// <summary>Windows finds a library that is loaded already by its name alone.</summary>
    private static void PreloadNative()
    {
        if (!RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            return;
        }

        foreach (string path in NativeLibrary.Candidates(LibraryFolder))
        {
            if (LoadLibrary(path) != IntPtr.Zero)
            {
                return;
            }
        }
    }

    [DllImport("kernel32", EntryPoint = "LoadLibraryW", CharSet = CharSet.Unicode, SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    private static extern IntPtr LoadLibrary(string path);
}
#endif
