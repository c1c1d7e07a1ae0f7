using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;

namespace OrchestratorConnector.Commands;

/// <summary>Gets past and running synchronizations, newest first, also of connectors that were removed.</summary>
/// <remarks>Each is a result as Sync-OrchestratorConnector gives it, with everything that changed.</remarks>
/// <example>
/// <code>Get-OrchestratorConnectorHistory -Last 1</code>
/// <para>Shows the last synchronization of each connector.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorConnectorHistory Production | Where-Object Error | Format-Table StartTime, Error -Wrap</code>
/// <para>Shows when the synchronization of a connector failed, and why.</para>
/// </example>
/// <example>
/// <code>(Get-OrchestratorConnectorHistory Production -Last 1).Changes | Format-Table Change, Path, Details</code>
/// <para>Shows what changed the last time.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OrchestratorConnectorHistory")]
[OutputType(typeof(ConnectorSyncResult))]
public sealed class GetOrchestratorConnectorHistoryCommand : OrchestratorCmdlet
{
    /// <summary>
    /// The connectors' names, in any case; wildcards choose several. All without it, also those that were removed.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>At most so many for each connector, the newest ones. All without it.</summary>
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
