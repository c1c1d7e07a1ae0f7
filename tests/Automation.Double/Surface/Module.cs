using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Reflection;

namespace System.Management.Automation;

/// <summary>Called when a module's assembly is imported, each time again.</summary>
public interface IModuleAssemblyInitializer
{
    void OnImport();
}

/// <summary>Called when a module is removed.</summary>
public interface IModuleAssemblyCleanup
{
    void OnRemove(PSModuleInfo psModuleInfo);
}

public sealed class PSModuleInfo
{
    internal PSModuleInfo(Assembly assembly)
    {
        ImplementingAssembly = assembly;
    }

    public Assembly ImplementingAssembly { get; }

    public string ModuleBase => IO.Path.GetDirectoryName(ImplementingAssembly.Location) ?? string.Empty;

    public string Name => ImplementingAssembly.GetName().Name!;

    public string Path => ImplementingAssembly.Location;

    public Version Version => ImplementingAssembly.GetName().Version!;

    public override string ToString() => Name;
}

/// <summary>A cmdlet that has parameters which depend on the others.</summary>
public interface IDynamicParameters
{
    object? GetDynamicParameters();
}

public class RuntimeDefinedParameter
{
    private object? _value;

    public RuntimeDefinedParameter()
    {
    }

    public RuntimeDefinedParameter(string name, Type parameterType, Collection<Attribute>? attributes)
    {
        Name = name;
        ParameterType = parameterType;
        if (attributes is not null)
        {
            Attributes = attributes;
        }
    }

    public Collection<Attribute> Attributes { get; } = [];

    public bool IsSet { get; set; }

    public string Name { get; set; } = string.Empty;

    public Type? ParameterType { get; set; }

    public object? Value
    {
        get => _value;
        set
        {
            IsSet = true;
            _value = value;
        }
    }
}

public class RuntimeDefinedParameterDictionary : Dictionary<string, RuntimeDefinedParameter>
{
    public RuntimeDefinedParameterDictionary()
        : base(StringComparer.OrdinalIgnoreCase)
    {
    }

    public object? Data { get; set; }

    public string HelpFile { get; set; } = string.Empty;
}
