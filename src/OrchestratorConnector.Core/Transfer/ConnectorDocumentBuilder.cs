using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Transfer;

/// <summary>Makes a document of what a store holds: a pure function.</summary>
internal static class ConnectorDocumentBuilder
{
    /// <summary>A document of connectors, in an order that does not depend on the store.</summary>
    /// <param name="connectors">The connectors that go into it.</param>
    /// <param name="accounts">All accounts; those go into it that one of the connectors uses.</param>
    /// <param name="activities">All runbook activities; those over one of the connectors go into it.</param>
    /// <param name="time">The present time, in UTC.</param>
    public static ConnectorDocument Build(
        IReadOnlyCollection<Connector> connectors, IEnumerable<RunAsAccount> accounts, IEnumerable<RunbookActivity> activities, DateTime time)
    {
        HashSet<string> used = new(connectors.Select(c => c.RunAsAccount).OfType<string>(), StringComparer.OrdinalIgnoreCase);
        return new ConnectorDocument
        {
            ProductVersion = typeof(ConnectorDocument).Assembly.GetName().Version!.ToString(3),
            ExportTime = time,
            Accounts = Sorted(accounts.Where(a => used.Contains(a.Name)).Select(Portable), a => a.Name),
            Connectors = Sorted(connectors.Select(Portable), c => c.Name),
            Activities = Sorted(
                from activity in activities
                from connector in connectors
                where activity.ConnectorId == connector.Id
                select Portable(activity, connector.Name),
                a => a.Activity.Name),
        };
    }

    private static RunAsAccount Portable(RunAsAccount account) => new()
    {
        Name = account.Name,
        Description = account.Description,
        UserName = account.UserName,
        SecretName = account.SecretName,
        Vault = account.Vault,
    };

    private static Connector Portable(Connector connector) => connector with { Id = 0, KnownEncoding = ParameterEncoding.Auto, Home = null, CreationTime = default };

    private static DocumentActivity Portable(RunbookActivity activity, string connector)
    {
        RunbookActivity portable = activity with
        {
            Id = 0,
            ConnectorId = 0,
            CreationTime = default,
            Map = Sorted(activity.Map, m => m.Parameter),
            OutputMap = Sorted(activity.OutputMap, o => o.Key),
            Defaults = Sorted(activity.Defaults.Where(d => !SecretNames.Fit(d.Key)), d => d.Key),
        };
        return new DocumentActivity(portable, connector, Sorted(activity.Defaults.Select(d => d.Key).Where(SecretNames.Fit), n => n));
    }

    private static T[] Sorted<T>(IEnumerable<T> items, Func<T, string> nameOf) => [.. items.OrderBy(nameOf, StringComparer.OrdinalIgnoreCase).ThenBy(nameOf, StringComparer.Ordinal)];
}
