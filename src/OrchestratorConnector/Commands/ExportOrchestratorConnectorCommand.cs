using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.Transfer;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Writes connectors into a JSON file, with their Run As accounts and runbook activities. Import-OrchestratorConnector makes
/// another environment alike with it. Never a password: of an account the user name is
/// exported, or the name of its secret. A default of a runbook activity whose input's name says that it is a secret is left out
/// with a warning. Script blocks and other defaults are exported as they were typed. The library, the history and the jobs are
/// not exported.
/// </summary>
/// <example>
/// <code>Export-OrchestratorConnector connectors.json</code>
/// <para>Writes all connectors, with their accounts and runbook activities.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorConnector Prod* | Export-OrchestratorConnector production.json -PassThru</code>
/// <para>Writes the connectors whose names start with Prod, and returns the file.</para>
/// </example>
/// <example>
/// <code>
/// Export-OrchestratorConnector connectors.json -Name Production
/// (Get-Content connectors.json -Raw | ConvertFrom-Json).Connectors | Select-Object Name, ServiceUrl
/// </code>
/// <para>Looks into the file.</para>
/// </example>
[Cmdlet(VerbsData.Export, "OrchestratorConnector", SupportsShouldProcess = true, DefaultParameterSetName = ByPath)]
[OutputType(typeof(FileInfo))]
public sealed class ExportOrchestratorConnectorCommand : ExportCmdlet
{
    private readonly List<Connector> _connectors = [];
    private IStateStore? _source;

    /// <summary>The connectors' names; wildcards choose several. All without it.</summary>
    [Parameter(Position = 1, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (IsStoreChanging)
        {
            throw Error.ExportStoresMixed(Path ?? LiteralPath!, _source!.Location);
        }

        _source = Store;
        _connectors.AddRange(SelectConnectors(Name).Select(c => c.Connector).Where(c => !_connectors.Exists(k => k.Id == c.Id)));
    }

    /// <inheritdoc/>
    private protected override void End()
    {
        if (_connectors.Count == 0)
        {
            WriteWarning("There is no connector to export; no file was written.");
            return;
        }

        ConnectorDocument document = ConnectorDocumentBuilder.Build(_connectors, _source!.GetAccounts(), _source.GetActivities(), DateTime.UtcNow);
        foreach (DocumentActivity activity in document.Activities.Where(a => a.WithheldDefaults.Count > 0))
        {
            WriteWarning($"The default of {string.Join(", ", activity.WithheldDefaults.Select(n => $"'{n}'"))} of the runbook activity '{activity.Activity.Name}' looks like a secret and is not exported.");
        }

        WriteFile("Export connectors", stream => ConnectorDocumentWriter.Write(document, stream));
    }
}
