using System;
using System.Collections.Generic;
using System.Linq;

namespace OrchestratorConnector.Model;

/// <summary>What two contracts are compared by: a runbook's parameters in one fixed order.</summary>
public static class RunbookContract
{
    /// <summary>
    /// The same parameters, inputs first, then by name in any case, then by id. The servers answer in an order that means
    /// nothing (by key), so two answers with the same parameters must give the same contract.
    /// </summary>
    public static IReadOnlyList<RunbookParameter> Normalize(IEnumerable<RunbookParameter> parameters)
    {
        RunbookParameter[] sorted = parameters.ToArray();
        if (sorted.Length > 1)
        {
            Array.Sort(sorted, Order);
        }

        return sorted;
    }

    private static int Order(RunbookParameter x, RunbookParameter y)
    {
        int order = x.Direction.CompareTo(y.Direction);
        if (order == 0)
        {
            order = StringComparer.OrdinalIgnoreCase.Compare(x.Name, y.Name);
        }

        return order != 0 ? order : x.Id.CompareTo(y.Id);
    }
}
