using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Sync;

/// <summary>The difference between a runbook in the library and the same runbook at the source: a pure function.</summary>
public static class RunbookDifference
{
    /// <summary>Says what happened to a runbook. At least one side is there.</summary>
    public static RunbookChange Compare(RunbookPair pair)
    {
        switch (pair)
        {
            case { Before: null, After: { } added }:
                return Of(RunbookChangeKind.Added, added);
            case { Before: { } gone, After: null }:
                return Of(RunbookChangeKind.Missing, gone.Runbook);
            case { Before: { } before, After: { } after }:
                List<ParameterChange> parameters = CompareParameters(before.Runbook.Parameters ?? [], after.Parameters ?? []);
                return new RunbookChange
                {
                    Kind = before.Status is RunbookStatus.Missing or RunbookStatus.PendingDelete ? RunbookChangeKind.Returned : RunbookChangeKind.Changed,
                    Id = after.Id,
                    Name = after.Name,
                    Path = after.Path,
                    Properties = CompareProperties(before.Runbook, after),
                    Parameters = parameters,
                    Contract = Weigh(parameters),
                };
            default:
                throw new ArgumentException("There is nothing to compare.", nameof(pair));
        }
    }

    private static RunbookChange Of(RunbookChangeKind kind, Runbook runbook) =>
        new() { Kind = kind, Id = runbook.Id, Name = runbook.Name, Path = runbook.Path };

    private static List<PropertyChange> CompareProperties(Runbook before, Runbook after)
    {
        List<PropertyChange> changes = [];
        Add(nameof(Runbook.Name), before.Name, after.Name);
        Add(nameof(Runbook.Path), before.Path, after.Path);
        Add(nameof(Runbook.FolderId), before.FolderId.ToString(), after.FolderId.ToString());
        Add(nameof(Runbook.Description), before.Description, after.Description);
        Add(nameof(Runbook.IsMonitor), Text(before.IsMonitor), Text(after.IsMonitor));
        Add(nameof(Runbook.CreatedBy), before.CreatedBy, after.CreatedBy);
        Add(nameof(Runbook.CreationTime), Text(before.CreationTime), Text(after.CreationTime));
        Add(nameof(Runbook.LastModifiedBy), before.LastModifiedBy, after.LastModifiedBy);
        Add(nameof(Runbook.LastModifiedTime), Text(before.LastModifiedTime), Text(after.LastModifiedTime));
        Add(nameof(Runbook.CheckedOutBy), before.CheckedOutBy, after.CheckedOutBy);
        Add(nameof(Runbook.CheckedOutTime), Text(before.CheckedOutTime), Text(after.CheckedOutTime));
        return changes;

        void Add(string name, string? old, string? now)
        {
            if (!string.Equals(old, now, StringComparison.Ordinal))
            {
                changes.Add(new PropertyChange(name, old, now));
            }
        }
    }

    private static string Text(bool flag) => flag ? "true" : "false";

    private static string? Text(DateTime? time) => time?.ToString("o", CultureInfo.InvariantCulture);

    /// <summary>
    /// Pairs parameters by direction and name first, then the rest by id: what kept its name is the same parameter whatever
    /// its id, and what kept only its id was renamed or turned round.
    /// </summary>
    private static List<ParameterChange> CompareParameters(IReadOnlyList<RunbookParameter> before, IReadOnlyList<RunbookParameter> after)
    {
        List<ParameterChange> changes = [];
        List<RunbookParameter> gone = [.. before];
        List<RunbookParameter> fresh = [];
        foreach (RunbookParameter now in after)
        {
            RunbookParameter? old = gone.Find(p => p.Id == now.Id && IsNamesake(p, now)) ?? gone.Find(p => IsNamesake(p, now));
            if (old is null)
            {
                fresh.Add(now);
                continue;
            }

            gone.Remove(old);
            AddDifferences(changes, old, now);
        }

        foreach (RunbookParameter now in fresh)
        {
            RunbookParameter? old = gone.Find(p => p.Id == now.Id);
            if (old is null)
            {
                changes.Add(new ParameterChange(now.Name, now.Direction, ParameterChangeKind.Added, null, now.Id.ToString()));
                continue;
            }

            gone.Remove(old);
            AddDifferences(changes, old, now);
        }

        changes.AddRange(gone.Select(p => new ParameterChange(p.Name, p.Direction, ParameterChangeKind.Removed, p.Id.ToString(), null)));
        return changes;
    }

    private static bool IsNamesake(RunbookParameter one, RunbookParameter other) =>
        one.Direction == other.Direction && string.Equals(one.Name, other.Name, StringComparison.OrdinalIgnoreCase);

    private static void AddDifferences(List<ParameterChange> changes, RunbookParameter old, RunbookParameter now)
    {
        Add(ParameterChangeKind.Name, old.Name, now.Name);
        Add(ParameterChangeKind.Direction, old.Direction.ToString(), now.Direction.ToString());
        Add(ParameterChangeKind.Id, old.Id.ToString(), now.Id.ToString());
        Add(ParameterChangeKind.Type, old.Type, now.Type);
        Add(ParameterChangeKind.Description, old.Description, now.Description);

        void Add(ParameterChangeKind kind, string? before, string? after)
        {
            if (!string.Equals(before, after, StringComparison.Ordinal))
            {
                changes.Add(new ParameterChange(now.Name, now.Direction, kind, before, after));
            }
        }
    }

    /// <summary>A description is no part of the contract; a name that only changed its case still fits.</summary>
    private static ContractChange Weigh(List<ParameterChange> changes)
    {
        ContractChange weight = ContractChange.None;
        foreach (ParameterChange change in changes)
        {
            ContractChange of = change.Kind switch
            {
                ParameterChangeKind.Description => ContractChange.None,
                ParameterChangeKind.Id => ContractChange.IdsOnly,
                ParameterChangeKind.Name when string.Equals(change.Before, change.After, StringComparison.OrdinalIgnoreCase) => ContractChange.None,
                _ => ContractChange.Names,
            };
            weight = of > weight ? of : weight;
        }

        return weight;
    }
}
