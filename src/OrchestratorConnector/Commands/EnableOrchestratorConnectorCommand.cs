using System.Management.Automation;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Enables connectors: they are synchronized when they are due. In a store that was copied from another machine it also confirms
/// their schedules for this one; until then nothing is due there.
/// </summary>
[Cmdlet(VerbsLifecycle.Enable, "OrchestratorConnector", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class EnableOrchestratorConnectorCommand : SwitchConnectorCmdlet
{
    /// <inheritdoc/>
    private protected override bool Enabled => true;
}
