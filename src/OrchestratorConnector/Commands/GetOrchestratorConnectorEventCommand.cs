using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.Output;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Gets what happened, oldest first: synchronizations, tests, jobs, and every change of connectors, accounts, activities and
/// schedules. The store keeps the last 10,000 events of the last 90 days; the same events go to the event log of Windows or to
/// syslog.
/// </summary>
/// <remarks>
/// <para>
/// On Windows the source is OrchestratorConnector, in the log Operations Manager where there is one, else in Application. Only an
/// administrator can register a source: the first event that one writes does it.
/// </para>
/// <para>
/// The ids stay what they are: 100 connector created, 101 changed, 102 removed, 103 enabled, 104 disabled, 105 schedule confirmed;
/// 200 synchronization finished, 201 failed, 202 interrupted, 203 runbooks became invalid, 204 contract accepted; 300 test
/// succeeded, 301 failed; 400 job started, 401 refused, 402 outcome unknown, 403 finished, 404 finished with a warning, 405 failed,
/// 406 canceled; 500 account created, 501 changed, 502 removed; 600 activity created, 601 changed, 602 removed; 700 schedule
/// registered, 701 unregistered.
/// </para>
/// </remarks>
/// <example>
/// <code>Get-OrchestratorConnectorEvent -Level Warning, Error -Since (Get-Date).AddDays(-1)</code>
/// <para>What went wrong since yesterday.</para>
/// </example>
/// <example>
/// <code>Get-OrchestratorConnectorEvent Production -Last 5 | Format-List</code>
/// <para>The last five events of a connector, with everything that is known of them.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "OrchestratorConnectorEvent")]
[OutputType(typeof(OrchestratorConnectorEvent))]
public sealed class GetOrchestratorConnectorEventCommand : OrchestratorCmdlet
{
    private static readonly TimeSpan FollowPause = TimeSpan.FromMilliseconds(500);

    private readonly List<NamePattern> _connectors = [];

    /// <summary>The connectors' names; wildcards choose several. Without it also events that concern no connector.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[]? Connector { get; set; }

    /// <summary>Only events of these levels: Information, Warning, Error.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public EventLevel[]? Level { get; set; }

    /// <summary>Only events of this time or later.</summary>
    [Parameter]
    public DateTime Since { get; set; }

    /// <summary>Only the newest so many.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <summary>Go on with each event as it happens, in whatever process, until Ctrl+C.</summary>
    [Parameter]
    public SwitchParameter Follow { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => _connectors.AddRange((Connector ?? []).Select(NamePattern.Parse));

    /// <inheritdoc/>
    private protected override void End()
    {
        foreach (string name in _connectors.Select(c => c.Literal).OfType<string>().Where(IsUnknown))
        {
            WriteError(Error.ConnectorNotFound(name, Store.GetConnectors().Select(c => c.Connector.Name)).ToErrorRecord());
        }

        long seen = Write(0, Last == 0 ? null : Last);
        while (Follow && !StopToken.WaitHandle.WaitOne(FollowPause))
        {
            seen = Write(seen, null);
        }
    }

    /// <summary>A connector that is named and was never there is a mistake; of one that was removed there are events.</summary>
    private bool IsUnknown(string name) =>
        Store.FindConnector(name) is null && Store.FindEvents(new EventQuery { Connectors = [NamePattern.Exactly(name)], Last = 1 }).Count == 0;

    /// <returns>The key of the last event that is behind us.</returns>
    private long Write(long after, int? last)
    {
        IReadOnlyList<ConnectorEvent> events = Store.FindEvents(new EventQuery
        {
            Connectors = _connectors,
            Levels = Level ?? [],
            Since = Since == default ? null : Since.ToUniversalTime(),
            After = after,
            Last = last,
        });
        foreach (ConnectorEvent entry in events)
        {
            WriteObject(new OrchestratorConnectorEvent(entry, Store.Location));
        }

        return events.Count == 0 ? after : events[events.Count - 1].Key;
    }
}
