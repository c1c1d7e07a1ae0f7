using System.Globalization;
using System.Linq;
using System.Reflection;

namespace System.Management.Automation.Double;

/// <summary>What a value goes through on its way to a parameter: transformation, conversion, validation.</summary>
internal sealed partial class ParameterBinder
{
    /// <summary>Transforms, converts, validates and sets. False if the value does not fit as it is and must not be converted.</summary>
    private bool Bind(CommandParameter parameter, object? value, string? text, bool convert)
    {
        foreach (ArgumentTransformationAttribute transformation in parameter.Transformations)
        {
            if (value is not null || parameter.IsMandatorySomewhere || transformation.TransformNullOptionalParameters)
            {
                try
                {
                    value = transformation.Transform(_runtime.Intrinsics, value);
                }
                catch (Exception e)
                {
                    throw new ParameterBindingArgumentTransformationException("Cannot process argument transformation on parameter '" + parameter.Name + "'. " + e.Message, e, "ParameterArgumentTransformationError", _runtime.Invocation)
                    {
                        ParameterName = parameter.Name,
                        ParameterType = parameter.Type,
                    };
                }
            }
        }

        if (!convert && !Fits(parameter, ref value))
        {
            return false;
        }

        if (convert)
        {
            value = Convert(parameter, value, text);
        }

        Validate(parameter, value);
        try
        {
            parameter.Set(value);
        }
        catch (Exception e)
        {
            Exception cause = e is TargetInvocationException { InnerException: { } inner } ? inner : e;
            throw Error("ParameterBindingFailed", "Cannot bind parameter '" + parameter.Name + "' to the target. Exception setting \"" + parameter.Name + "\": \"" + cause.Message + "\"", parameter, cause, ErrorCategory.WriteError);
        }

        _bound.Add(parameter);
        _runtime.Invocation.BoundParameters[parameter.Name] = value;
        if (parameter.SetFlags != 0)
        {
            _current &= parameter.SetFlags;
        }

        return true;
    }

    /// <summary>Whether a value is what the parameter takes, or what its collection is made of.</summary>
    private static bool Fits(CommandParameter parameter, ref object? value)
    {
        Type type = parameter.Type;
        if (type.IsInstanceOfType(value))
        {
            return true;
        }

        object? bare = PSObject.Base(value);
        if (bare is null)
        {
            return !type.IsValueType && type != typeof(string);
        }

        if (!type.IsInstanceOfType(bare))
        {
            if (LanguagePrimitives.ElementTypeOf(type) is not { } wanted
                || !(bare as Collections.IList ?? new[] { bare }).Cast<object?>().All(e => PSObject.Base(e) is not { } element || wanted == element.GetType() || element.GetType().IsSubclassOf(wanted)))
            {
                return false;
            }

            bare = LanguagePrimitives.ConvertTo(bare, type, CultureInfo.InvariantCulture);
        }

        value = bare;
        return true;
    }

    private object? Convert(CommandParameter parameter, object? value, string? text)
    {
        Type type = parameter.Type;
        object? bare = PSObject.Base(value);
        if (bare is null)
        {
            return type == typeof(bool)
                ? throw Error("ParameterArgumentValidationErrorNullNotAllowed", "Cannot bind argument to parameter '" + parameter.Name + "' because it is null.", parameter)
                : type == typeof(SwitchParameter) ? SwitchParameter.Present : null;
        }

        // A number keeps the form in which it was written, where text is wanted: 007 stays 007.
        if (text is not null && (type == typeof(string) || LanguagePrimitives.ElementTypeOf(type) == typeof(string)))
        {
            value = text;
            bare = text;
        }

        if (type != typeof(PSObject) && type.IsInstanceOfType(bare))
        {
            // Where anything goes, a number that is not written plainly is wrapped.
            return type != typeof(object) ? bare
                : text is null || text == System.Convert.ToString(bare, CultureInfo.InvariantCulture) ? value
                : PSObject.AsPSObject(bare);
        }

        if (type == typeof(bool) || type == typeof(bool?) || type == typeof(SwitchParameter))
        {
            if (bare is not (bool or SwitchParameter) && !LanguagePrimitives.IsNumber(bare.GetType()))
            {
                throw Error("CannotConvertArgument", "Cannot convert '" + bare.GetType() + "' to the type '" + type + "' required by parameter '" + parameter.Name + "'. ", parameter);
            }
        }
        else if (LanguagePrimitives.ElementTypeOf(type) is null && type != typeof(PSObject) && !type.IsEnum && bare is Collections.IList)
        {
            throw Error("CannotConvertArgument", "Cannot convert '" + bare.GetType() + "' to the type '" + type + "' required by parameter '" + parameter.Name + "'. Specified method is not supported.", parameter);
        }

        try
        {
            return LanguagePrimitives.ConvertTo(value, type, CultureInfo.InvariantCulture);
        }
        catch (PSInvalidCastException e)
        {
            throw Error("CannotConvertArgumentNoMessage", "Cannot bind parameter '" + parameter.Name + "'. " + e.Message, parameter, e);
        }
    }

    private void Validate(CommandParameter parameter, object? value)
    {
        foreach (ValidateArgumentsAttribute validation in parameter.Validations)
        {
            try
            {
                validation.InternalValidate(value, _runtime.Intrinsics);
            }
            catch (Exception e)
            {
                throw Invalid(parameter, "ParameterArgumentValidationError", "Cannot validate argument on parameter '" + parameter.Name + "'. " + e.Message, e);
            }
        }

        if (!parameter.IsMandatorySomewhere)
        {
            return;
        }

        string subject = "Cannot bind argument to parameter '" + parameter.Name + "' because it is ";
        bool isEmptyAllowed = parameter.Attributes.Any(a => a is AllowEmptyStringAttribute);
        if (PSObject.Base(value) is null)
        {
            if (!parameter.Attributes.Any(a => a is AllowNullAttribute))
            {
                throw Invalid(parameter, "ParameterArgumentValidationErrorNullNotAllowed", subject + "null.");
            }
        }
        else if (value is "" && parameter.Type == typeof(string) && !isEmptyAllowed)
        {
            throw Invalid(parameter, "ParameterArgumentValidationErrorEmptyStringNotAllowed", subject + "an empty string.");
        }
        else if (value is Array array)
        {
            if (array.Length == 0 && !parameter.Attributes.Any(a => a is AllowEmptyCollectionAttribute))
            {
                throw Invalid(parameter, "ParameterArgumentValidationErrorEmptyArrayNotAllowed", subject + "an empty array.");
            }

            if (array.Cast<object?>().Any(e => e is "") && !isEmptyAllowed)
            {
                throw Invalid(parameter, "ParameterArgumentValidationErrorEmptyStringNotAllowed", subject + "an empty string.");
            }
        }
    }

    private ParameterBindingValidationException Invalid(CommandParameter parameter, string errorId, string message, Exception? inner = null)
        => new(message, inner, errorId, _runtime.Invocation)
        {
            ParameterName = parameter.Name,
            ParameterType = parameter.Type,
        };
}
