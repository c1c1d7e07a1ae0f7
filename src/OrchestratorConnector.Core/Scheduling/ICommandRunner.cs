using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace OrchestratorConnector.Scheduling;

/// <summary>The port through which the tools of a scheduler are run: no shell between, and never for long.</summary>
internal interface ICommandRunner
{
    /// <summary>Runs a program to its end.</summary>
    /// <param name="program">Its name; looked for on PATH.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="input">What it reads from its standard input; nothing without it.</param>
    /// <param name="cancellationToken">Ends it.</param>
    Task<CommandResult> RunAsync(string program, IReadOnlyList<string> arguments, byte[]? input, CancellationToken cancellationToken);
}
