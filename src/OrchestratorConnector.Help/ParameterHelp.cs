using System.Collections.Generic;

namespace OrchestratorConnector.Help;

/// <summary>All that the help says of one parameter.</summary>
internal sealed record ParameterHelp
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Its type as an admin reads it: String[].</summary>
    public required TypeHelp Type { get; init; }

    /// <summary>Whether it takes several values.</summary>
    public required bool IsList { get; init; }

    /// <summary>Whether it takes no value.</summary>
    public required bool IsSwitch { get; init; }

    /// <summary>The paragraphs of its text.</summary>
    public required IReadOnlyList<string> Text { get; init; }

    /// <summary>Other names.</summary>
    public required IReadOnlyList<string> Aliases { get; init; }

    /// <summary>Whether its values may be patterns.</summary>
    public required bool TakesWildcards { get; init; }

    /// <summary>Its values, where they are a known set.</summary>
    public required IReadOnlyList<string> Values { get; init; }

    /// <summary>Its value when it is not given, where that can be said in a word.</summary>
    public required string? Default { get; init; }

    /// <summary>How it stands in each parameter set.</summary>
    public required IReadOnlyList<ParameterUse> Uses { get; init; }
}
