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
/// Makes the library equal to the source, within each connector's folder and its subfolders: all of it or, when something
/// fails, nothing. With -WhatIf it reads the source and shows the difference without writing.
/// </summary>
[Cmdlet(VerbsData.Sync, "OrchestratorConnector", SupportsShouldProcess = true, DefaultParameterSetName = ByName)]
[OutputType(typeof(ConnectorSyncResult))]
public sealed class SyncOrchestratorConnectorCommand : ConnectorCmdlet
{
    private const string ByDue = "Due";
    private const string Operation = "Synchronize connector";

    /// <summary>Only those that are enabled and whose schedule is due, of all connectors.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByDue)]
    public SwitchParameter Due { get; set; }

    /// <summary>Also a disabled connector, and also when the server suddenly returns no runbook at all.</summary>
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
