#if !NETSTANDARD2_0
using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;

namespace OrchestratorConnector.Loading;

/// <summary>
/// PowerShell 7: the core and every third-party assembly live in a context of their own, so that another module's copies never
/// meet ours. The shell's context asks here for one name only, the core's; the private context finds the rest itself.
/// </summary>
/// <remarks>
/// The shell looks at the exported types before it calls <see cref="ModuleInitializer"/>. So no exported type derives from a
/// type of the core, and none has a field of a value type of the core, an enumeration for one: a class cannot be loaded
/// without these. Properties, parameters and fields of reference types do no harm.
/// </remarks>
internal sealed class Dependencies : AssemblyLoadContext
{
    private static readonly string LibraryFolder = Path.GetDirectoryName(typeof(Dependencies).Assembly.Location)!;
    private static readonly string Folder = Path.Combine(LibraryFolder, "dependencies");
    private static readonly object RegisterLock = new();
    private static Dependencies? _context;

    private Dependencies()
        : base("OrchestratorConnector")
    {
    }

    /// <summary>Does nothing the second time.</summary>
    public static void Register()
    {
        lock (RegisterLock)
        {
            // Where the dependencies stand beside this assembly, in tests for one, the host finds them.
            if (_context is null && Directory.Exists(Folder))
            {
                _context = new Dependencies();
                Default.Resolving += static (_, name) => name.Name == "OrchestratorConnector.Core" ? _context.LoadFromAssemblyName(name) : null;
            }
        }
    }

    /// <inheritdoc/>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        string path = Path.Combine(Folder, assemblyName.Name + ".dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    /// <inheritdoc/>
    protected override IntPtr LoadUnmanagedDll(string unmanagedDllName)
    {
        if (unmanagedDllName != NativeLibrary.Name)
        {
            return IntPtr.Zero;
        }

        foreach (string path in NativeLibrary.Candidates(LibraryFolder))
        {
            if (File.Exists(path) && System.Runtime.InteropServices.NativeLibrary.TryLoad(path, out IntPtr handle))
            {
                return handle;
            }
        }

        return IntPtr.Zero;
    }
}
#endif
