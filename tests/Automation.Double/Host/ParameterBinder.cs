using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Reflection;

namespace System.Management.Automation.Double;

/// <summary>
/// Binds a command line, and then each object of the pipeline, to a cmdlet's parameters: by name, by position, by the piped object
/// and by its properties, narrowing the parameter sets as it goes.
/// </summary>
internal sealed class ParameterBinder
{
    private readonly Cmdlet _cmdlet;
    private readonly CommandRuntime _runtime;
    private readonly List<CommandParameter> _parameters = [];
    private readonly SetNames _sets = new();
    private readonly HashSet<CommandParameter> _bound = [];
    private readonly Dictionary<CommandParameter, object?> _boundFromPipeline = [];
    private readonly uint _default;
    private uint _current = uint.MaxValue;
    private uint _beforePipeline;

    internal ParameterBinder(Cmdlet cmdlet, CommandRuntime runtime, string? defaultSet, CommonParameters common)
    {
        _cmdlet = cmdlet;
        _runtime = runtime;
        Merge(CommandParameter.Of(cmdlet));
        Merge(CommandParameter.Of(common));
        _default = string.IsNullOrEmpty(defaultSet) ? 0 : _sets.FlagOf(defaultSet);
    }

    private enum Source
    {
        Value,
        Property,
    }

    internal IReadOnlyList<CommandParameter> Parameters => _parameters;

    private IEnumerable<CommandParameter> Unbound => _parameters.Where(p => !_bound.Contains(p));

    private uint Candidates => _current & _sets.All;

    /// <summary>Binds what was written, and sees to it that a set is chosen and complete, as far as the pipeline may not yet do that.</summary>
    internal void BindCommandLine(IReadOnlyList<CommandArgument> arguments, bool expectsInput)
    {
        List<CommandArgument> left = BindNamed(arguments, isLastTry: _cmdlet is not IDynamicParameters);
        left = BindPositional(left);
        if (_cmdlet is IDynamicParameters dynamic)
        {
            ChooseSet(beforePipeline: true, useDefault: false);
            MergeDynamic(dynamic.GetDynamicParameters());
            left = BindPositional(BindNamed(left, isLastTry: true));
        }

        BindRemaining(left);
        if (left.Count > 0)
        {
            throw Error("PositionalParameterNotFound", "A positional parameter cannot be found that accepts argument '" + PSObject.Base(left[0].Value) + "'.");
        }

        ChooseSet(expectsInput, useDefault: !expectsInput);
        RequireMandatory(expectsInput);
        if (!expectsInput)
        {
            RequireOneSet();
        }

        _beforePipeline = _current;
    }

    /// <summary>Binds one object of the pipeline. False if no parameter wants it.</summary>
    internal bool BindPipeline(object? input)
    {
        ForgetPipelineInput();
        try
        {
            bool any = false;

            // Values that fit as they are come before values that must be converted; the whole object comes before its properties.
            foreach ((Source source, bool convert) in ((Source, bool)[])[(Source.Value, false), (Source.Property, false), (Source.Value, true), (Source.Property, true)])
            {
                if (BindFrom(input, source, convert))
                {
                    any = true;
                    ChooseSet(beforePipeline: true, useDefault: true);
                }
            }

            RequireOneSet();
            if (!any)
            {
                ForgetPipelineInput();
            }

            return any;
        }
        catch (ParameterBindingException)
        {
            ForgetPipelineInput();
            throw;
        }
    }

    /// <summary>The mandatory parameters of the chosen set that are still without a value, as the message lists them.</summary>
    internal string MissingMandatory()
        => string.Concat(Unbound.Where(p => p.In(_current, _sets).Any(s => s.Mandatory)).Select(p => " " + p.Name));

    internal ParameterBindingException Error(string errorId, string message, CommandParameter? parameter = null, Exception? inner = null)
        => new(message, inner, errorId, ErrorCategory.InvalidArgument, _runtime.Invocation)
        {
            ParameterName = parameter?.Name,
            ParameterType = parameter?.Type,
        };

