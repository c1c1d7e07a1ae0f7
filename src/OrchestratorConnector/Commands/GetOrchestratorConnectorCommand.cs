using System.Management.Automation;
using OrchestratorConnector.Completion;

namespace OrchestratorConnector.Commands;

/// <summary>Gets the registered connectors with their status, times and counts.</summary>
/// <remarks>Reads the store only, never a server.</remarks>
/// <example>
/// <code>Get-OrchestratorConnector</code>
/// <para>Lists all connectors with their status, the times of their last synchronization and the number of their runbooks.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorConnector Prod* | Format-List *</code>
/// <para>
/// Shows all that is known of the connectors whose names start with Prod, the text of their last error and their next run
/// included.
/// </para>
/// </example>
/// <example>
/// <code>Get-OrchestratorConnector | Where-Object { $_.Enabled -and $_.Status -ne 'FinishedSuccess' }</code>
/// <para>Finds the connectors that are enabled and whose last synchronization did not succeed.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OrchestratorConnector")]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class GetOrchestratorConnectorCommand : OrchestratorCmdlet
{
    /// <summary>
    /// The connectors' names, in any case; wildcards choose several. All without it. A name without wildcards that does not
    /// exist is an error, a wildcard that fits nothing is not.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process() =>
        SelectConnectors(Name).ForEach(c => WriteObject(new Output.OrchestratorConnector(c, Store.Location)));
}
