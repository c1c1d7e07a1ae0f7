using System.Globalization;

namespace System.Management.Automation.Host;

/// <summary>The program around the shell, as far as a cmdlet may ask who it is, and show what no stream of its own can carry.</summary>
public abstract class PSHost
{
    public abstract CultureInfo CurrentCulture { get; }

    public abstract CultureInfo CurrentUICulture { get; }

    public abstract Guid InstanceId { get; }

    public abstract string Name { get; }

    public abstract PSHostUserInterface UI { get; }

    public abstract Version Version { get; }
}

/// <summary>Where the host shows lines. Unlike the streams of a cmdlet it may be used from any thread, and when the pipeline is stopping.</summary>
public abstract class PSHostUserInterface
{
    public abstract void Write(string value);

    public abstract void WriteDebugLine(string message);

    public abstract void WriteErrorLine(string value);

    public virtual void WriteLine() => WriteLine(string.Empty);

    public abstract void WriteLine(string value);

    public abstract void WriteProgress(long sourceId, ProgressRecord record);

    public abstract void WriteVerboseLine(string message);

    public abstract void WriteWarningLine(string message);
}
