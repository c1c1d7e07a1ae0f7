using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Reflection;

namespace System.Management.Automation;

public abstract class PSMemberInfo
{
    public string Name { get; private set; } = string.Empty;

    public bool IsInstance => this is PSNoteProperty;

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
            throw new PSArgumentException("The name of a note property must not be empty.", nameof(name));
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
        get => _property.GetValue(_owner);
        set => _property.SetValue(_owner, LanguagePrimitives.ConvertTo(value, _property.PropertyType, CultureInfo.InvariantCulture));
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
