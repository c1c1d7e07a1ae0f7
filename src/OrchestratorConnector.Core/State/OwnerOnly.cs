using System;
using System.ComponentModel;
using System.IO;
using System.Runtime.InteropServices;
#if !NETSTANDARD2_0
using System.Runtime.Versioning;
#endif
using Microsoft.Win32.SafeHandles;

namespace OrchestratorConnector.State;

/// <summary>
/// Files and folders that only their owner can read, from their first moment on. On Windows also the system and the
/// administrators, who could take the rights anyway and without whom no backup works.
/// </summary>
internal static class OwnerOnly
{
    // Protected from the folder's rights; full access for the owner, the system and the administrators.
    private const string FileRights = "D:P(A;;FA;;;OW)(A;;FA;;;SY)(A;;FA;;;BA)";

    // The same for everything that will be made inside.
    private const string FolderRights = "D:P(A;OICI;FA;;;OW)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";

#if NETSTANDARD2_0
    private static bool IsWindows => RuntimeInformation.IsOSPlatform(OSPlatform.Windows);
#else
    [SupportedOSPlatformGuard("windows")]
    private static bool IsWindows => OperatingSystem.IsWindows();
#endif

    /// <summary>Makes a new file.</summary>
    /// <exception cref="IOException">It exists already, or cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder cannot be written.</exception>
    public static FileStream CreateFile(string path)
    {
        if (IsWindows)
        {
            return Native.CreateFile(path, FileRights);
        }

#if NETSTANDARD2_0
        FileStream stream = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite);
        Native.ChangeMode(path, Native.OwnerReadWrite);
        return stream;
#else
        return new FileStream(path, new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        });
#endif
    }

    /// <summary>
    /// Gives a finished file its name, which only one of many that try at once can do. On Unix a move would put the file in the
    /// place of one that was made a moment before; a link does not.
    /// </summary>
    /// <exception cref="IOException">There is a file of that name, or it cannot be made.</exception>
    public static void Publish(string unfinished, string path)
    {
        if (IsWindows || !Native.Link(unfinished, path))
        {
            File.Move(unfinished, path);
        }
    }

    /// <summary>Makes a folder and those above it, unless it is there.</summary>
    public static void CreateFolder(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        if (Path.GetDirectoryName(path) is { Length: > 0 } above)
        {
            Directory.CreateDirectory(above);
        }

        if (IsWindows)
        {
            Native.CreateFolder(path, FolderRights);
            return;
        }

#if NETSTANDARD2_0
        Directory.CreateDirectory(path);
        Native.ChangeMode(path, Native.OwnerAll);
#else
        Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
#endif
    }

    /// <summary>Whether nobody but the owner has rights. Told on Unix alone; on Windows rights are what an administrator made them.</summary>
    public static bool Is(string path)
    {
#if NETSTANDARD2_0
        return true;
#else
        return IsWindows || (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == 0;
#endif
    }

    /// <summary>Takes rights from everybody but the owner, on Unix.</summary>
    public static void Tighten(string path)
    {
#if NETSTANDARD2_0
        if (!IsWindows)
        {
            Native.ChangeMode(path, Native.OwnerReadWrite);
        }
#else
        if (!IsWindows && !Is(path))
        {
            File.SetUnixFileMode(path, File.GetUnixFileMode(path) & (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        }
#endif
    }

    private static class Native
    {
        public const int OwnerReadWrite = 0x180; // 0600
        public const int OwnerAll = 0x1C0; // 0700

        private const uint Revision = 1;
        private const uint ReadWrite = 0xC0000000;
        private const uint ShareAll = 7;
        private const uint CreateNew = 1;
        private const uint Normal = 0x80;
        private const int NotFound = 2;
        private const int AlreadyExists = 183;
        private const int AccessDenied = 5;
        private const int Exists = 17;

        public static FileStream CreateFile(string path, string rights)
        {
            int error = 0;
            SafeFileHandle file = WithRights(rights, (ref SecurityAttributes attributes) =>
            {
                SafeFileHandle made = CreateFileW(path, ReadWrite, ShareAll, ref attributes, CreateNew, Normal, IntPtr.Zero);
                error = Marshal.GetLastWin32Error();
                return made;
            });
            if (file.IsInvalid)
            {
                file.Dispose();
                throw Failure(error, path);
            }

            return new FileStream(file, FileAccess.ReadWrite);
        }

        public static void CreateFolder(string path, string rights)
        {
            int error = WithRights(rights, (ref SecurityAttributes attributes) =>
                CreateDirectoryW(path, ref attributes) ? 0 : Marshal.GetLastWin32Error());
            if (error is not (0 or AlreadyExists))
            {
                throw Failure(error, path);
            }
        }

        /// <returns>Whether it could be tried: not every file system knows links.</returns>
        /// <exception cref="IOException">There is a file of that name.</exception>
        public static bool Link(string file, string name)
        {
            if (link(file, name) == 0)
            {
                return true;
            }

            int error = Marshal.GetLastWin32Error();
            return error == Exists ? throw Failure(error, name) : false;
        }

        public static void ChangeMode(string path, int mode)
        {
            if (chmod(path, mode) != 0)
            {
                throw Failure(Marshal.GetLastWin32Error(), path);
            }
        }

        private delegate T Creation<T>(ref SecurityAttributes attributes);

        private static T WithRights<T>(string rights, Creation<T> create)
        {
            if (!ConvertStringSecurityDescriptorToSecurityDescriptorW(rights, Revision, out IntPtr descriptor, IntPtr.Zero))
            {
                throw new Win32Exception(Marshal.GetLastWin32Error());
            }

            try
            {
                SecurityAttributes attributes = new()
                {
                    Length = Marshal.SizeOf<SecurityAttributes>(),
                    Descriptor = descriptor,
                };
                return create(ref attributes);
            }
            finally
            {
                LocalFree(descriptor);
            }
        }

        private static Exception Failure(int error, string path)
        {
            Win32Exception inner = new(error);
            return error switch
            {
                NotFound => new FileNotFoundException($"{path}: {inner.Message}", path, inner),
                AccessDenied => new UnauthorizedAccessException($"{path}: {inner.Message}", inner),
                _ => new IOException($"{path}: {inner.Message}", inner),
            };
        }

        [DllImport("advapi32", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern bool ConvertStringSecurityDescriptorToSecurityDescriptorW(string text, uint revision, out IntPtr descriptor, IntPtr size);

        [DllImport("kernel32", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern SafeFileHandle CreateFileW(string name, uint access, uint share, ref SecurityAttributes attributes, uint disposition, uint flags, IntPtr template);

        [DllImport("kernel32", CharSet = CharSet.Unicode, SetLastError = true, ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern bool CreateDirectoryW(string name, ref SecurityAttributes attributes);

        [DllImport("kernel32", ExactSpelling = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        private static extern IntPtr LocalFree(IntPtr memory);

        [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int chmod(string path, int mode);

        [DllImport("libc", SetLastError = true, CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        private static extern int link(string file, string name);

        [StructLayout(LayoutKind.Sequential)]
        private struct SecurityAttributes
        {
            public int Length;
            public IntPtr Descriptor;
            public int InheritHandle;
        }
    }
}
