using System.Management.Automation;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Commands;

/// <summary>Turns connectors on or off.</summary>
public abstract class SwitchConnectorCmdlet : ConnectorCmdlet
{
    /// <summary>Return the connectors as they are then. Without it nothing is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <summary>What they become.</summary>
    private protected abstract bool Enabled { get; }

    /// <inheritdoc/>
    private protected override void ProcessConnector(ConnectorState connector)
    {
        bool confirms = Enabled && connector.IsScheduleHeld;
        if (!ShouldProcess(connector.Connector.Name, confirms ? "Enable connector and confirm its schedule for this machine" : Enabled ? "Enable connector" : "Disable connector"))
        {
            return;
        }

        if (connector.Connector.Enabled != Enabled || confirms)
        {
            Store.UpdateConnector(connector.Connector, c => c with { Enabled = Enabled, Home = confirms ? MachineIdentity.Current : c.Home });
        }

        if (PassThru)
        {
            WriteConnector(connector.Connector.Name);
        }
    }
}
