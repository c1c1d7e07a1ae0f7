using System.Management.Automation;
using OrchestratorConnector.Completion;

namespace OrchestratorConnector.Commands;

/// <summary>Gets the registered connectors with their status, times and counts.</summary>
[Cmdlet(VerbsCommon.Get, "OrchestratorConnector")]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class GetOrchestratorConnectorCommand : OrchestratorCmdlet
{
    /// <summary>The connectors' names; wildcards choose several. All without it.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    private protected override void Process() =>
        SelectConnectors(Name).ForEach(c => WriteObject(new Output.OrchestratorConnector(c, Store.Location)));
}
