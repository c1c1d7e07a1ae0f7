using System.Globalization;

namespace System.Management.Automation.Host;

/// <summary>The program around the shell, as far as a cmdlet may ask who it is.</summary>
public abstract class PSHost
{
    public abstract CultureInfo CurrentCulture { get; }

    public abstract CultureInfo CurrentUICulture { get; }

    public abstract Guid InstanceId { get; }

    public abstract string Name { get; }

    public abstract Version Version { get; }
}
