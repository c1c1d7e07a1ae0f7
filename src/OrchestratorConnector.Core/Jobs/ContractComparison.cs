using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Jobs;

/// <summary>Two contracts of one runbook side by side: the one that was accepted, and the one that it has now.</summary>
public static class ContractComparison
{
    /// <summary>The parameters that what goes by name has to look at again: gone, new, or of another type.</summary>
    public static IReadOnlyList<ContractDifference> Of(IReadOnlyList<RunbookParameter> accepted, IReadOnlyList<RunbookParameter> now)
    {
        List<ContractDifference> differences = [];
        foreach (RunbookParameter old in accepted)
        {
            RunbookParameter? same = Find(now, old.Name, old.Direction);
            if (same is null || !IsSameType(old, same))
            {
                differences.Add(new ContractDifference(old, same ?? Turned(accepted, now, old)));
            }
        }

        differences.AddRange(now
            .Where(n => Find(accepted, n.Name, n.Direction) is null && !differences.Exists(d => ReferenceEquals(d.Now, n)))
            .Select(n => new ContractDifference(null, n)));
        return differences;
    }

    /// <summary>The same in words.</summary>
    public static string Text(IReadOnlyList<RunbookParameter> accepted, IReadOnlyList<RunbookParameter> now) =>
        string.Join("; ", Of(accepted, now)) is { Length: > 0 } text ? $"Accepted -> now: {text}." : string.Empty;

    /// <summary>The parameter of a name in any case and a direction.</summary>
    public static RunbookParameter? Find(IEnumerable<RunbookParameter> contract, string name, ParameterDirection direction) =>
        contract.FirstOrDefault(p => p.Direction == direction && p.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>A type that only one side tells is no difference: the Web API tells none.</summary>
    internal static bool IsSameType(RunbookParameter one, RunbookParameter other) =>
        one.Type is null || other.Type is null || one.Type.Equals(other.Type, StringComparison.OrdinalIgnoreCase);

    // The one of the same name that goes the other way now.
    private static RunbookParameter? Turned(IReadOnlyList<RunbookParameter> accepted, IReadOnlyList<RunbookParameter> now, RunbookParameter old)
    {
        ParameterDirection other = old.Direction == ParameterDirection.In ? ParameterDirection.Out : ParameterDirection.In;
        return Find(accepted, old.Name, other) is null ? Find(now, old.Name, other) : null;
    }
}
