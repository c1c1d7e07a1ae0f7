using System;
using System.Linq;
using OrchestratorConnector.Model;
using OrchestratorConnector.Transfer;

namespace OrchestratorConnector.Output;

/// <summary>What an import made of one account, connector or runbook activity; with -WhatIf, what it would make of it.</summary>
public sealed class ConnectorImportResult : IActionText, ISummaryText
{
    // What of something new says best what it is.
    private static readonly string[] Telling = [nameof(Connector.ServiceUrl), nameof(RunAsAccount.UserName), nameof(RunAsAccount.SecretName), nameof(RunbookActivity.RunbookPath)];

    private readonly ImportItem _item;

    internal ConnectorImportResult(ImportItem item, bool isWhatIf, string statePath)
    {
        _item = item;
        Name = item.Name;
        Changes = new TextList<string>([.. item.Changes.Select(c => item.Action == ImportAction.Created ? $"{c.Name}: {c.After}" : c.ToString())], "; ");
        Reason = item.Reason;
        WhatIf = isWhatIf;
        StatePath = statePath;
    }

    /// <summary>Account, Connector or Activity.</summary>
    public ImportItemKind Kind => _item.Kind;

    /// <summary>The name.</summary>
    public string Name { get; }

    /// <summary>Unchanged, Created, Changed, Skipped (somebody said no), or Failed.</summary>
    public ImportAction Action => _item.Action;

    /// <summary>Every difference with old and new value; of something new, every setting.</summary>
    public TextList<string> Changes { get; }

    /// <summary>Why it failed, or what to know or to do beside.</summary>
    public string? Reason { get; }

    /// <summary>Whether this only says what would have been done.</summary>
    public bool WhatIf { get; }

    /// <summary>The store it is in.</summary>
    public string StatePath { get; }

    /// <summary>What there is to see at a glance.</summary>
    internal string Summary
    {
        get
        {
            string changes = Action == ImportAction.Created
                ? _item.Changes.FirstOrDefault(c => Telling.Contains(c.Name, StringComparer.Ordinal))?.After ?? string.Empty
                : Changes.ToString();
            return Reason is null || changes.Length == 0 ? changes + Reason : $"{changes}. {Reason}";
        }
    }

    string IActionText.ActionText => (Action, WhatIf) switch
    {
        (ImportAction.Created, true) => "Would create",
        (ImportAction.Changed, true) => "Would change",
        _ => Action.ToString(),
    };

    string ISummaryText.SummaryText => Display.Short(Summary);

    /// <inheritdoc/>
    public override string ToString() => Summary.Length == 0 ? $"{Action}: {Kind} '{Name}'" : $"{Action}: {Kind} '{Name}' ({Summary})";
}
