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