    /// <summary>Finds a parameter by its name, an alias, or the beginning of either if it is the only one that begins so.</summary>
    internal CommandParameter? Find(string name)
    {
        CommandParameter? exact = _parameters.Find(p => NamesOf(p).Contains(name, StringComparer.OrdinalIgnoreCase));
        if (exact is not null)
        {
            return exact;
        }

        List<CommandParameter> found = _parameters.FindAll(p => NamesOf(p).Any(n => n.StartsWith(name, StringComparison.OrdinalIgnoreCase)));
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ => throw Error("AmbiguousParameter", "Parameter cannot be processed because the parameter name '" + name + "' is ambiguous. Possible matches include:" + string.Concat(found.Select(p => " -" + p.Name)) + "."),
        };
    }

    /// <summary>Puts back what the last object of the pipeline has set.</summary>
    private void ForgetPipelineInput()
    {
        foreach ((CommandParameter parameter, object? value) in _boundFromPipeline)
        {
            parameter.Set(value);
            _bound.Remove(parameter);
            _runtime.Invocation.BoundParameters.Remove(parameter.Name);
        }

        _boundFromPipeline.Clear();
        _current = _beforePipeline;
    }

    private static IEnumerable<string> NamesOf(CommandParameter parameter) => parameter.Aliases.Prepend(parameter.Name);

    private void Merge(IEnumerable<CommandParameter> parameters)
    {
        foreach (CommandParameter parameter in parameters)
        {
            foreach (ParameterAttribute set in parameter.Sets)
            {
                parameter.SetFlags |= _sets.FlagOf(set.ParameterSetName);
            }

            if (NamesOf(parameter).FirstOrDefault(IsTaken) is { } taken)
            {
                throw new MetadataException("A parameter or an alias with the name '" + taken + "' was defined multiple times for the command " + _runtime.Invocation.MyCommand.Name + ".");
            }

            _parameters.Add(parameter);
        }
    }

    private bool IsTaken(string name) => _parameters.Exists(p => NamesOf(p).Contains(name, StringComparer.OrdinalIgnoreCase));

    private void MergeDynamic(object? dynamic)
    {
        switch (dynamic)
        {
            case null:
                break;
            case RuntimeDefinedParameterDictionary dictionary:
                Merge(dictionary.Values.Select(p => new CommandParameter(p)));
                break;
            default:
                Merge(CommandParameter.Of(dynamic));
                break;
        }
    }

    private List<CommandArgument> BindNamed(IReadOnlyList<CommandArgument> arguments, bool isLastTry)
    {
        List<CommandArgument> left = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            CommandArgument argument = arguments[i];
            if (argument.Name is null)
            {
                left.Add(argument);
                continue;
            }

            CommandParameter? parameter = Find(argument.Name);
            if (parameter is null)
            {
                if (isLastTry)
                {
                    throw Error("NamedParameterNotFound", "A parameter cannot be found that matches parameter name '" + argument.Name + "'.");
                }

                // Its value goes with it, in case a dynamic parameter turns out to be meant.
                left.Add(argument);
                if (!argument.HasValue && i + 1 < arguments.Count && arguments[i + 1].Name is null)
                {
                    left[^1] = new CommandArgument(argument.Name, true, arguments[i + 1].Value, arguments[i + 1].Text);
                    i++;
                }

                continue;
            }

            if (_bound.Contains(parameter))
            {
                throw Error("ParameterAlreadyBound", "Cannot bind parameter because parameter '" + argument.Name + "' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, \"-parameter value1,value2,value3\".", parameter);
            }

            if (argument.HasValue)
            {
                Bind(parameter, argument.Value, argument.Text, convert: true, _current);
            }
            else if (parameter.IsSwitch)
            {
                Bind(parameter, SwitchParameter.Present, null, convert: true, _current);
            }
            else if (i + 1 < arguments.Count && arguments[i + 1].Name is null)
            {
                i++;
                Bind(parameter, arguments[i].Value, arguments[i].Text, convert: true, _current);
            }
            else
            {
                throw Error("MissingArgument", "Missing an argument for parameter '" + parameter.Name + "'. Specify a parameter of type '" + parameter.Type + "' and try again.", parameter);
            }
        }

        return left;
    }

    private List<CommandArgument> BindPositional(List<CommandArgument> arguments)
    {
        List<CommandArgument> left = [.. arguments.Where(a => a.Name is not null)];
        Queue<CommandArgument> values = new(arguments.Where(a => a.Name is null));
        int position = int.MinValue;
        while (values.Count > 0)
        {
            int[] positions = [.. Unbound.SelectMany(p => p.In(_current, _sets)).Select(s => s.Position).Where(p => p != int.MinValue && p > position)];
            if (positions.Length == 0)
            {
                break;
            }

            position = positions.Min();
            CommandArgument value = values.Dequeue();
            ParameterBindingException? refusal = null;
            bool isBound = (HasDefault() && BindAt(position, value, _default, false, ref refusal))
                || BindAt(position, value, _current, false, ref refusal)
                || (HasDefault() && BindAt(position, value, _default, true, ref refusal))
                || BindAt(position, value, _current, true, ref refusal);
            if (!isBound)
            {
                throw refusal ?? Error("PositionalParameterNotFound", "A positional parameter cannot be found that accepts argument '" + PSObject.Base(value.Value) + "'.");
            }
        }

        left.AddRange(values);
        return left;
    }

    private bool HasDefault() => _default != 0 && (_current & _default) != 0;

    private bool BindAt(int position, CommandArgument argument, uint sets, bool convert, ref ParameterBindingException? refusal)
    {
        foreach (CommandParameter parameter in Unbound.Where(p => p.In(sets, _sets).Any(s => s.Position == position)).ToList())
        {
            try
            {
                if (Bind(parameter, argument.Value, argument.Text, convert, sets))
                {
                    return true;
                }
            }
            catch (ParameterBindingException e) when (e is not (ParameterBindingValidationException or ParameterBindingArgumentTransformationException))
            {
                refusal = e;
            }
        }

        return false;
    }

    private void BindRemaining(List<CommandArgument> left)
    {
        CommandParameter? rest = Unbound.FirstOrDefault(p => p.In(_current, _sets).Any(s => s.ValueFromRemainingArguments));
        if (rest is not null && left.Count > 0)
        {
            Bind(rest, left.ConvertAll(a => a.Value).ToArray(), null, convert: true, _current);
            left.Clear();
        }
    }

    /// <summary>Settles on one set as far as it can be known: by what is bound, by the default, by the mandatory parameters that are given.</summary>
    private void ChooseSet(bool beforePipeline, bool useDefault)
    {
        bool isOpen = _current == uint.MaxValue;
        int count = isOpen ? _sets.Count : Numerics.BitOperations.PopCount(Candidates);
        if (!isOpen && count == 0)
        {
            throw AmbiguousSet();
        }

        bool mayWait = beforePipeline && Unbound.Any(TakesPipelineInput);
        if (HasDefault() && (isOpen ? !mayWait : count > 1))
        {
            _current = useDefault ? _default : _current;
        }
        else if (count > 1 && !mayWait)
        {
            ChooseByMandatory();
        }

        NameSet();
    }

    private void NameSet()
        => _runtime.ParameterSetName = HasDefault() && (_current == uint.MaxValue || Numerics.BitOperations.PopCount(Candidates) > 1)
            ? _sets.NameOf(_default)
            : _sets.NameOf(_current);

    /// <summary>Without a default set the one remains whose mandatory parameters are all given, if there is only one such.</summary>
    private void ChooseByMandatory()
    {
        uint satisfied = 0;
        foreach (uint set in _sets.Flags(_current))
        {
            if (!Unbound.Any(p => p.In(set, _sets).Any(s => s.Mandatory)))
            {
                satisfied |= set;
            }
        }

        if (Numerics.BitOperations.PopCount(satisfied) != 1)
        {
            throw AmbiguousSet();
        }

        _current = satisfied;
    }

    private bool TakesPipelineInput(CommandParameter parameter)
        => parameter.In(_current, _sets).Any(s => s.ValueFromPipeline || s.ValueFromPipelineByPropertyName);

    /// <summary>Refuses the call if a mandatory parameter has no value and the pipeline cannot bring it one.</summary>
    private void RequireMandatory(bool expectsInput)
    {
        if (!expectsInput)
        {
            Require(MissingMandatory());
            return;
        }

        uint[] sets = Numerics.BitOperations.PopCount(Candidates) == 0 ? [_current] : [.. _sets.Flags(Candidates)];
        uint possible = 0;
        foreach (uint set in sets)
        {
            possible |= MissingBeyondPipeline(set).Length == 0 ? set : 0;
        }

        if (possible != 0)
        {
            // A set that the pipeline can no longer complete is out, the others remain.
            _current = _current == uint.MaxValue && sets.Length == Numerics.BitOperations.PopCount(possible) ? _current : possible;
            NameSet();
            return;
        }

        if (sets.Length > 1 && !HasDefault())
        {
            throw AmbiguousSet();
        }

        Require(MissingBeyondPipeline(HasDefault() ? _default : sets[0]));
    }

    private string MissingBeyondPipeline(uint set)
        => string.Concat(
            Unbound.Where(p => p.In(set, _sets).Any(s => s.Mandatory && !s.ValueFromPipeline && !s.ValueFromPipelineByPropertyName))
                .Select(p => " " + p.Name));

    private void Require(string missing)
    {
        if (missing.Length > 0)
        {
            throw Error("MissingMandatoryParameter", "Cannot process command because of one or more missing mandatory parameters:" + missing + ".");
        }
    }

    /// <summary>By the time a record is processed one set must be left, or the default among those that are.</summary>
    private void RequireOneSet() => ChooseSet(beforePipeline: false, useDefault: true);

    private ParameterBindingException AmbiguousSet()
        => Error("AmbiguousParameterSet", "Parameter set cannot be resolved using the specified named parameters. One or more parameters issued cannot be used together or an insufficient number of parameters were provided.");

    private bool BindFrom(object? input, Source source, bool convert)
    {
        if (HasDefault() && BindFrom(input, source, convert, _default))
        {
            return true;
        }

        return BindFrom(input, source, convert, _current);
    }

    private bool BindFrom(object? input, Source source, bool convert, uint sets)
    {
        bool any = false;
        foreach (CommandParameter parameter in Unbound.Reverse().ToList())
        {
            ParameterAttribute[] roles = [.. parameter.In(sets, _sets)];
            if (!roles.Any(s => source == Source.Value ? s.ValueFromPipeline : s.ValueFromPipelineByPropertyName)
                || !TryGetValue(input, source, parameter, out object? value))
            {
                continue;
            }

            object? before = parameter.Get();
            try
            {
                if (Bind(parameter, value, null, convert, sets))
                {
                    _boundFromPipeline[parameter] = before;
                    any = true;
                }
            }
            catch (ParameterBindingArgumentTransformationException e) when (source == Source.Value && e.InnerException is PSInvalidCastException or ArgumentTransformationMetadataException { InnerException: PSInvalidCastException })
            {
                // It is not for this parameter.
            }
            catch (ParameterBindingException e) when (e is not (ParameterBindingValidationException or ParameterBindingArgumentTransformationException))
            {
                // It is not for this parameter.
            }
        }

        return any;
    }

    private static bool TryGetValue(object? input, Source source, CommandParameter parameter, out object? value)
    {
        value = input;
        if (source == Source.Value)
        {
            return true;
        }

        if (input is null)
        {
            return false;
        }

        PSObject wrapped = PSObject.AsPSObject(input);
        PSPropertyInfo? property = NamesOf(parameter).Select(n => wrapped.Properties[n]).FirstOrDefault(p => p is not null);
        value = property?.Value;
        return property is not null;
    }

    /// <summary>Transforms, converts, validates and sets. False if the value does not fit as it is and must not be converted.</summary>
    private bool Bind(CommandParameter parameter, object? value, string? text, bool convert, uint sets)
    {
        if ((parameter.SetFlags & sets) == 0 && !parameter.IsInAllSets)
        {
            throw AmbiguousSet();
        }

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
            throw Error("ParameterBindingFailed", "Cannot bind parameter '" + parameter.Name + "' to the target. Exception setting \"" + parameter.Name + "\": \"" + cause.Message + "\"", parameter, cause);
        }

        _bound.Add(parameter);
        _runtime.Invocation.BoundParameters[parameter.Name] = value;
        if (!parameter.IsInAllSets)
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
            return type == typeof(object) ? value : bare;
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
        else if (value is "" && !isEmptyAllowed)
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
