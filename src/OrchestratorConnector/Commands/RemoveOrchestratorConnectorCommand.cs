using System.Globalization;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Removes a connector, and its runbooks from the library. Its history stays. Called again for a connector that was removed
/// with -KeepRunbook, it removes the runbooks that were kept.
/// </summary>
/// <remarks>
/// Asks for confirmation unless -Confirm:$false is given, and says how many runbooks go. Nothing at the server changes. The Run
/// As account stays.
/// </remarks>
/// <example>
/// <code>Remove-OrchestratorConnector Test -WhatIf</code>
/// <para>Says what would be removed, with the number of its runbooks.</para>
/// </example>
/// <example>
/// <code>
/// Remove-OrchestratorConnector Test -KeepRunbook -Confirm:$false
/// Get-SMRunbook -Status PendingDelete
/// </code>
/// <para>Removes the connector and keeps its runbooks, then lists them.</para>
/// </example>
[Cmdlet(VerbsCommon.Remove, "OrchestratorConnector", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High, DefaultParameterSetName = ByName)]
public sealed class RemoveOrchestratorConnectorCommand : ConnectorCmdlet
{
    /// <summary>
    /// Keep the runbooks in the library as PendingDelete. They are not started any more. A new connector of the same name takes
    /// them up again.
    /// </summary>
    [Parameter]
    public SwitchParameter KeepRunbook { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        if (!KeepRunbook && Name is not null)
        {
            Name = Name.Where(name => !IsPurged(name)).ToArray();
        }

        base.Process();
    }

    /// <summary>Removes the kept runbooks, where a name is that of a connector that was removed and left some.</summary>
    private bool IsPurged(string name)
    {
        if (Store.FindConnector(name) is not null || Store.CountKeptRunbooks(name) is not { } kept)
        {
            return false;
        }

        if (ShouldProcess(string.Format(CultureInfo.InvariantCulture, "{0:N0} kept runbooks of the removed connector '{1}'", kept, name), "Remove"))
        {
            Do($"Removing the kept runbooks of '{name}'", store => store.PurgeRemovedConnector(name));
        }

        return true;
    }

    /// <inheritdoc/>
    private protected override void ProcessConnector(ConnectorState connector)
    {
        string[] activities = KeepRunbook ? [] : [.. Store.GetActivities().Where(a => a.ConnectorId == connector.Connector.Id).Select(a => $"'{a.Name}'")];
        if (activities.Length > 0)
        {
            WriteWarning($"Runbook activities that use runbooks of '{connector.Connector.Name}' cannot be invoked without it: {string.Join(", ", activities)}. With -KeepRunbook a new connector of the same name takes them up again.");
        }

        string fate = KeepRunbook ? "keeping its {1:N0} runbooks as PendingDelete" : "with its {1:N0} runbooks";
        if (ShouldProcess(string.Format(CultureInfo.InvariantCulture, "'{0}' " + fate, connector.Connector.Name, connector.RunbookCount), "Remove connector"))
        {
            Do($"Removing '{connector.Connector.Name}'", store => store.RemoveConnector(connector.Connector, KeepRunbook));
        }
    }
}
