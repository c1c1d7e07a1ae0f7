using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Jobs;

/// <summary>Whether a runbook activity still fits its runbook: pure functions.</summary>
public static class ActivityCheck
{
    /// <summary>What of an activity does not fit a contract at all.</summary>
    /// <param name="activity">The activity.</param>
    /// <param name="contract">The runbook's contract.</param>
    /// <param name="demandsAll">Whether every input has to have a source.</param>
    public static IReadOnlyList<string> FindMistakes(RunbookActivity activity, IReadOnlyList<RunbookParameter> contract, bool demandsAll)
    {
        List<string> mistakes = [];
        string[] filled = [.. Filled(activity)];
        mistakes.AddRange(filled.Where(n => ContractComparison.Find(contract, n, ParameterDirection.In) is null).Select(n => $"there is no input '{n}'"));
        mistakes.AddRange(activity.OutputMap.Where(o => ContractComparison.Find(contract, o.Key, ParameterDirection.Out) is null).Select(o => $"there is no output '{o.Key}'"));
        if (demandsAll)
        {
            mistakes.AddRange(contract
                .Where(p => p.Direction == ParameterDirection.In && !filled.Contains(p.Name, StringComparer.OrdinalIgnoreCase))
                .Select(p => $"nothing fills the input '{p.Name}'"));
        }

        return mistakes;
    }

    /// <summary>
    /// What of an activity another contract breaks: something mapped is gone, goes the other way or has another type, or a new
    /// input has nothing that fills it. Other ids break nothing: mappings go by name.
    /// </summary>
    public static IReadOnlyList<string> FindBreaks(RunbookActivity activity, IReadOnlyList<RunbookParameter> accepted, IReadOnlyList<RunbookParameter> now)
    {
        List<string> breaks = [];
        string[] filled = [.. Filled(activity)];
        foreach ((string name, ParameterDirection direction) in filled.Select(n => (n, ParameterDirection.In)).Concat(activity.OutputMap.Select(o => (o.Key, ParameterDirection.Out))))
        {
            string what = direction == ParameterDirection.In ? "input" : "output";
            RunbookParameter? old = ContractComparison.Find(accepted, name, direction);
            RunbookParameter? same = ContractComparison.Find(now, name, direction);
            if (same is null)
            {
                ParameterDirection other = direction == ParameterDirection.In ? ParameterDirection.Out : ParameterDirection.In;
                bool turned = ContractComparison.Find(now, name, other) is not null && ContractComparison.Find(accepted, name, other) is null;
                breaks.Add(turned ? $"the {what} '{name}' goes the other way now" : $"the {what} '{name}' is gone");
            }
            else if (old is not null && !ContractComparison.IsSameType(old, same))
            {
                breaks.Add($"the {what} '{name}' was {old.Type} and is {same.Type}");
            }
        }

        breaks.AddRange(now
            .Where(p => p.Direction == ParameterDirection.In
                && ContractComparison.Find(accepted, p.Name, ParameterDirection.In) is null
                && !filled.Contains(p.Name, StringComparer.OrdinalIgnoreCase))
            .Select(p => $"the input '{p.Name}' is new"));
        return breaks;
    }

    /// <summary>Why a runbook becomes, or stays, invalid: what its contract breaks of the activities that depend on it.</summary>
    /// <param name="pair">The runbook in the library and at the source.</param>
    /// <param name="activities">All activities.</param>
    /// <returns><see langword="null"/> when nothing breaks.</returns>
    public static string? Invalidates(RunbookPair pair, IEnumerable<RunbookActivity> activities)
    {
        if (pair is not { Before: { } before, After: { } after })
        {
            return null;
        }

        IReadOnlyList<RunbookParameter> accepted = before.AcceptedContract ?? before.Runbook.Parameters ?? [];
        string[] broken =
        [
            .. from activity in activities
               where activity.ConnectorId == before.ConnectorId && activity.RunbookId == before.Runbook.Id
               let breaks = FindBreaks(activity, accepted, after.Parameters ?? [])
               where breaks.Count > 0
               select $"'{activity.Name}' ({string.Join(", ", breaks)})",
        ];
        return broken.Length == 0 ? null : $"Its contract changed under the runbook activities that depend on it: {string.Join("; ", broken)}.";
    }

    private static IEnumerable<string> Filled(RunbookActivity activity) =>
        activity.Map.Select(m => m.Parameter).Concat(activity.Defaults.Select(d => d.Key)).Distinct(StringComparer.OrdinalIgnoreCase);
}
