using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace System.Management.Automation;

public abstract class PSMemberInfo
{
    public string Name { get; private set; } = string.Empty;

    public bool IsInstance => true;

    public abstract PSMemberTypes MemberType { get; }

    public abstract string TypeNameOfValue { get; }

    public abstract object? Value { get; set; }

    protected void SetMemberName(string name) => Name = name;
}

public abstract class PSPropertyInfo : PSMemberInfo
{
    public abstract bool IsGettable { get; }

    public abstract bool IsSettable { get; }
}

public class PSNoteProperty : PSPropertyInfo
{
    public PSNoteProperty(string name, object? value)
    {
        if (string.IsNullOrEmpty(name))
        {
            throw new PSArgumentException("Cannot process argument because the value of argument \"name\" is not valid. Change the value of the \"name\" argument and run the operation again.");
        }

        SetMemberName(name);
        Value = value;
    }

    public override bool IsGettable => true;

    public override bool IsSettable => true;

    public override PSMemberTypes MemberType => PSMemberTypes.NoteProperty;

    public override string TypeNameOfValue => Value?.GetType().FullName ?? typeof(object).FullName!;

    public override object? Value { get; set; }

    public override string ToString() => Name + "=" + Value;
}

/// <summary>A public property of the object itself.</summary>
public class PSProperty : PSPropertyInfo
{
    private readonly object _owner;
    private readonly PropertyInfo _property;

    private PSProperty(object owner, PropertyInfo property)
    {
        _owner = owner;
        _property = property;
        SetMemberName(property.Name);
    }

    public override bool IsGettable => _property.GetMethod?.IsPublic == true;

    public override bool IsSettable => _property.SetMethod?.IsPublic == true;

    public override PSMemberTypes MemberType => PSMemberTypes.Property;

    public override string TypeNameOfValue => _property.PropertyType.FullName!;

    public override object? Value
    {
        get
        {
            try
            {
                return _property.GetValue(_owner);
            }
            catch (TargetInvocationException e)
            {
                Exception cause = e.InnerException ?? e;
                throw new GetValueInvocationException("Exception getting \"" + Name + "\": \"" + cause.Message + "\"", cause, "CatchFromBaseAdapterGetValue");
            }
        }

        set
        {
            if (!IsSettable)
            {
                throw new SetValueException("\"" + Name + "\" is a ReadOnly property.", null, "ReadOnlyProperty");
            }

            try
            {
                _property.SetValue(_owner, LanguagePrimitives.ConvertTo(value, _property.PropertyType, CultureInfo.InvariantCulture));
            }
            catch (Exception e) when (e is TargetInvocationException or PSInvalidCastException)
            {
                Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
                throw new SetValueInvocationException("Exception setting \"" + Name + "\": \"" + cause.Message + "\"", cause, "CatchFromBaseAdapterSetValue");
            }
        }
    }

    public override string ToString() => TypeNameOfValue + " " + Name;

    internal static IEnumerable<PSProperty> Of(object owner)
    {
        foreach (PropertyInfo property in owner.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (property.GetMethod?.IsPublic == true && property.GetIndexParameters().Length == 0)
            {
                yield return new PSProperty(owner, property);
            }
        }
    }

    /// <summary>A property that is found by its name and not listed: a hidden one of a public interface.</summary>
    internal static PSProperty? FindHidden(object owner, string name)
    {
        PropertyInfo? property = owner.GetType().GetInterfaces()
            .Where(i => i.IsPublic)
            .SelectMany(i => i.GetProperties())
            .FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase) && p.IsDefined(typeof(HiddenAttribute), inherit: false));
        return property is null ? null : new PSProperty(owner, property);
    }
}

public abstract class PSMemberInfoCollection<T> : IEnumerable<T>
    where T : PSMemberInfo
{
    public abstract T? this[string name] { get; }

    public abstract void Add(T member);

    public abstract void Remove(string name);

    public abstract IEnumerator<T> GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
