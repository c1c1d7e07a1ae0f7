using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation.Host;

namespace System.Management.Automation.Double;

internal sealed class ShellHost : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Double";

    public override PSHostUserInterface UI => Lines;

    public override Version Version { get; } = new(5, 1);

    internal HostLines Lines { get; } = new();
}

/// <summary>A line that was shown past the streams: as output, or as an error, a warning, a verbose or a debug message.</summary>
public sealed record HostLine(ShellStream Stream, string Text);

/// <summary>Keeps what is shown, whichever thread shows it.</summary>
internal sealed class HostLines : PSHostUserInterface
{
    private readonly List<HostLine> _lines = [];

    internal IReadOnlyList<HostLine> All
    {
        get
        {
            lock (_lines)
            {
                return [.. _lines];
            }
        }
    }

    public override void Write(string value) => Add(ShellStream.Output, value);

    public override void WriteDebugLine(string message) => Add(ShellStream.Debug, message);

    public override void WriteErrorLine(string value) => Add(ShellStream.Error, value);

    public override void WriteLine(string value) => Add(ShellStream.Output, value);

    public override void WriteProgress(long sourceId, ProgressRecord record)
    {
        ArgumentNullException.ThrowIfNull(record);
        Add(ShellStream.Progress, $"{record.RecordType} {record.Activity}");
    }

    public override void WriteVerboseLine(string message) => Add(ShellStream.Verbose, message);

    public override void WriteWarningLine(string message) => Add(ShellStream.Warning, message);

    private void Add(ShellStream stream, string? text)
    {
        lock (_lines)
        {
            _lines.Add(new HostLine(stream, text ?? string.Empty));
        }
    }
}

/// <summary>A command of another module, known by name.</summary>
internal sealed class KnownCommandInfo : CommandInfo
{
    internal KnownCommandInfo(string name)
        : base(name, CommandTypes.Function)
    {
    }

    public override string Definition => Name;
}
