using System;
using System.Collections.Generic;
using System.Text;
using OrchestratorConnector.Model;
#if NETSTANDARD2_0
using System.Runtime.InteropServices;
#endif

namespace OrchestratorConnector.Events;

/// <summary>The log that this machine has: the event log of Windows, syslog elsewhere.</summary>
public static class SystemLog
{
    /// <summary>The name under which the product writes.</summary>
    public const string Source = "OrchestratorConnector";

    private static readonly Lazy<ISystemLog> Chosen = new(Choose);

    /// <summary>The log of this machine.</summary>
    public static ISystemLog OfThisMachine => Chosen.Value;

    /// <summary>An event as text for a log that knows no fields: the message, then everything else by name, a line each.</summary>
    internal static string Describe(ConnectorEvent entry, string separator)
    {
        StringBuilder text = new(entry.Message);
        foreach (KeyValuePair<string, string> field in Fields(entry))
        {
            text.Append(separator).Append(field.Key).Append(": ").Append(field.Value);
        }

        return text.ToString();
    }

    private static IEnumerable<KeyValuePair<string, string>> Fields(ConnectorEvent entry)
    {
        if (entry.Connector is { } connector)
        {
            yield return new("Connector", connector);
        }

        if (entry.Target is { } target)
        {
            yield return new("Target", target);
        }

        foreach (KeyValuePair<string, string> field in entry.Data)
        {
            yield return field;
        }

        yield return new("User", entry.User);
    }

    private static ISystemLog Choose()
    {
#if NETSTANDARD2_0
        // There are no local sockets in .NET Framework, which runs on Windows alone.
        return RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new WindowsEventLog() : new NoSystemLog();
#else
        return OperatingSystem.IsWindows() ? new WindowsEventLog() : new Syslog(Syslog.DefaultPath());
#endif
    }

#if NETSTANDARD2_0
    private sealed class NoSystemLog : ISystemLog
    {
        public void Write(ConnectorEvent entry)
        {
        }
    }
#endif
}
