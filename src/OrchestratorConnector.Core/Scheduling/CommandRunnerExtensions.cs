using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Scheduling;

/// <summary>Running what has to succeed.</summary>
internal static class CommandRunnerExtensions
{
    /// <summary>Runs a program that has to end well.</summary>
    /// <exception cref="OrchestratorException">SchedulerFailed.</exception>
    public static async Task<CommandResult> RequireAsync(this ICommandRunner runner, string program, IReadOnlyList<string> arguments, byte[]? input, CancellationToken cancellationToken)
    {
        CommandResult result = await runner.RunAsync(program, arguments, input, cancellationToken).ConfigureAwait(false);
        return result.IsGood ? result : throw Failure(program, arguments, result);
    }

    /// <summary>The error that a program's end is.</summary>
    public static OrchestratorException Failure(string program, IReadOnlyList<string> arguments, CommandResult result) =>
        Error.SchedulerFailed(ProcessRunner.Shown(program, arguments), FormattableString.Invariant($"exit code {result.ExitCode}. {result.Errors}").Trim(), null);
}
