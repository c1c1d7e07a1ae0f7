using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation.Internal;
using System.Text.RegularExpressions;

namespace System.Management.Automation;

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ArgumentTransformationAttribute : CmdletMetadataAttribute
{
    public virtual bool TransformNullOptionalParameters => true;

    public abstract object? Transform(EngineIntrinsics engineIntrinsics, object? inputData);
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ValidateArgumentsAttribute : CmdletMetadataAttribute
{
    protected virtual void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
    }

    internal void InternalValidate(object? arguments, EngineIntrinsics engineIntrinsics) => Validate(arguments, engineIntrinsics);
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public abstract class ValidateEnumeratedArgumentsAttribute : ValidateArgumentsAttribute
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (PSObject.Base(arguments) is null)
        {
            throw new ValidationMetadataException("The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.");
        }

        IEnumerable? elements = LanguagePrimitives.GetEnumerable(arguments);
        if (elements is null)
        {
            ValidateElement(arguments);
            return;
        }

        foreach (object? element in elements)
        {
            ValidateElement(element);
        }
    }

    protected virtual void ValidateElement(object? element)
    {
    }
}

public abstract class NullValidationAttributeBase : ValidateArgumentsAttribute
{
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateNotNullAttribute : NullValidationAttributeBase
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (PSObject.Base(arguments) is null)
        {
            throw new ValidationMetadataException("The argument is null. Provide a valid value for the argument, and then try running the command again.");
        }

