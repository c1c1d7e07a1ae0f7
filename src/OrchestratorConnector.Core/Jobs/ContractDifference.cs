using OrchestratorConnector.Model;

namespace OrchestratorConnector.Jobs;

/// <summary>One parameter in two contracts of one runbook.</summary>
/// <param name="Accepted">As it was accepted; <see langword="null"/> for a new one.</param>
/// <param name="Now">As it is now; <see langword="null"/> for one that is gone.</param>
public sealed record ContractDifference(RunbookParameter? Accepted, RunbookParameter? Now)
{
    /// <summary>The parameter in words.</summary>
    public static string Describe(RunbookParameter? parameter) => parameter switch
    {
        null => "none",
        { Type: { } type } => $"{parameter.Direction} '{parameter.Name}' ({type})",
        _ => $"{parameter.Direction} '{parameter.Name}'",
    };

    /// <inheritdoc/>
    public override string ToString() => $"{Describe(Accepted)} -> {Describe(Now)}";
}
