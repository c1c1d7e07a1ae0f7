using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Scheduling;

namespace OrchestratorConnector.Core.Tests.Scheduling;

/// <summary>Answers for the tools of a scheduler, and keeps what they were asked.</summary>
internal sealed class ScriptedRunner : ICommandRunner
{
    private readonly List<(string Start, Func<CommandResult> Answer)> _answers = [];

    /// <summary>The commands that were run, each as one line.</summary>
    public List<string> Commands { get; } = [];

    /// <summary>What the last command with an input read.</summary>
    public byte[]? Input { get; private set; }

    /// <summary>Answers commands that start so; of several rules the last one holds, and without any they end well and say nothing.</summary>
    public ScriptedRunner On(string start, string output = "", int exitCode = 0, string errors = "")
        => On(start, () => new CommandResult(exitCode, Encoding.UTF8.GetBytes(output), errors));

    public ScriptedRunner On(string start, Func<CommandResult> answer)
    {
        _answers.Add((start, answer));
        return this;
    }

    public Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, byte[]? input, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        string line = string.Join(' ', [program, .. arguments]);
        Commands.Add(line);
        Input = input ?? Input;
        return Task.FromResult(_answers.LastOrDefault(a => line.StartsWith(a.Start, StringComparison.Ordinal)).Answer?.Invoke() ?? new CommandResult(0, [], ""));
    }
}
