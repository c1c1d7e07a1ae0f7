using System;
using System.Runtime.InteropServices;
using System.Text;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Events;

/// <summary>
/// The event log of Windows. The source OrchestratorConnector belongs to the log "Operations Manager" where there is one, as
/// Service Manager's own connectors write there, else to "Application". To belong to a log a source is registered, which only an
/// administrator may do: the first event that one writes does it. Until then Windows puts the events into "Application" and
/// says beside their text that it does not know the source.
/// </summary>
internal sealed class WindowsEventLog : ISystemLog
{
    private const string Logs = @"SYSTEM\CurrentControlSet\Services\EventLog\";
    private const string Preferred = "Operations Manager";
    private const string Usual = "Application";

    // Texts for every event id, each of them nothing but what the event says: part of the .NET Framework of every Windows.
    private const string Messages = @"%SystemRoot%\Microsoft.NET\Framework64\v4.0.30319\EventLogMessages.dll";

    private const int MostCharacters = 30_000;

    private readonly Lazy<bool> _registered = new(Register);

    public void Write(ConnectorEvent entry)
    {
        _ = _registered.Value;
        IntPtr log = Native.RegisterEventSource(null, SystemLog.Source);
        if (log == IntPtr.Zero)
        {
            return;
        }

        try
        {
            string text = SystemLog.Describe(entry, Environment.NewLine);
            Native.ReportEvent(log, Type(entry.Level), 0, (uint)entry.Kind, IntPtr.Zero, 1, 0, [text.Length <= MostCharacters ? text : text.Substring(0, MostCharacters)], IntPtr.Zero);
        }
        finally
        {
            Native.DeregisterEventSource(log);
        }
    }

    /// <summary>Makes the source belong to its log, unless it belongs to one already.</summary>
    /// <returns>Whether it does now.</returns>
    private static bool Register()
    {
        if (Exists(Logs + Preferred + "\\" + SystemLog.Source) || Exists(Logs + Usual + "\\" + SystemLog.Source))
        {
            return true;
        }

        return (Exists(Logs + Preferred) && Register(Preferred)) || Register(Usual);
    }

    private static bool Register(string log)
    {
        if (Native.RegCreateKeyEx(Native.LocalMachine, Logs + log + "\\" + SystemLog.Source, 0, null, 0, Native.KeyWrite, IntPtr.Zero, out IntPtr key, out _) != 0)
        {
            return false;
        }

        try
        {
            byte[] messages = Encoding.Unicode.GetBytes(Messages + "\0");
            byte[] types = BitConverter.GetBytes(0x7);
            return Native.RegSetValueEx(key, "EventMessageFile", 0, Native.ExpandText, messages, messages.Length) == 0
                && Native.RegSetValueEx(key, "TypesSupported", 0, Native.Number, types, types.Length) == 0;
        }
        finally
        {
            _ = Native.RegCloseKey(key);
        }
    }

    private static bool Exists(string path)
    {
        if (Native.RegOpenKeyEx(Native.LocalMachine, path, 0, Native.KeyRead, out IntPtr key) != 0)
        {
            return false;
        }

        _ = Native.RegCloseKey(key);
        return true;
    }

    // EVENTLOG_ERROR_TYPE, EVENTLOG_WARNING_TYPE, EVENTLOG_INFORMATION_TYPE.
    private static ushort Type(EventLevel level) => level switch
    {
        EventLevel.Error => 1,
        EventLevel.Warning => 2,
        _ => 4,
    };

    private static class Native
    {
        public const int KeyRead = 0x20019;
        public const int KeyWrite = 0x20006;
        public const int ExpandText = 2;
        public const int Number = 4;
        public static readonly IntPtr LocalMachine = new(unchecked((int)0x80000002));

        [DllImport("advapi32.dll", EntryPoint = "RegisterEventSourceW", CharSet = CharSet.Unicode, SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern IntPtr RegisterEventSource(string? server, string source);

        [DllImport("advapi32.dll", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool DeregisterEventSource(IntPtr log);

        [DllImport("advapi32.dll", EntryPoint = "ReportEventW", CharSet = CharSet.Unicode, SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        [return: MarshalAs(UnmanagedType.Bool)]
        public static extern bool ReportEvent(
            IntPtr log, ushort type, ushort category, uint id, IntPtr user, ushort count, uint dataSize, string[] texts, IntPtr data);

        [DllImport("advapi32.dll", EntryPoint = "RegOpenKeyExW", CharSet = CharSet.Unicode)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int RegOpenKeyEx(IntPtr key, string path, int options, int access, out IntPtr opened);

        [DllImport("advapi32.dll", EntryPoint = "RegCreateKeyExW", CharSet = CharSet.Unicode)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int RegCreateKeyEx(
            IntPtr key, string path, int reserved, string? kind, int options, int access, IntPtr security, out IntPtr opened, out int disposition);

        [DllImport("advapi32.dll", EntryPoint = "RegSetValueExW", CharSet = CharSet.Unicode)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int RegSetValueEx(IntPtr key, string name, int reserved, int type, byte[] data, int size);

        [DllImport("advapi32.dll")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
        public static extern int RegCloseKey(IntPtr key);
    }
}
