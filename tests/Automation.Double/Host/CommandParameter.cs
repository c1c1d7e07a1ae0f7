using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace System.Management.Automation.Double;

/// <summary>A parameter as its attributes describe it, on whatever holds its value.</summary>
internal sealed class CommandParameter
{
    private readonly object _holder;
    private readonly MemberInfo? _member;

    internal CommandParameter(object holder, MemberInfo member, Type type)
        : this(holder, member.Name, type, [.. member.GetCustomAttributes(inherit: false)])
    {
        _member = member;
    }

    internal CommandParameter(RuntimeDefinedParameter parameter)
        : this(parameter, parameter.Name, parameter.ParameterType ?? typeof(object), [.. parameter.Attributes])
    {
    }

    private CommandParameter(object holder, string name, Type type, IReadOnlyList<object> attributes)
    {
        _holder = holder;
        Name = name;
        Type = type;
        Attributes = attributes;
        Aliases = [.. attributes.OfType<AliasAttribute>().SelectMany(a => a.AliasNames)];
        Sets = [.. attributes.OfType<ParameterAttribute>()];
        Transformations = [.. attributes.OfType<ArgumentTransformationAttribute>()];
        Validations = [.. attributes.OfType<ValidateArgumentsAttribute>()];
    }

    internal string Name { get; }

    internal Type Type { get; }

    internal bool IsRuntimeDefined => _member is null;

    internal bool IsSwitch => Type == typeof(SwitchParameter);

    internal IReadOnlyList<string> Aliases { get; }

    internal IReadOnlyList<object> Attributes { get; }

    internal IReadOnlyList<ParameterAttribute> Sets { get; }

    internal IReadOnlyList<ArgumentTransformationAttribute> Transformations { get; }

    internal IReadOnlyList<ValidateArgumentsAttribute> Validations { get; }

    internal bool IsInAllSets => Sets.Any(s => s.ParameterSetName == ParameterAttribute.AllParameterSets);

    internal bool IsMandatorySomewhere => Sets.Any(s => s.Mandatory);

    /// <summary>The sets of the command that this parameter belongs to, as flags.</summary>
    internal uint SetFlags { get; set; }

    /// <summary>
    /// The parameters that an object declares, in the order of reflection: its own before those of its base classes. As in the engine
    /// an override has its own attributes only.
    /// </summary>
    internal static IEnumerable<CommandParameter> Of(object holder)
    {
        const BindingFlags Visible = BindingFlags.Public | BindingFlags.Instance;
        Type type = holder.GetType();
        foreach (PropertyInfo property in type.GetProperties(Visible))
        {
            if (property.SetMethod?.IsPublic == true && property.GetCustomAttributes<ParameterAttribute>(inherit: false).Any())
            {
                yield return new CommandParameter(holder, property, property.PropertyType);
            }
        }

        foreach (FieldInfo field in type.GetFields(Visible))
        {
            if (field.GetCustomAttributes<ParameterAttribute>(inherit: false).Any())
            {
                yield return new CommandParameter(holder, field, field.FieldType);
            }
        }
    }

    /// <summary>What this parameter is in those of the sets that are asked for.</summary>
    internal IEnumerable<ParameterAttribute> In(uint sets, SetNames names)
        => Sets.Where(s => s.ParameterSetName == ParameterAttribute.AllParameterSets || (names.FlagOf(s.ParameterSetName) & sets) != 0);

    /// <summary>Whether it is a parameter of this object.</summary>
    internal bool IsOf(object holder) => ReferenceEquals(_holder, holder);

    internal object? Get()
        => _member switch
        {
            PropertyInfo { GetMethod.IsPublic: true } property => property.GetValue(_holder),
            FieldInfo field => field.GetValue(_holder),
            null => ((RuntimeDefinedParameter)_holder).Value,
            _ => null,
        };

    internal void Set(object? value)
    {
        switch (_member)
        {
            case PropertyInfo property when value is null && property.PropertyType.IsValueType && Nullable.GetUnderlyingType(property.PropertyType) is null:
                throw new PSInvalidCastException("Cannot convert null to type \"" + property.PropertyType.FullName + "\".");
            case PropertyInfo property:
                property.SetValue(_holder, value);
                break;
            case FieldInfo field:
                field.SetValue(_holder, value);
                break;
            default:
                ((RuntimeDefinedParameter)_holder).Value = value;
                break;
        }
    }
}

/// <summary>The parameter sets of one command, each with its flag.</summary>
internal sealed class SetNames
{
    private readonly List<string> _names = [];

    internal int Count => _names.Count;

    internal uint All => _names.Count == 0 ? 0 : uint.MaxValue >> (32 - _names.Count);

    internal uint FlagOf(string name)
    {
        if (name == ParameterAttribute.AllParameterSets)
        {
            return 0;
        }

        int index = _names.FindIndex(n => string.Equals(n, name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            index = _names.Count;
            _names.Add(name);
        }

        return 1u << index;
    }

    /// <summary>The name of the lowest of these sets, unless the next one is among them too; all sets together have a name of their own.</summary>
    internal string NameOf(uint flags)
    {
        int index = Numerics.BitOperations.TrailingZeroCount(flags);
        return flags == uint.MaxValue ? ParameterAttribute.AllParameterSets
            : index >= _names.Count || ((flags >> index) & 2) != 0 ? string.Empty
            : _names[index];
    }

    internal IEnumerable<uint> Flags(uint among)
    {
        for (int i = 0; i < _names.Count; i++)
        {
            if ((among & (1u << i)) != 0)
            {
                yield return 1u << i;
            }
        }
    }
}
