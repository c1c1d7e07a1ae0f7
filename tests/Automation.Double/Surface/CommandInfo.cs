using System.Reflection;

namespace System.Management.Automation;

public abstract class CommandInfo
{
    internal CommandInfo(string name, CommandTypes type)
    {
        Name = name;
        CommandType = type;
    }

    public CommandTypes CommandType { get; }

    public abstract string Definition { get; }

    public PSModuleInfo? Module { get; internal set; }

    public string ModuleName => Module?.Name ?? string.Empty;

    public string Name { get; }

    public virtual string Source => ModuleName;

    public override string ToString() => Name;
}

public class CmdletInfo : CommandInfo
{
    private readonly CmdletAttribute? _attribute;

    public CmdletInfo(string name, Type implementingType)
        : base(name, CommandTypes.Cmdlet)
    {
        ImplementingType = implementingType;
        _attribute = implementingType.GetCustomAttribute<CmdletAttribute>();
    }

    public string DefaultParameterSet => _attribute?.DefaultParameterSetName ?? ParameterAttribute.AllParameterSets;

    public override string Definition => Name;

    public Type ImplementingType { get; }

    public string Noun => _attribute?.NounName ?? string.Empty;

    public string Verb => _attribute?.VerbName ?? string.Empty;
}
