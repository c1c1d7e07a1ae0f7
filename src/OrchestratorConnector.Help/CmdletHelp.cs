using System.Collections.Generic;

namespace OrchestratorConnector.Help;

/// <summary>All that the help says of one cmdlet.</summary>
internal sealed record CmdletHelp
{
    /// <summary>The approved verb.</summary>
    public required string Verb { get; init; }

    /// <summary>The noun.</summary>
    public required string Noun { get; init; }

    /// <summary>One sentence.</summary>
    public required string Synopsis { get; init; }

    /// <summary>The paragraphs of the description.</summary>
    public required IReadOnlyList<string> Description { get; init; }

    /// <summary>The names of the parameter sets, the default one first; one empty name when there is but one.</summary>
    public required IReadOnlyList<string> ParameterSets { get; init; }

    /// <summary>Every parameter, by name.</summary>
    public required IReadOnlyList<ParameterHelp> Parameters { get; init; }

    /// <summary>What it returns, and what that is.</summary>
    public required IReadOnlyList<TypeHelp> Outputs { get; init; }

    /// <summary>The examples in their order.</summary>
    public required IReadOnlyList<ExampleHelp> Examples { get; init; }

    /// <summary>Names of other topics.</summary>
    public required IReadOnlyList<string> Links { get; init; }

    /// <summary>Verb and noun.</summary>
    public string Name => $"{Verb}-{Noun}";
}

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

/// <summary>How a parameter stands in a parameter set.</summary>
/// <param name="ParameterSet">The set's name; <see langword="null"/> for all.</param>
/// <param name="IsRequired">Whether it must be given.</param>
/// <param name="Position">Its position, counted from zero; <see langword="null"/> when it has to be named.</param>
/// <param name="FromPipeline">Whether objects of the pipeline are its value.</param>
/// <param name="FromPipelineProperty">Whether properties of objects of the pipeline are.</param>
internal sealed record ParameterUse(string? ParameterSet, bool IsRequired, int? Position, bool FromPipeline, bool FromPipelineProperty);

/// <summary>An example that can be run as it is.</summary>
/// <param name="Code">Its lines.</param>
/// <param name="Text">What it does.</param>
internal sealed record ExampleHelp(string Code, IReadOnlyList<string> Text);

/// <summary>A type and what is said of it.</summary>
/// <param name="Name">The short name.</param>
/// <param name="FullName">The name with its namespace.</param>
/// <param name="Text">What it is.</param>
internal sealed record TypeHelp(string Name, string FullName, IReadOnlyList<string> Text);
