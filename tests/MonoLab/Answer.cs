using System;
using System.Collections.Generic;
using System.Linq;

namespace OrchestratorConnector.MonoLab;

/// <summary>What a line gave.</summary>
internal sealed class Answer
{
    private readonly List<(string Kind, string[] Values)> _lines = [];

    /// <summary>The objects, each as its properties in text.</summary>
    internal IReadOnlyList<IReadOnlyDictionary<string, string>> Output =>
        [.. Of("output").Select(v => v.Chunk(2).ToDictionary(p => p[0], p => p[1], StringComparer.OrdinalIgnoreCase))];

    /// <summary>The only object.</summary>
    internal IReadOnlyDictionary<string, string> Single =>
        Output is [var one] ? one : throw new LabException($"{Output.Count} objects instead of one. {this}");

    /// <summary>The ids of the errors.</summary>
    internal IReadOnlyList<string> Errors => [.. Of("error").Select(v => v[0])];

    /// <summary>What was said on the streams beside, and the whole text of the errors.</summary>
    internal string Text => string.Join('\n', _lines.Where(l => l.Kind is "said" or "error").SelectMany(l => l.Values));

    /// <summary>The values of an answer that is no result of a command.</summary>
    internal IReadOnlyList<string> Values => [.. Of("value").SelectMany(v => v)];

    /// <summary>Whether the run was stopped.</summary>
    internal bool Stopped => _lines.Any(l => l.Kind == "stopped");

    /// <inheritdoc/>
    public override string ToString() => Text;

    internal void Add(string kind, string[] values) => _lines.Add((kind, values));

    private IEnumerable<string[]> Of(string kind) => _lines.Where(l => l.Kind == kind).Select(l => l.Values);
}
