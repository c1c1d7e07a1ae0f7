using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace System.Management.Automation.Double;

/// <summary>A call put together from values: <c>shell.Command("Get-Thing").With("Name", "a*").Invoke()</c>.</summary>
public sealed class CommandBuilder
{
    private readonly Shell _shell;
    private readonly List<(string Name, List<CommandArgument> Arguments)> _commands = [];
    private List<object?>? _input;

    internal CommandBuilder(Shell shell, string name)
    {
        _shell = shell;
        Pipe(name);
    }

    private List<CommandArgument> Arguments => _commands[^1].Arguments;

    /// <summary>Gives a parameter a value.</summary>
    public CommandBuilder With(string parameter, object? value)
    {
        Arguments.Add(new CommandArgument(parameter, true, value));
        return this;
    }

    /// <summary>Sets a switch.</summary>
    public CommandBuilder With(string parameter)
    {
        Arguments.Add(new CommandArgument(parameter, false, null));
        return this;
    }

    /// <summary>Gives a table of parameters, as <c>@table</c> does: for names with blanks, and for values that are known only as a table.</summary>
    public CommandBuilder Splat(IDictionary parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        Arguments.AddRange(CommandArgument.Splat(parameters));
        return this;
    }

    /// <summary>Gives a value by position.</summary>
    public CommandBuilder WithArgument(object? value)
    {
        Arguments.Add(new CommandArgument(null, true, value));
        return this;
    }

    /// <summary>Pipes these objects into the first command.</summary>
    public CommandBuilder WithInput(params object?[] objects)
    {
        (_input ??= []).AddRange(objects);
        return this;
    }

    /// <summary>Goes on with the next command of the pipeline.</summary>
    public CommandBuilder Pipe(string name)
    {
        _commands.Add((name, []));
        return this;
    }

    public ShellResult Invoke() => Plan().Run();

    public RunningInvocation InvokeAsync(Action<RunningInvocation, ShellRecord>? onRecord = null) => new(Plan(), onRecord);

    private Invocation Plan()
        => new(
            _shell,
            string.Join(" | ", _commands.Select(c => c.Name)),
            [.. _commands.Select(c => (c.Name, (IReadOnlyList<CommandArgument>)[.. c.Arguments]))],
            _input);
}
