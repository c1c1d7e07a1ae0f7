using System;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using OrchestratorConnector.State;
using OrchestratorConnector.Sync;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Makes the library equal to the source. It does so within each connector's folder and its subfolders: all of it or, when
/// something fails, nothing. With -WhatIf it reads the source and shows the difference without writing.
/// </summary>
/// <remarks>
/// Runbooks that the server no longer returns become Missing; none is deleted. A synchronization that fails leaves the library
/// as it was: its result says FinishedWithError, its error is written, and the history keeps both. A connector that another
/// process synchronizes is the error ResourceBusy. Ctrl+C ends it and changes nothing.
/// </remarks>
/// <example>
/// <code>Sync-OrchestratorConnector Production</code>
/// <para>Synchronizes one connector and shows how many runbooks were added, changed and missing.</para>
/// </example>
/// <example>
/// <code>Sync-OrchestratorConnector * -WhatIf | Select-Object -ExpandProperty Changes</code>
/// <para>Shows what is different at the servers without writing anything; runbooks that would become invalid say why.</para>
/// </example>
/// <example>
/// <code>Sync-OrchestratorConnector -Due</code>
/// <para>Synchronizes what is due. This is what a scheduler runs.</para>
/// </example>
/// <example>
/// <code>
/// $result = Sync-OrchestratorConnector Test -Force
/// $result.Changes | Where-Object Change -eq Missing
/// </code>
/// <para>Synchronizes also when the connector is disabled, and shows the runbooks that are missing now.</para>
/// </example>
/// <seealso href="about_OrchestratorConnector_Troubleshooting"/>
[Cmdlet(VerbsData.Sync, "OrchestratorConnector", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(ConnectorSyncResult))]
public sealed class SyncOrchestratorConnectorCommand : ConnectorCmdlet
{
    private const string ByDue = "Due";
    private const string Operation = "Synchronize connector";

    /// <summary>
    /// Those connectors, of all, that are enabled and whose schedule says that they are due. One that runs already is left out.
    /// Nothing is returned when none is due.
    /// </summary>
    [Parameter(Mandatory = true, ParameterSetName = ByDue)]
    public SwitchParameter Due { get; set; }

    /// <summary>
    /// Also a disabled connector, and also when the server suddenly returns no runbook at all, which without it is the error
    /// EmptyAnswerSuspicious.
    /// </summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!Due)
        {
            base.Process();
            return;
        }

        foreach (ConnectorState listed in Store.GetConnectors())
        {
            if (listed.IsScheduleHeld && listed.Connector is { Enabled: true, Schedule: var schedule } && schedule != SyncSchedule.None)
            {
                WriteWarning($"The schedule of '{listed.Connector.Name}' belongs to another machine, from which the store was copied; it is not synchronized here. Enable-OrchestratorConnector confirms the schedule for this machine.");
            }
            else if (IsDue(listed) && Store.FindConnector(listed.Connector.Name) is { } connector && IsDue(connector))
            {
                // Those before it may have taken long, and another process, started by a scheduler, may have done this one meanwhile.
                ForItem(() => ProcessConnector(connector));
            }
        }
    }

    /// <inheritdoc/>
    private protected override void ProcessConnector(ConnectorState connector)
    {
        if (!connector.Connector.Enabled && !Force && IsByWildcard)
        {
            Tell($"The connector '{connector.Connector.Name}' is disabled and was left out.");
            return;
        }

        string name = connector.Connector.Name;
        if (ShouldProcess($"Performing the operation \"{Operation}\" on target \"{name}\".", $"Synchronize the connector '{name}'?", Operation, out ShouldProcessReason reason))
        {
            Synchronize(connector.Connector);
        }
        else if (reason == ShouldProcessReason.WhatIf)
        {
            Preview(connector.Connector);
        }
    }

    private static bool IsDue(ConnectorState state) =>
        state.Status != ConnectorStatus.Running && state.NextRunTime(TimeZoneInfo.Local) <= DateTime.UtcNow;

    private bool IsByWildcard => Name is not null && Name.All(n => NamePattern.Parse(n).Literal is null);

    private void Synchronize(Connector connector)
    {
        IStateStore store = Store;
        SyncOutcome outcome = Run($"Synchronizing '{connector.Name}'", (pump, token) => new SyncEngine(store, Connections(store, pump, token).OpenAsync, pump).SynchronizeAsync(connector, Force, token));
        if (outcome.Failure is { } failure)
        {
            WriteError(failure.ToErrorRecord());
        }

        WriteObject(new ConnectorSyncResult(outcome.Record, store.Location));
    }

    private void Preview(Connector connector)
    {
        IStateStore store = Store;
        DateTime start = DateTime.UtcNow;
        SyncPreview preview = Run($"Comparing '{connector.Name}' with its source", (pump, token) => new SyncEngine(store, Connections(store, pump, token).OpenAsync, pump).PreviewAsync(connector, Force, token));
        SyncRecord record = new()
        {
            Connector = connector.Name,
            Status = ConnectorStatus.FinishedSuccess,
            StartTime = start,
            FinishTime = DateTime.UtcNow,
            Counts = preview.Counts,
            Requests = preview.Requests,
            Bytes = preview.Bytes,
        };
        WriteObject(new ConnectorSyncResult(record, preview.Changes));
    }
}
