using System;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Output;

/// <summary>What a synchronization found different about one runbook.</summary>
public sealed class SMRunbookChange : IConnectorText, IDetailsText
{
    private readonly RunbookChange _change;

    internal SMRunbookChange(RunbookChange change, string connector)
    {
        Connector = connector;
        _change = change;
        Name = change.Name;
        Path = change.Path;
        Properties = new TextList<string>(change.Properties.Select(p => p.Name).ToArray());
        // What an admin asks first stands first: that somebody touched the runbook is no news after that.
        Details = new TextList<string>(change.Properties.Where(p => Rank(p) == 0).Select(p => p.ToString())
            .Concat(change.Parameters.Select(p => p.ToString()))
            .Concat(change.Properties.Where(p => Rank(p) > 0).OrderBy(Rank).Select(p => p.ToString()))
            .ToArray(), "; ");
        Id = change.Id;
        InvalidReason = change.InvalidReason;
    }

    /// <summary>The connector.</summary>
    public string Connector { get; }

    /// <summary>Added, Changed, Missing or Returned.</summary>
    public RunbookChangeKind Change => _change.Kind;

    /// <summary>The runbook's name.</summary>
    public string Name { get; }

    /// <summary>The runbook's path.</summary>
    public string Path { get; }

    /// <summary>Whether the contract moved: None, IdsOnly or Names.</summary>
    public ContractChange Contract => _change.Contract;

    /// <summary>The names of the properties that differ.</summary>
    public TextList<string> Properties { get; }

    /// <summary>Every difference with old and new value.</summary>
    public TextList<string> Details { get; }

    /// <summary>With -WhatIf: why the runbook would become invalid by it; empty when it would not.</summary>
    public string? InvalidReason { get; }

    /// <summary>The runbook's id.</summary>
    public Guid Id { get; }

    private static int Rank(PropertyChange change) => change.Name switch
    {
        nameof(Runbook.Name) or nameof(Runbook.Path) => 0,
        nameof(Runbook.LastModifiedBy) or nameof(Runbook.LastModifiedTime) => 2,
        _ => 1,
    };

    string IConnectorText.ConnectorText => Display.Beside(Connector);

    string IDetailsText.DetailsText => Display.Short(InvalidReason is null ? Details.ToString() : $"Becomes invalid; {Details}");

    /// <inheritdoc/>
    public override string ToString() => Details.Count == 0 ? $"{Change}: {Path}" : $"{Change}: {Path} ({string.Join("; ", Details)})";
}
