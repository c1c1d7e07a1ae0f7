using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace System.Management.Automation;

/// <summary>The conversions between what a user writes and what a parameter wants.</summary>
public static class LanguagePrimitives
{
    public static object? ConvertTo(object? valueToConvert, Type resultType) => ConvertTo(valueToConvert, resultType, CultureInfo.InvariantCulture);

    public static T ConvertTo<T>(object? valueToConvert) => (T)ConvertTo(valueToConvert, typeof(T), CultureInfo.InvariantCulture)!;

    public static bool TryConvertTo<T>(object? valueToConvert, [MaybeNull] out T result)
    {
        bool converted = TryConvertTo(valueToConvert, typeof(T), out object? value);
        result = converted ? (T)value! : default;
        return converted;
    }

    public static bool TryConvertTo(object? valueToConvert, Type resultType, out object? result)
    {
        try
        {
            result = ConvertTo(valueToConvert, resultType, CultureInfo.InvariantCulture);
            return true;
        }
        catch (PSInvalidCastException)
        {
            result = null;
            return false;
        }
    }

    public static object? ConvertTo(object? valueToConvert, Type resultType, IFormatProvider formatProvider)
    {
        ArgumentNullException.ThrowIfNull(resultType);
        try
        {
            return Convert(valueToConvert, resultType, formatProvider);
        }
        catch (Exception e) when (e is not PSInvalidCastException)
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            object? value = PSObject.Base(valueToConvert);
            throw new PSInvalidCastException(
                "Cannot convert value \"" + value + "\" to type \"" + resultType.FullName + "\". Error: \"" + cause.Message + "\"",
                cause);
        }
    }

    /// <summary>The elements of what counts as many, or null for what counts as one: text and dictionaries are one.</summary>
    public static IEnumerable? GetEnumerable(object? obj)
        => PSObject.Base(obj) is IEnumerable elements and not (string or IDictionary or Xml.XmlNode) ? elements : null;

    public static bool IsTrue(object? obj)
    {
        object? value = PSObject.Base(obj);
        return value switch
        {
            null => false,
            bool b => b,
            string s => s.Length > 0,
            SwitchParameter s => s.IsPresent,
            char c => c != '\0',
            IList { Count: 0 } => false,
            IList { Count: 1 } list => IsTrue(list[0]),
            _ when IsNumber(value.GetType()) => System.Convert.ToDouble(value, CultureInfo.InvariantCulture) != 0,
            _ => true,
        };
    }

    internal static bool IsNumber(Type type)
        => !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal;

    private static object? Convert(object? valueToConvert, Type type, IFormatProvider provider)
    {
        if (type == typeof(PSObject))
        {
            return valueToConvert is null ? null : PSObject.AsPSObject(valueToConvert);
        }

        if (type == typeof(object))
        {
            return valueToConvert;
        }

        object? value = PSObject.Base(valueToConvert);
        if (value is null)
        {
            return FromNull(type);
        }

        if (type.IsInstanceOfType(value))
        {
            return value;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Convert(value, underlying, provider);
        }

        if (type == typeof(string))
        {
            return ToText(valueToConvert!, provider);
        }

        if (type == typeof(bool))
        {
            return IsTrue(value);
        }

        if (type == typeof(SwitchParameter))
        {
            return new SwitchParameter(IsTrue(value));
        }

        if (type.IsEnum)
        {
            return ToEnum(value, type);
        }

        if (ElementTypeOf(type) is { } elementType)
        {
            return ToCollection(value, type, elementType, provider);
        }

        if (IsNumber(type))
        {
            return ToNumber(value, type, provider);
        }

        return ByParsing(value, type, provider)
            ?? ByConstructor(value, type)
            ?? ByOperator(value, type)
            ?? ByProperties(value, type, provider)
            ?? throw new PSInvalidCastException("Cannot convert the \"" + value + "\" value of type \"" + value.GetType().FullName + "\" to type \"" + type.FullName + "\".");
    }

    private static object? FromNull(Type type)
    {
        if (type == typeof(string))
        {
            return string.Empty;
        }

        if (type == typeof(bool) || type == typeof(SwitchParameter) || IsNumber(type) || type == typeof(char))
        {
            return type == typeof(SwitchParameter) ? default(SwitchParameter) : Activator.CreateInstance(type);
        }

        return !type.IsValueType || Nullable.GetUnderlyingType(type) is not null
            ? null
            : throw new PSInvalidCastException("Cannot convert null to type \"" + type.FullName + "\".");
    }

    private static string ToText(object value, IFormatProvider provider)
        => GetEnumerable(value) is { } elements
            ? string.Join(" ", elements.Cast<object?>().Select(e => e is null ? string.Empty : ToText(e, provider)))
            : value switch
            {
                PSObject wrapped => wrapped.ToString(null, provider),
                Enum => value.ToString()!,
                IFormattable formattable => formattable.ToString(null, provider),
                _ => value.ToString() ?? string.Empty,
            };

    /// <summary>By number, by name in any case, by a list of names for flags, or by an unambiguous beginning of a name.</summary>
    private static object ToEnum(object value, Type type)
    {
        if (value is not string text)
        {
            object number = Enum.ToObject(type, value);
            return Enum.IsDefined(type, number) || type.IsDefined(typeof(FlagsAttribute), inherit: false)
                ? number
                : throw NoSuchName(value, type);
        }

        List<string> names = [];
        foreach (string part in text.Split(',').Select(p => p.Trim()))
        {
            string[] all = Enum.GetNames(type);
            string[] found = Array.FindAll(all, n => string.Equals(n, part, StringComparison.OrdinalIgnoreCase));
            if (found.Length == 0 && part.Length > 0)
            {
                found = Array.FindAll(all, n => n.StartsWith(part, StringComparison.OrdinalIgnoreCase));
            }

            if (found.Length != 1 && !(long.TryParse(part, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) && Enum.IsDefined(type, Enum.ToObject(type, number))))
            {
                throw NoSuchName(value, type);
            }

            names.Add(found.Length == 1 ? found[0] : part);
        }

        return Enum.Parse(type, string.Join(",", names));
    }

    private static PSInvalidCastException NoSuchName(object value, Type type)
        => new(
            "Cannot convert value \"" + value + "\" to type \"" + type.FullName + "\". Error: \"Unable to match the identifier name " + value
            + " to a valid enumerator name. Specify one of the following enumerator names and try again:" + Environment.NewLine
            + string.Join(", ", Enum.GetNames(type)) + "\"");

    private static object ToNumber(object value, Type type, IFormatProvider provider)
    {
        if (value is string text)
        {
            string digits = text.Trim();
            if (digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase))
            {
                return System.Convert.ChangeType(long.Parse(digits[2..], NumberStyles.HexNumber, provider), type, provider);
            }

            if (digits.Length == 0)
            {
                return System.Convert.ChangeType(0, type, provider);
            }

            return decimal.TryParse(digits, NumberStyles.Float, provider, out decimal exact)
                ? System.Convert.ChangeType(exact, type, provider)
                : System.Convert.ChangeType(digits, type, provider);
        }

        return System.Convert.ChangeType(value is Enum ? System.Convert.ToInt64(value, provider) : value, type, provider);
    }

    internal static Type? ElementTypeOf(Type type)
    {
        if (type.IsArray)
        {
            return type.GetElementType();
        }

        if (type == typeof(IList) || type == typeof(ICollection) || type == typeof(ArrayList))
        {
            return typeof(object);
        }

        if (type == typeof(string) || !type.IsGenericType)
        {
            return null;
        }

        Type definition = type.GetGenericTypeDefinition();
        return definition == typeof(List<>) || definition == typeof(IList<>) || definition == typeof(ICollection<>)
            || definition == typeof(IEnumerable<>) || definition == typeof(IReadOnlyList<>) || definition == typeof(IReadOnlyCollection<>)
            || definition == typeof(Collections.ObjectModel.Collection<>)
            ? type.GetGenericArguments()[0]
            : null;
    }

    private static object ToCollection(object value, Type type, Type elementType, IFormatProvider provider)
    {
        List<object?> converted = [];
        foreach (object? element in GetEnumerable(value) ?? new[] { value })
        {
            converted.Add(ConvertTo(element, elementType, provider));
        }

        Array array = Array.CreateInstance(elementType, converted.Count);
        for (int i = 0; i < converted.Count; i++)
        {
            array.SetValue(converted[i], i);
        }

        if (type.IsAssignableFrom(array.GetType()))
        {
            return array;
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Collections.ObjectModel.Collection<>))
        {
            IList list = (IList)Activator.CreateInstance(type)!;
            foreach (object? element in converted)
            {
                list.Add(element);
            }

            return list;
        }

        return Activator.CreateInstance(type, array)!;
    }

    private static object? ByParsing(object value, Type type, IFormatProvider provider)
    {
        if (value is not string text)
        {
            return null;
        }

        if (type == typeof(char))
        {
            return text.Length == 1 ? text[0] : throw new PSInvalidCastException("Cannot convert value \"" + text + "\" to type \"System.Char\". Error: \"String must be exactly one character long.\"");
        }

        if (type == typeof(Uri))
        {
            return new Uri(text, UriKind.RelativeOrAbsolute);
        }

        if (type == typeof(Type))
        {
            return Type.GetType(text, throwOnError: true);
        }

        MethodInfo? parse = type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, null, [typeof(string), typeof(IFormatProvider)], null);
        if (parse is not null && parse.ReturnType == type)
        {
            return parse.Invoke(null, [text, provider]);
        }

        parse = type.GetMethod("Parse", BindingFlags.Public | BindingFlags.Static, null, [typeof(string)], null);
        return parse is not null && parse.ReturnType == type ? parse.Invoke(null, [text]) : null;
    }

    private static object? ByConstructor(object value, Type type)
    {
        if (type.IsAbstract)
        {
            return null;
        }

        ConstructorInfo? constructor = type.GetConstructor([value.GetType()]);
        if (constructor is not null)
        {
            return constructor.Invoke([value]);
        }

        // A number is as good as the wider number that a constructor takes.
        if (!IsNumber(value.GetType()))
        {
            return null;
        }

        constructor = type.GetConstructor([typeof(long)]);
        return constructor?.Invoke([System.Convert.ToInt64(value, CultureInfo.InvariantCulture)]);
    }

    private static object? ByOperator(object value, Type type)
    {
        foreach (Type owner in (Type[])[type, value.GetType()])
        {
            foreach (MethodInfo method in owner.GetMethods(BindingFlags.Public | BindingFlags.Static))
            {
                if (method.Name is "op_Implicit" or "op_Explicit"
                    && type.IsAssignableFrom(method.ReturnType)
                    && method.GetParameters()[0].ParameterType.IsInstanceOfType(value))
                {
                    return method.Invoke(null, [value]);
                }
            }
        }

        return null;
    }

    /// <summary>A table, or an object that is nothing but its properties, fills an object whose properties can all be set.</summary>
    private static object? ByProperties(object value, Type type, IFormatProvider provider)
    {
        Dictionary<string, object?>? given = value switch
        {
            IDictionary table => table.Cast<DictionaryEntry>().ToDictionary(e => e.Key.ToString()!, e => e.Value),
            PSObject custom => custom.Properties.ToDictionary(p => p.Name, p => p.Value),
            _ => null,
        };
        if (given is null || type.IsAbstract || type.GetConstructor([]) is not { } constructor)
        {
            return null;
        }

        object filled = constructor.Invoke([]);
        foreach ((string name, object? element) in given)
        {
            PropertyInfo? property = type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property?.SetMethod?.IsPublic != true)
            {
                throw new PSInvalidCastException("Cannot create object of type \"" + type.FullName + "\". The property '" + name + "' was not found for the '" + type.FullName + "' object.");
            }

            property.SetValue(filled, ConvertTo(element, property.PropertyType, provider));
        }

        return filled;
    }
}
