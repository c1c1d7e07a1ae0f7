using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace System.Management.Automation;

/// <summary>What the pipeline carries: an object, with the notes and the type names that were added to it.</summary>
[SuppressMessage("Usage", "CA2225", Justification = "Mirrors the engine's.")]
[SuppressMessage("Design", "CA1036", Justification = "Mirrors the engine's.")]
public class PSObject : IFormattable, IComparable
{
    public const string AdaptedMemberSetName = "psadapted";
    public const string BaseObjectMemberSetName = "psbase";
    public const string ExtendedMemberSetName = "psextended";

    /// <summary>What was added to an object stays with the object, whoever wraps it next.</summary>
    private static readonly ConditionalWeakTable<object, Additions> Added = new();

    private readonly object _base;
    private readonly Additions _additions;

    public PSObject()
        : this(new PSCustomObject())
    {
    }

    public PSObject(object obj)
    {
        if (obj is null)
        {
            throw new PSArgumentNullException(nameof(obj));
        }

        _base = obj is PSObject wrapped ? wrapped._base : obj;
        _additions = _base is string or ValueType ? (obj as PSObject)?._additions ?? new Additions() : Added.GetOrCreateValue(_base);
        Properties = new PropertyCollection<PSPropertyInfo>(this);
        Members = new PropertyCollection<PSMemberInfo>(this);
    }

    public object BaseObject => _base;

    public object ImmediateBaseObject => _base;

    public PSMemberInfoCollection<PSMemberInfo> Members { get; }

    public PSMemberInfoCollection<PSPropertyInfo> Properties { get; }

    public Collection<string> TypeNames => _additions.TypeNames ??= new Collection<string>([.. Hierarchy(_base)]);

    /// <summary>Whether something was added that the bare object does not show.</summary>
    internal bool IsExtended
        => _base is PSCustomObject
            || _additions.Notes.Count > 0
            || (_additions.TypeNames is { } names && !names.SequenceEqual(Hierarchy(_base)));

    public static implicit operator PSObject(string valueToConvert) => AsPSObject(valueToConvert);

    public static implicit operator PSObject(int valueToConvert) => AsPSObject(valueToConvert);

    public static implicit operator PSObject(bool valueToConvert) => AsPSObject(valueToConvert);

    public static implicit operator PSObject(double valueToConvert) => AsPSObject(valueToConvert);

    public static implicit operator PSObject(Hashtable valueToConvert) => AsPSObject(valueToConvert);

    public static PSObject AsPSObject(object obj) => obj as PSObject ?? new PSObject(obj);

    public int CompareTo(object? obj) => Comparer.Default.Compare(_base, Base(obj));

    public override bool Equals(object? obj) => ReferenceEquals(this, obj) || _base.Equals(Base(obj));

    public override int GetHashCode() => _base.GetHashCode();

    public override string ToString() => ToString(null, CultureInfo.InvariantCulture);

    public string ToString(string? format, IFormatProvider? formatProvider)
        => _base switch
        {
            PSCustomObject => _additions.Notes.Count == 0 ? string.Empty : "@{" + string.Join("; ", Properties.Select(p => p.Name + "=" + Text(p.Value, null, formatProvider))) + "}",
            _ when LanguagePrimitives.GetEnumerable(_base) is { } elements => string.Join(" ", elements.Cast<object?>().Select(e => Text(Base(e), format, formatProvider))),
            _ => Text(_base, format, formatProvider),
        };

    /// <summary>The object itself, without its wrapper.</summary>
    [return: NotNullIfNotNull(nameof(obj))]
    internal static object? Base(object? obj) => obj is PSObject { _base: not PSCustomObject } wrapped ? wrapped._base : obj;

    private static string Text(object? value, string? format, IFormatProvider? provider)
        => value is IFormattable formattable and not PSObject ? formattable.ToString(format, provider) : Base(value)?.ToString() ?? string.Empty;

    private static IEnumerable<string> Hierarchy(object value)
    {
        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
        {
            yield return type.FullName!;
        }
    }

    private sealed class Additions
    {
        internal List<PSPropertyInfo> Notes { get; } = [];

        internal Collection<string>? TypeNames { get; set; }
    }

    private sealed class PropertyCollection<T> : PSMemberInfoCollection<T>
        where T : PSMemberInfo
    {
        private readonly PSObject _owner;

        internal PropertyCollection(PSObject owner)
        {
            _owner = owner;
        }

        public override T? this[string name]
            => string.IsNullOrEmpty(name)
                ? throw new PSArgumentException("Cannot process argument because the value of argument \"name\" is not valid. Change the value of the \"name\" argument and run the operation again.")
                : this.FirstOrDefault(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase)) ?? (T?)(PSMemberInfo?)PSProperty.FindHidden(_owner._base, name);

        public override void Add(T member)
        {
            if (member is not PSNoteProperty note)
            {
                throw new NotSupportedException("Only note properties can be added to an object here.");
            }

            _owner._additions.Notes.RemoveAll(p => string.Equals(p.Name, note.Name, StringComparison.OrdinalIgnoreCase));
            _owner._additions.Notes.Add(note);
        }

        public override void Remove(string name)
            => _owner._additions.Notes.RemoveAll(p => string.Equals(p.Name, name, StringComparison.OrdinalIgnoreCase));

        public override IEnumerator<T> GetEnumerator()
        {
            foreach (PSPropertyInfo note in _owner._additions.Notes)
            {
                yield return (T)(PSMemberInfo)note;
            }

            foreach (PSProperty property in PSProperty.Of(_owner._base))
            {
                if (!_owner._additions.Notes.Exists(n => string.Equals(n.Name, property.Name, StringComparison.OrdinalIgnoreCase)))
                {
                    yield return (T)(PSMemberInfo)property;
                }
            }
        }
    }
}

/// <summary>The base of an object that is nothing but its notes.</summary>
public class PSCustomObject
{
    internal PSCustomObject()
    {
    }

    public override string ToString() => string.Empty;
}
