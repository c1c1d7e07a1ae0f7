using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using OrchestratorConnector.Completion;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Report;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Commands;

/// <summary>
/// Writes a page to look at. It has the connectors and their last runs, the library as a folder tree with a search, contract
/// changes, and jobs by outcome over time. One HTML file that asks no server for anything, to be opened, mailed or put on a share. Values that
/// jobs were given or gave back are not in it.
/// </summary>
/// <example>
/// <code>Export-SMRunbookReport report.html</code>
/// <para>Writes a report about all connectors and the last 30 days.</para>
/// </example>
/// <example>
/// <code>Export-SMRunbookReport report.html -Connector Prod* -Since (Get-Date).AddDays(-7) -Title 'Production, last week' -PassThru</code>
/// <para>Writes a report about the connectors whose names start with Prod and the last week, and returns the file.</para>
/// </example>
[Cmdlet(VerbsData.Export, "SMRunbookReport", SupportsShouldProcess = true, DefaultParameterSetName = ByPath)]
[OutputType(typeof(FileInfo))]
public sealed class ExportSMRunbookReportCommand : ExportCmdlet
{
    private const int DefaultDays = 30;

    // Those of the command line or of all objects of the pipeline: the page is one, however many that are.
    private readonly List<NamePattern> _connectors = [];

    /// <summary>
    /// The connectors' names; wildcards choose several, and connectors that are piped in choose themselves. All without it, also
    /// runbooks that removed ones left.
    /// </summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[] Connector { get; set; } = [];

    /// <summary>Synchronizations, contract changes and jobs from this time on. The last 30 days without it.</summary>
    [Parameter]
    public DateTime Since { get; set; }

    /// <summary>The page's title. "Runbook report" without it.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? Title { get; set; }

    /// <inheritdoc/>
    private protected override void Process() => _connectors.AddRange(Connector.Select(NamePattern.Parse));

    /// <inheritdoc/>
    private protected override void End()
    {
        IStateStore store = Store;
        RequireConnectors();
        DateTime now = DateTime.UtcNow;
        ReportOptions options = new()
        {
            Title = Title ?? ReportOptions.DefaultTitle,
            Connectors = _connectors,
            Since = Since == default ? now.AddDays(-DefaultDays) : Since.ToUniversalTime(),
            Now = now,
        };
        WriteFile("Export runbook report", stream => RunbookReport.Write(store, options, stream, StopToken));
    }

    /// <summary>A connector that is named and was never there is a mistake; of one that was removed there is a past.</summary>
    private void RequireConnectors()
    {
        foreach (string literal in _connectors.Select(c => c.Literal).OfType<string>().Where(IsUnknown))
        {
            throw Error.ConnectorNotFound(literal, Store.GetConnectors().Select(c => c.Connector.Name));
        }

        bool IsUnknown(string name) =>
            Store.FindConnector(name) is null && Store.GetHistory(NamePattern.Exactly(name).IsMatch, 1).Count == 0;
    }
}
