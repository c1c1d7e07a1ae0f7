using System.Collections.Generic;
using System.Linq;

namespace System.Management.Automation.Double;

/// <summary>
/// Binds a command line, and then each object of the pipeline, to a cmdlet's parameters: by name, by position, by the piped object
/// and by its properties, narrowing the parameter sets as it goes.
/// </summary>
internal sealed partial class ParameterBinder
{
    private readonly Cmdlet _cmdlet;
    private readonly CommandRuntime _runtime;
    private readonly CommonParameters _common;
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
        _common = common;
        _default = string.IsNullOrEmpty(defaultSet) ? 0 : _sets.FlagOf(defaultSet);
        Merge(CommandParameter.Of(cmdlet));
        Merge(CommandParameter.Of(common));
    }

    private enum Source
    {
        Value,
        Property,
    }

    internal IReadOnlyList<CommandParameter> Parameters => _parameters;

    private IEnumerable<CommandParameter> Unbound => _parameters.Where(p => !_bound.Contains(p));

    /// <summary>
    /// Binds what was written, and sees to it that a set is chosen and complete, as far as the pipeline may not yet do that. A cmdlet
    /// that has more parameters is asked for them when its own are bound, and then they get what is left.
    /// </summary>
    internal void BindCommandLine(IReadOnlyList<CommandArgument> arguments, bool expectsInput)
    {
        List<CommandArgument> left = [.. arguments.Where(a => !a.IsSplat || a.Name is null), .. arguments.Where(a => a.IsSplat && a.Name is not null)];
        left = BindPositional(BindNamed(Pair(left)), out ParameterBindingException? refusal);
        ChooseSet(beforePipeline: true, useDefault: false);
        if (_cmdlet is IDynamicParameters dynamic && MergeDynamic(dynamic))
        {
            left = BindPositional(BindNamed(Pair(left)), out ParameterBindingException? later);
            refusal ??= later;
        }

        BindRemaining(left);
        if (left.Count > 0)
        {
            throw NotProcessed(left[0], refusal);
        }

        CompleteSet(expectsInput);
        _beforePipeline = _current;
    }

    /// <summary>Binds one object of the pipeline. False if no parameter wants it.</summary>
    internal bool BindPipeline(object? input)
    {
        ForgetPipelineInput();
        try
        {
            bool any = BindInput(input is null ? null : PSObject.AsPSObject(input));
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
    internal string MissingMandatory() => NamesOf(Missing());

    internal ParameterBindingException Error(string errorId, string message, CommandParameter? parameter = null, Exception? inner = null, ErrorCategory category = ErrorCategory.InvalidArgument)
        => new(message, inner, errorId, category, _runtime.Invocation)
        {
            ParameterName = parameter?.Name,
            ParameterType = parameter?.Type,
        };

    /// <summary>
    /// Finds a parameter by its name, an alias, or the beginning of either if it is the only one that begins so; the cmdlet's own
    /// parameters come before the common ones.
    /// </summary>
    internal CommandParameter? Find(string name)
    {
        CommandParameter? exact = _parameters.Find(p => NamesOf(p).Contains(name, StringComparer.OrdinalIgnoreCase));
        if (exact is not null)
        {
            return exact;
        }

        List<CommandParameter> found = [.. BeginningWith(name, p => [p.Name]).Union(BeginningWith(name, p => p.Aliases))];
        List<CommandParameter> own = found.FindAll(p => !p.IsOf(_common));
        return found.Count switch
        {
            0 => null,
            1 => found[0],
            _ when own.Count == 1 => own[0],
            _ => throw Error("AmbiguousParameter", "Parameter cannot be processed because the parameter name '" + name + "' is ambiguous. Possible matches include:" + string.Concat(found.Select(p => " -" + p.Name)) + "."),
        };
    }

    private IEnumerable<CommandParameter> BeginningWith(string start, Func<CommandParameter, IEnumerable<string>> names)
        => _parameters.Where(p => names(p).Any(n => n.StartsWith(start, StringComparison.OrdinalIgnoreCase)));

    /// <summary>
    /// Puts back what the last object of the pipeline has set. As in the engine the list of what was bound remembers it, and counts
    /// what is put back into a parameter without a property as bound.
    /// </summary>
    private void ForgetPipelineInput()
    {
        foreach ((CommandParameter parameter, object? value) in _boundFromPipeline)
        {
            parameter.Set(value);
            _bound.Remove(parameter);
            if (parameter.IsRuntimeDefined)
            {
                _runtime.Invocation.BoundParameters[parameter.Name] = value;
            }
        }

        _boundFromPipeline.Clear();
        _current = _beforePipeline;
    }

    private static IEnumerable<string> NamesOf(CommandParameter parameter) => parameter.Aliases.Prepend(parameter.Name);

    private static string NamesOf(IEnumerable<CommandParameter> parameters) => string.Concat(parameters.Select(p => " " + p.Name));

    private void Merge(IEnumerable<CommandParameter> parameters)
    {
        foreach (CommandParameter parameter in parameters)
        {
            foreach (ParameterAttribute set in parameter.Sets)
            {
                parameter.SetFlags |= _sets.FlagOf(set.ParameterSetName);
            }

            foreach (string name in NamesOf(parameter))
            {
                if (_parameters.Find(p => NamesOf(p).Contains(name, StringComparer.OrdinalIgnoreCase)) is { } taken)
                {
                    throw Defined(name, parameter, taken);
                }
            }

            _parameters.Add(parameter);
        }
    }

    private static MetadataException Defined(string name, CommandParameter parameter, CommandParameter taken)
    {
        bool isName = string.Equals(name, parameter.Name, StringComparison.OrdinalIgnoreCase);
        bool isTakenByName = string.Equals(name, taken.Name, StringComparison.OrdinalIgnoreCase);
        return (isName, isTakenByName) switch
        {
            (true, true) => new MetadataException("A parameter with the name '" + name + "' was defined multiple times for the command.", "ParameterNameAlreadyExistsForCommand"),
            (false, false) => new MetadataException("The parameter alias cannot be specified because an alias with the name '" + name + "' was already defined multiple times for the command.", "AliasParameterNameAlreadyExistsForCommand"),
            _ => new MetadataException("The parameter '" + (isName ? name : taken.Name) + "' cannot be specified because it conflicts with the parameter alias of the same name for parameter '" + (isName ? taken : parameter).Name + "'.", "ParameterNameConflictsWithAlias"),
        };
    }

    /// <summary>Asks the cmdlet for the parameters that it has in this call. False if it has none.</summary>
    private bool MergeDynamic(IDynamicParameters cmdlet)
    {
        object? dynamic;
        try
        {
            dynamic = cmdlet.GetDynamicParameters();
        }
        catch (Exception e)
        {
            throw Error("GetDynamicParametersException", "Cannot retrieve the dynamic parameters for the cmdlet. " + e.Message, null, e);
        }

        Merge(dynamic switch
        {
            null => [],
            RuntimeDefinedParameterDictionary dictionary => dictionary.Values.Where(p => p is not null).Select(p => new CommandParameter(p)),
            _ => CommandParameter.Of(dynamic),
        });
        return dynamic is not null;
    }

    /// <summary>Gives each name of a known parameter the value that follows it. Names that nobody knows yet stay by themselves.</summary>
    private List<CommandArgument> Pair(List<CommandArgument> arguments)
    {
        List<CommandArgument> paired = [];
        for (int i = 0; i < arguments.Count; i++)
        {
            CommandArgument argument = arguments[i];
            if (argument.Name is null || argument.HasValue || Find(argument.Name) is not { } parameter)
            {
                paired.Add(argument);
                continue;
            }

            if (parameter.IsSwitch)
            {
                paired.Add(argument with { HasValue = true, Value = SwitchParameter.Present });
                continue;
            }

            CommandArgument? next = i + 1 < arguments.Count ? arguments[i + 1] : null;
            if (next is null || (next.Name is not null && (next.HasValue || Find(next.Name) is not null)))
            {
                throw Error("MissingArgument", "Missing an argument for parameter '" + parameter.Name + "'. Specify a parameter of type '" + parameter.Type + "' and try again.", parameter);
            }

            // What looks like a name and is none is a value like any other.
            i++;
            paired.Add(next.Name is null
                ? next with { Name = parameter.Name, HasValue = true }
                : new CommandArgument(parameter.Name, true, next.Written));
        }

        return paired;
    }

    private List<CommandArgument> BindNamed(List<CommandArgument> arguments)
    {
        uint sets = _current;
        List<CommandArgument> left = [];
        HashSet<CommandParameter>? explicitly = null;
        foreach (CommandArgument argument in arguments)
        {
            if (argument.Name is null || Find(argument.Name) is not { } parameter)
            {
                left.Add(argument);
                continue;
            }

            if (argument.IsSplat)
            {
                // What is written out comes before what is splatted.
                explicitly ??= [.. _bound];
                if (explicitly.Contains(parameter))
                {
                    continue;
                }
            }

            if (_bound.Contains(parameter))
            {
                throw Error("ParameterAlreadyBound", "Cannot bind parameter because parameter '" + argument.Name + "' is specified more than once. To provide multiple values to parameters that can accept multiple values, use the array syntax. For example, \"-parameter value1,value2,value3\".", parameter);
            }

            if ((parameter.SetFlags & sets) == 0 && !parameter.IsInAllSets)
            {
                throw Error("ParameterNotInParameterSet", "Parameter '" + parameter.Name + "' cannot be specified in parameter set '" + SetNameOf(sets) + "'.", parameter);
            }

            Bind(parameter, argument.Value, argument.Text, convert: true);
        }

        return left;
    }

    /// <summary>Binds values by their positions, and gives what is left, with the reason why the last of it did not fit.</summary>
    private List<CommandArgument> BindPositional(List<CommandArgument> arguments, out ParameterBindingException? refusal)
    {
        refusal = null;
        int[] positions = [.. Unbound.SelectMany(p => p.In(_current, _sets)).Select(s => s.Position).Where(p => p != int.MinValue).Distinct().Order()];
        List<CommandArgument> left = [];
        int next = 0;
        foreach (int position in positions)
        {
            if (!Unbound.Any(p => IsAt(p, position, _current)))
            {
                continue;
            }

            if (NextValue(arguments, left, ref next) is not { } value)
            {
                break;
            }

            bool isBound = (HasDefault() && BindAt(position, value, _default, false, out refusal))
                || BindAt(position, value, _current, false, out refusal)
                || (HasDefault() && BindAt(position, value, _default, true, out refusal))
                || BindAt(position, value, _current, true, out refusal);
            if (!isBound)
            {
                left.Add(value);
            }
        }

        left.AddRange(arguments.Skip(next));
        return left;
    }

    /// <summary>The next value that stands for itself. A name that is not known yet keeps what follows it.</summary>
    private static CommandArgument? NextValue(List<CommandArgument> arguments, List<CommandArgument> left, ref int next)
    {
        while (next < arguments.Count)
        {
            CommandArgument argument = arguments[next++];
            if (argument.Name is null)
            {
                return argument;
            }

            left.Add(argument);
            if (next < arguments.Count && arguments[next].Name is null)
            {
                left.Add(arguments[next++]);
            }
        }

        return null;
    }

    private bool IsAt(CommandParameter parameter, int position, uint sets) => parameter.In(sets, _sets).Any(s => s.Position == position);

    /// <summary>Binds one value to whatever stands at a position in these sets.</summary>
    private bool BindAt(int position, CommandArgument argument, uint sets, bool convert, out ParameterBindingException? refusal)
    {
        bool any = false;
        refusal = null;
        foreach (CommandParameter parameter in Unbound.Where(p => IsAt(p, position, sets)).ToList())
        {
            try
            {
                any |= Bind(parameter, argument.Value, argument.Text, convert);
            }
            catch (ParameterBindingException e) when (e is not (ParameterBindingValidationException or ParameterBindingArgumentTransformationException))
            {
                refusal = e;
            }
        }

        return any;
    }

    /// <summary>Gives what nobody wanted to the parameter that takes the rest, unknown names as they were written.</summary>
    private void BindRemaining(List<CommandArgument> left)
    {
        CommandParameter? rest = Unbound.FirstOrDefault(p => p.In(_current, _sets).Any(s => s.ValueFromRemainingArguments));
        if (rest is null || left.Count == 0)
        {
            return;
        }

        object?[] values = [.. left.SelectMany(a => (object?[])[.. a.Name is null ? (object?[])[] : [a.Written], .. a.Name is null || a.HasValue ? [a.Value] : (object?[])[]])];
        Bind(rest, values is [{ } only] && LanguagePrimitives.GetEnumerable(only) is not null ? only : values, null, convert: true);
        left.Clear();
    }

    private ParameterBindingException NotProcessed(CommandArgument argument, ParameterBindingException? refusal)
        => argument.Name is not null
            ? Error("NamedParameterNotFound", "A parameter cannot be found that matches parameter name '" + argument.Name + "'.")
            : refusal ?? Error("PositionalParameterNotFound", "A positional parameter cannot be found that accepts argument '" + (argument.Value ?? "$null") + "'.");

    /// <summary>
    /// Binds an object of the pipeline. Values that fit as they are come before values that must be converted; the whole object comes
    /// before its properties; a set that has precedence comes before all others.
    /// </summary>
    private bool BindInput(PSObject? input)
    {
        bool any = false;
        foreach (bool isPrecedence in _precedence == 0 ? (bool[])[false] : [true, false])
        {
            uint sets = isPrecedence ? _precedence : _current & ~_precedence;
            foreach ((Source source, bool convert) in ((Source, bool)[])[(Source.Value, false), (Source.Property, false), (Source.Value, true), (Source.Property, true)])
            {
                if (!BindFrom(input, source, convert, sets))
                {
                    continue;
                }

                any = true;
                if (!isPrecedence)
                {
                    ChooseSet(beforePipeline: true, useDefault: true);
                    sets = _current;
                }
            }

            if (isPrecedence && _current == _precedence)
            {
                break;
            }
        }

        ChooseSet(beforePipeline: false, useDefault: true);
        return any;
    }

    private bool BindFrom(PSObject? input, Source source, bool convert, uint sets)
        => (_default & sets) != 0
            ? BindIn(input, source, convert, _default) || BindIn(input, source, convert, sets & ~_default)
            : BindIn(input, source, convert, sets);

    private bool BindIn(PSObject? input, Source source, bool convert, uint sets)
    {
        bool any = false;
        foreach (CommandParameter parameter in Unbound.Reverse().ToList())
        {
            if (!parameter.In(sets, _sets).Any(s => source == Source.Value ? s.ValueFromPipeline : s.ValueFromPipelineByPropertyName)
                || !TryGetValue(input, source, parameter, out object? value))
            {
                continue;
            }

            object? before = parameter.Get();
            try
            {
                if (Bind(parameter, value, null, convert))
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

    private static bool TryGetValue(PSObject? input, Source source, CommandParameter parameter, out object? value)
    {
        value = input;
        if (source == Source.Value)
        {
            return true;
        }

        PSPropertyInfo? property = NamesOf(parameter).Select(n => input?.Properties[n]).FirstOrDefault(p => p is not null);
        value = property?.Value;
        return property is not null;
    }
}