        foreach (object? element in LanguagePrimitives.GetEnumerable(arguments) ?? Array.Empty<object>())
        {
            if (PSObject.Base(element) is null)
            {
                throw new ValidationMetadataException("The argument has a null value, or an element of the argument collection contains a null value. Provide a collection that does not contain any null values, and then try the command again.");
            }
        }
    }
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateNotNullOrEmptyAttribute : NullValidationAttributeBase
{
    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        if (PSObject.Base(arguments) is null or "")
        {
            throw new ValidationMetadataException("The argument is null or empty. Provide an argument that is not null or empty, and then try the command again.");
        }

        IEnumerable? elements = LanguagePrimitives.GetEnumerable(arguments);
        if (elements is null)
        {
            return;
        }

        bool isEmpty = true;
        foreach (object? element in elements)
        {
            isEmpty = false;
            if (PSObject.Base(element) is null or "")
            {
                isEmpty = true;
                break;
            }
        }

        if (isEmpty)
        {
            throw new ValidationMetadataException("The argument is null, empty, or an element of the argument collection contains a null value. Supply a collection that does not contain any null values and then try the command again.");
        }
    }
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateSetAttribute : ValidateEnumeratedArgumentsAttribute
{
    private readonly string[] _validValues;

    public ValidateSetAttribute(params string[] validValues)
    {
        ArgumentNullException.ThrowIfNull(validValues);
        _validValues = validValues;
    }

    public bool IgnoreCase { get; set; } = true;

    public IList<string> ValidValues => _validValues;

    protected override void ValidateElement(object? element)
    {
        string? text = PSObject.Base(element)?.ToString();
        StringComparison comparison = IgnoreCase ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
        if (!Array.Exists(_validValues, v => string.Equals(v, text, comparison)))
        {
            throw new ValidationMetadataException(
                "The argument \"" + text + "\" does not belong to the set \"" + string.Join(CultureInfo.CurrentUICulture.TextInfo.ListSeparator, _validValues)
                + "\" specified by the ValidateSet attribute. Supply an argument that is in the set and then try the command again.");
        }
    }
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateRangeAttribute : ValidateEnumeratedArgumentsAttribute
{
    private readonly IComparable _min;
    private readonly IComparable _max;

    public ValidateRangeAttribute(object minRange, object maxRange)
    {
        ArgumentNullException.ThrowIfNull(minRange);
        ArgumentNullException.ThrowIfNull(maxRange);
        if (minRange.GetType() != maxRange.GetType() || minRange is not IComparable min || maxRange is not IComparable max)
        {
            throw new ValidationMetadataException("The specified minimum range (" + minRange.GetType() + ") cannot be accepted because it is not the same type as the specified maximum range (" + maxRange.GetType() + "). Update the ValidateRange attribute for the parameter.");
        }

        _min = min;
        _max = max;
    }

    public object MaxRange => _max;

    public object MinRange => _min;

    protected override void ValidateElement(object? element)
    {
        object? value = PSObject.Base(element);
        if (value?.GetType() != _min.GetType() && !LanguagePrimitives.TryConvertTo(value, _min.GetType(), out value))
        {
            throw new ValidationMetadataException("The argument cannot be validated because its type \"" + element?.GetType().Name + "\" is not the same type (" + _min.GetType().Name + ") as the maximum and minimum limits of the parameter. Make sure the argument is of type " + _min.GetType().Name + " and then try the command again.");
        }

        if (_min.CompareTo(value) > 0)
        {
            throw new ValidationMetadataException("The " + element + " argument is less than the minimum allowed range of " + _min + ". Supply an argument that is greater than or equal to " + _min + " and then try the command again.");
        }

        if (_max.CompareTo(value) < 0)
        {
            throw new ValidationMetadataException("The " + element + " argument is greater than the maximum allowed range of " + _max + ". Supply an argument that is less than or equal to " + _max + " and then try the command again.");
        }
    }
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateLengthAttribute : ValidateEnumeratedArgumentsAttribute
{
    public ValidateLengthAttribute(int minLength, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        MinLength = minLength;
        MaxLength = maxLength;
    }

    public int MaxLength { get; }

    public int MinLength { get; }

    protected override void ValidateElement(object? element)
    {
        if (PSObject.Base(element) is not string text)
        {
            throw new ValidationMetadataException("The ValidateLength attribute cannot be applied to a parameter that is not a string or string[] parameter. Make the parameter a string or string[] parameter.");
        }

        if (text.Length < MinLength)
        {
            throw new ValidationMetadataException("The character length (" + text.Length + ") of the argument is too short. Specify an argument with a length that is greater than or equal to \"" + MinLength + "\", and then try the command again.");
        }

        if (text.Length > MaxLength)
        {
            throw new ValidationMetadataException("The character length (" + text.Length + ") of the argument is too long. Specify an argument with a length that is shorter than or equal to \"" + MaxLength + "\", and then try the command again.");
        }
    }
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidateCountAttribute : ValidateArgumentsAttribute
{
    public ValidateCountAttribute(int minLength, int maxLength)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(minLength);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxLength, 1);
        MinLength = minLength;
        MaxLength = maxLength;
    }

    public int MaxLength { get; }

    public int MinLength { get; }

    protected override void Validate(object? arguments, EngineIntrinsics engineIntrinsics)
    {
        int count = 0;
        if (PSObject.Base(arguments) is { } value)
        {
            IEnumerable elements = LanguagePrimitives.GetEnumerable(value)
                ?? throw new ValidationMetadataException("The ValidateCount attribute cannot be applied to a non-array parameter. Either remove the attribute from the parameter or make the parameter an array parameter.");
            foreach (object? _ in elements)
            {
                count++;
            }
        }

        if (count < MinLength || count > MaxLength)
        {
            throw new ValidationMetadataException(
                MinLength == MaxLength
                    ? "The parameter requires exactly " + MaxLength + " value(s) - " + count + " value(s) were provided."
                    : "The parameter requires at least " + MinLength + " value(s) and no more than " + MaxLength + " value(s) - " + count + " value(s) were provided.");
        }
    }
}

[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field)]
public sealed class ValidatePatternAttribute : ValidateEnumeratedArgumentsAttribute
{
    public ValidatePatternAttribute(string regexPattern)
    {
        ArgumentException.ThrowIfNullOrEmpty(regexPattern);
        RegexPattern = regexPattern;
    }

    public RegexOptions Options { get; set; } = RegexOptions.IgnoreCase;

    public string RegexPattern { get; }

    protected override void ValidateElement(object? element)
    {
        string text = PSObject.Base(element)?.ToString()
            ?? throw new ValidationMetadataException("The argument is null. Provide a valid value for the argument, and then try running the command again.");
        if (!Regex.IsMatch(text, RegexPattern, Options))
        {
            throw new ValidationMetadataException("The argument \"" + text + "\" does not match the \"" + RegexPattern + "\" pattern. Supply an argument that matches \"" + RegexPattern + "\" and try the command again.");
        }
    }
}

/// <summary>Turns a user name, or nothing, into a credential by asking for it.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field, AllowMultiple = false)]
public sealed class CredentialAttribute : ArgumentTransformationAttribute
{
    public override bool TransformNullOptionalParameters => true;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        ArgumentNullException.ThrowIfNull(engineIntrinsics);
        object? input = PSObject.Base(inputData);
        return input as PSCredential ?? engineIntrinsics.Session.PromptForCredential(input?.ToString());
    }
}
