using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Transfer;

/// <summary>What differs between what a store holds and what it is to hold: pure functions. The keys and times of a store are no difference.</summary>
internal static class ImportDifference
{
    /// <summary>Between two accounts. A password is never compared.</summary>
    /// <param name="before">As it is; <see langword="null"/> when it is not there.</param>
    /// <param name="after">As it is to be.</param>
    public static IReadOnlyList<PropertyChange> Between(RunAsAccount? before, RunAsAccount after) => Differing(Texts(before), Texts(after));

    /// <summary>Between two connectors.</summary>
    public static IReadOnlyList<PropertyChange> Between(Connector? before, Connector after) => Differing(Texts(before), Texts(after));

    /// <summary>Between two runbook activities, with the names of their connectors.</summary>
    public static IReadOnlyList<PropertyChange> Between(RunbookActivity? before, string? connectorBefore, RunbookActivity after, string connectorAfter) =>
        Differing(Texts(before, connectorBefore), Texts(after, connectorAfter));

    private static List<(string Name, string? Text)> Texts(RunAsAccount? account) => account is null ? [] :
    [
        (nameof(account.Name), account.Name),
        (nameof(account.Description), account.Description),
        (nameof(account.UserName), account.UserName),
        (nameof(account.SecretName), account.SecretName),
        (nameof(account.Vault), account.Vault),
    ];

    private static List<(string Name, string? Text)> Texts(Connector? connector) => connector is null ? [] : [.. ConnectorSettings.Of(connector)];

    private static List<(string Name, string? Text)> Texts(RunbookActivity? activity, string? connector) => activity is null ? [] :
    [
        (nameof(activity.Name), activity.Name),
        (nameof(activity.Description), activity.Description),
        (nameof(Connector), connector),
        (nameof(activity.RunbookPath), activity.RunbookPath),
        (nameof(activity.RunbookId), activity.RunbookId.ToString()),
        (nameof(activity.ReadyForAutomation), Text(activity.ReadyForAutomation)),
        .. activity.Map.Select(m => ($"Map '{m.Parameter}'", (string?)(m.IsScript ? "{" + m.Source + "}" : m.Source))),
        .. activity.OutputMap.Select(o => ($"OutputMap '{o.Key}'", (string?)o.Value)),
        .. activity.Defaults.Select(d => ($"Default '{d.Key}'", (string?)d.Value)),
    ];

    private static string Text(bool value) => value ? "true" : "false";

    private static List<PropertyChange> Differing(List<(string Name, string? Text)> before, List<(string Name, string? Text)> after)
    {
        List<PropertyChange> changes = [];
        // What is new is called by its name anyway.
        foreach ((string name, string? text) in before.Count == 0 ? after.Skip(1) : after)
        {
            string? old = before.Find(b => IsSame(b.Name, name)).Text;
            if (!string.Equals(old, text, StringComparison.Ordinal))
            {
                changes.Add(new PropertyChange(name, old, text));
            }
        }

        changes.AddRange(before.Where(b => b.Text is not null && !after.Exists(a => IsSame(a.Name, b.Name))).Select(b => new PropertyChange(b.Name, b.Text, null)));
        return changes;
    }

    private static bool IsSame(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
