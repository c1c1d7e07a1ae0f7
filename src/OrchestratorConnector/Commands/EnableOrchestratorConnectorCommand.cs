using System.Management.Automation;

namespace OrchestratorConnector.Commands;

/// <summary>Enables connectors: they are synchronized when they are due.</summary>
/// <remarks>
/// Nothing is synchronized by this: the next run is when the schedule says. In a store that was copied from another machine it
/// also confirms the schedules for this one; until then nothing is due there.
/// </remarks>
/// <example>
/// <code>Enable-OrchestratorConnector Production</code>
/// <para>Enables one connector. For one that is enabled already it changes nothing.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorConnector | Where-Object { -not $_.Enabled } | Enable-OrchestratorConnector -PassThru</code>
/// <para>Enables what is disabled and shows it.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Enable, "OrchestratorConnector", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(Output.OrchestratorConnector))]
public sealed class EnableOrchestratorConnectorCommand : SwitchConnectorCmdlet
{
    /// <inheritdoc/>
    private protected override bool Enabled => true;
}
