using System.Collections.Generic;

namespace System.Management.Automation.Double;

/// <summary>One run, ready to start: the commands with their arguments, and what is piped in.</summary>
internal sealed class Invocation
{
    private readonly Shell _shell;
    private readonly string _line;
    private readonly IReadOnlyList<(string Name, IReadOnlyList<CommandArgument> Arguments)> _commands;
    private readonly IReadOnlyList<object?>? _input;
    private readonly object _gate = new();
    private Pipeline? _pipeline;
    private bool _isStopped;

    internal Invocation(Shell shell, string line, IReadOnlyList<(string Name, IReadOnlyList<CommandArgument> Arguments)> commands, IReadOnlyList<object?>? input)
    {
        _shell = shell;
        _line = line;
        _commands = commands;
        _input = input;
    }

    internal Recorder Recorder { get; } = new();

    internal ShellResult Run()
    {
        Exception? failure;
        try
        {
            Pipeline pipeline = Build();
            lock (_gate)
            {
                _pipeline = pipeline;
                if (_isStopped)
                {
                    pipeline.Stop();
                }
            }

            failure = pipeline.Run(_input);
        }
        catch (CommandNotFoundException e)
        {
            failure = e;
        }

        IReadOnlyList<ShellRecord> records = Recorder.Close();
        bool stopped = failure is PipelineStoppedException;
        ErrorRecord? error = failure is null || stopped ? null
            : failure is IContainsErrorRecord carrier ? carrier.ErrorRecord
            : new ErrorRecord(failure, failure.GetType().FullName!, ErrorCategory.NotSpecified, null);
        return new ShellResult(records, error, stopped, error is not null || _pipeline?.HadErrors == true);
    }

    internal void Stop()
    {
        Pipeline? pipeline;
        lock (_gate)
        {
            _isStopped = true;
            pipeline = _pipeline;
        }

        pipeline?.Stop();
    }

    private Pipeline Build()
    {
        List<Stage> stages = [];
        foreach ((string name, IReadOnlyList<CommandArgument> arguments) in _commands)
        {
            CmdletInfo command = _shell.FindCmdlet(name)
                ?? throw new CommandNotFoundException("The term '" + name + "' is not recognized as a name of a cmdlet, function, script file, or executable program." + Environment.NewLine + "Check the spelling of the name, or if a path was included, verify that the path is correct and try again.", name);
            stages.Add(new CmdletStage(_shell, command, arguments, _line));
        }

        return new Pipeline(stages, Recorder, _input is not null);
    }
}
