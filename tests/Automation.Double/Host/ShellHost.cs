using System.Globalization;
using System.Management.Automation.Host;

namespace System.Management.Automation.Double;

internal sealed class ShellHost : PSHost
{
    public override CultureInfo CurrentCulture => CultureInfo.CurrentCulture;

    public override CultureInfo CurrentUICulture => CultureInfo.CurrentUICulture;

    public override Guid InstanceId { get; } = Guid.NewGuid();

    public override string Name => "Double";

    public override Version Version { get; } = new(5, 1);
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
