using System.Management.Automation;

namespace OrchestratorConnector.Commands;

/// <summary>Disables connectors: they are not synchronized without -Force. A synchronization that is running ends by itself.</summary>
[Cmdlet(VerbsLifecycle.Disable, "OrchestratorConnector", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class DisableOrchestratorConnectorCommand : SwitchConnectorCmdlet
{
    /// <inheritdoc/>
    private protected override bool Enabled => false;
}
