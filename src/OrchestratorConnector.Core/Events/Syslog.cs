#if !NETSTANDARD2_0
using System;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Events;

/// <summary>The syslog of Linux and macOS: one datagram for each event to the local socket, in the form that libc's own client gives it.</summary>
/// <param name="path">The socket.</param>
internal sealed class Syslog(string path) : ISystemLog
{
    // Programs of users: LOG_USER.
    private const int Facility = 1;

    // A daemon may cut longer ones (RFC 3164), but takes them.
    private const int MostBytes = 8_000;

    /// <summary>Where this platform's daemon listens.</summary>
    public static string DefaultPath() => OperatingSystem.IsMacOS() ? "/var/run/syslog" : "/dev/log";

    public void Write(ConnectorEvent entry)
    {
        try
        {
            using Socket socket = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
            socket.Connect(new UnixDomainSocketEndPoint(path));
            socket.Send(Datagram(entry));
        }
        catch (SocketException)
        {
            // No daemon listens, or it has more to do than it can. The store has the event.
        }
    }

    /// <summary>The bytes that are sent.</summary>
    public static byte[] Datagram(ConnectorEvent entry)
    {
        DateTime time = entry.Time.ToLocalTime();
        string text = string.Format(
            CultureInfo.InvariantCulture,
            "<{0}>{1:MMM} {2,2} {1:HH:mm:ss} {3}[{4}]: {5} {6}",
            (Facility * 8) + Severity(entry.Level),
            time,
            time.Day,
            SystemLog.Source,
            entry.ProcessId,
            (int)entry.Kind,
            OneLine(SystemLog.Describe(entry, "; ")));
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        int length = Math.Min(bytes.Length, MostBytes);
        while (length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
        {
            // Not through the middle of a character.
            length--;
        }

        return bytes[..length];
    }

    // LOG_ERR, LOG_WARNING, LOG_INFO.
    private static int Severity(EventLevel level) => level switch
    {
        EventLevel.Error => 3,
        EventLevel.Warning => 4,
        _ => 6,
    };

    // A line break would begin what looks like another program's line.
    private static string OneLine(string text) => string.Create(text.Length, text, static (line, source) =>
    {
        for (int i = 0; i < line.Length; i++)
        {
            line[i] = char.IsControl(source[i]) ? ' ' : source[i];
        }
    });
}
#endif
