using System.Collections.Generic;

namespace OrchestratorConnector.Transfer.Json;

/// <summary>A value of a JSON text, and where it stands.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Line">The line it begins in, from 1.</param>
internal sealed record JsonValue(JsonKind Kind, int Line)
{
    /// <summary>A text's characters, or a number as it is written.</summary>
    public string Text { get; init; } = string.Empty;

    /// <summary>What an array holds.</summary>
    public IReadOnlyList<JsonValue> Items { get; init; } = [];

    /// <summary>What an object holds, in its order; a name may stand there twice.</summary>
    public IReadOnlyList<KeyValuePair<string, JsonValue>> Members { get; init; } = [];
}
