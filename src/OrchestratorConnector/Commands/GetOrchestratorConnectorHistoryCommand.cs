using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Gets past and running synchronizations, newest first, also of connectors that were removed.</summary>
[Cmdlet(VerbsCommon.Get, "OrchestratorConnectorHistory")]
[OutputType(typeof(ConnectorSyncResult))]
public sealed class GetOrchestratorConnectorHistoryCommand : OrchestratorCmdlet
{
    /// <summary>The connectors' names; wildcards choose several. All without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>At most so many for each connector.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        foreach (string name in Name)
        {
            NamePattern pattern = NamePattern.Parse(name);
            System.Collections.Generic.IReadOnlyList<SyncRecord> records = Store.GetHistory(pattern.IsMatch, Last == 0 ? null : Last);
            if (records.Count == 0 && pattern.Literal is { } literal && Store.FindConnector(literal) is null)
            {
                WriteError(Error.ConnectorNotFound(literal, Store.GetConnectors().Select(c => c.Connector.Name)).ToErrorRecord());
            }

            foreach (SyncRecord record in records)
            {
                WriteObject(new ConnectorSyncResult(record, Store.Location));
            }
        }
    }
}
