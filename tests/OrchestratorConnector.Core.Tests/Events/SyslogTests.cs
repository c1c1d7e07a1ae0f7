using System;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using OrchestratorConnector.Core.Tests.State;
using OrchestratorConnector.Events;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Events;

/// <summary>What syslog hears.</summary>
public sealed class SyslogTests
{
    private static ConnectorEvent Sample => new()
    {
        Time = new DateTime(2026, 3, 5, 7, 8, 9, DateTimeKind.Utc),
        Kind = EventKind.SyncFailed,
        Level = EventLevel.Error,
        Connector = "Größe",
        Target = @"\Ops\Restart",
        Message = "'Größe' was not synchronized:\nno answer",
        Data = [new("ErrorId", "RequestTimedOut")],
        User = "svc",
        ProcessId = 4711,
    };

    [Fact]
    public void An_event_is_one_line_with_its_priority_time_process_and_id()
    {
        string text = Encoding.UTF8.GetString(Syslog.Datagram(Sample));

        string time = Sample.Time.ToLocalTime().ToString("MMM ' 5' HH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal($@"<11>{time} OrchestratorConnector[4711]: 201 'Größe' was not synchronized: no answer; Connector: Größe; Target: \Ops\Restart; ErrorId: RequestTimedOut; User: svc", text);
    }

    [Theory]
    [InlineData(EventLevel.Information, 14)]
    [InlineData(EventLevel.Warning, 12)]
    [InlineData(EventLevel.Error, 11)]
    public void Its_priority_is_its_level(EventLevel level, int priority) =>
        Assert.StartsWith($"<{priority}>", Encoding.UTF8.GetString(Syslog.Datagram(Sample with { Level = level })), StringComparison.Ordinal);

    [Fact]
    public void No_character_of_an_event_begins_another_line_and_a_long_one_is_cut_between_characters()
    {
        byte[] bytes = Syslog.Datagram(Sample with { Message = "a\r\n\0\u001b[31m" + string.Concat(Enumerable.Repeat("🚀", 5_000)) });
        string text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);

        Assert.InRange(bytes.Length, 7_990, 8_000);
        Assert.DoesNotMatch(new Regex(@"\p{Cc}"), text);
    }

    [Fact]
    public void The_daemon_at_the_socket_gets_it()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        using TemporaryFolder folder = new();
        using Socket daemon = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 10_000 };
        daemon.Bind(new UnixDomainSocketEndPoint(folder.File("log")));
        new Syslog(folder.File("log")).Write(Sample);

        byte[] buffer = new byte[10_000];
        int length = daemon.Receive(buffer);
        Assert.Equal(Syslog.Datagram(Sample), buffer[..length]);
    }

    [Fact]
    public void Without_a_daemon_nothing_happens()
    {
        using TemporaryFolder folder = new();

        new Syslog(folder.File("nobody")).Write(Sample);

        Assert.Empty(System.IO.Directory.GetFileSystemEntries(folder.Path));
    }
}
