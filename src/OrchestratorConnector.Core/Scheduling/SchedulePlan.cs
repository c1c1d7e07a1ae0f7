using System.Collections.Generic;
using System.Linq;

namespace OrchestratorConnector.Scheduling;

/// <summary>Exactly what a registration would do.</summary>
/// <param name="Texts">What would be installed: where, and its text.</param>
/// <param name="Commands">What would be run, in order.</param>
internal sealed record SchedulePlan(IReadOnlyList<(string Where, string Text)> Texts, IReadOnlyList<string> Commands)
{
    /// <summary>The other schedulers, by name, whose registration would be taken away.</summary>
    public IReadOnlyList<string> Replaced { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() => string.Concat(
        Texts.Select(t => $"{t.Where}:\n{t.Text}\n")
            .Concat(Commands.Select(c => $"Run: {c}\n"))
            .Concat(Replaced.Select(r => $"{r} gives up what it has under this name.\n")));
}
