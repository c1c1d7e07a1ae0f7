using System.Collections.Generic;
using System.Collections.ObjectModel;

namespace System.Management.Automation;

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
        if (string.IsNullOrEmpty(name))
        {
            throw new PSArgumentException("Cannot process argument because the value of argument \"name\" is not valid. Change the value of the \"name\" argument and run the operation again.");
        }

        Name = name;
        ParameterType = parameterType ?? throw new PSArgumentNullException(nameof(parameterType));
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
