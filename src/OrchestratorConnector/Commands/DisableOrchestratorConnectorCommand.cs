using System.Management.Automation;

namespace OrchestratorConnector.Commands;

/// <summary>Disables connectors: they are not synchronized without -Force. A synchronization that is running ends by itself.</summary>
/// <remarks>Its runbooks stay in the library, and can be run.</remarks>
/// <example>
/// <code>Disable-OrchestratorConnector Test</code>
/// <para>Disables one connector.</para>
/// </example>
/// <example>
/// <code>Disable-OrchestratorConnector * -WhatIf</code>
/// <para>Says which connectors would be disabled.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Disable, "OrchestratorConnector", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class DisableOrchestratorConnectorCommand : SwitchConnectorCmdlet
{
    /// <inheritdoc/>
    private protected override bool Enabled => false;
}
