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

/// <summary>Gets runbooks of the library with their parameters. Asks the store only, never a server.</summary>
/// <example>
/// <code>Get-SMRunbook Restart*</code>
/// <para>Lists the runbooks whose names start with Restart, of all connectors, with their parameters.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbook -Folder \Operations -Connector Production</code>
/// <para>Lists what one connector imported from a folder and its subfolders.</para>
/// </example>
/// <example>
/// <code>Get-SMRunbook -Status Invalid, Missing | Format-Table Path, Connector, StatusReason -Wrap</code>
/// <para>Shows what cannot be run as it was, and why.</para>
/// </example>
/// <example>
/// <code>(Get-SMRunbook -Path '\Operations\Restart Service' -Connector Production).Parameters</code>
/// <para>Shows the inputs and outputs of one runbook.</para>
/// </example>
[Cmdlet(VerbsCommon.Get, "SMRunbook", DefaultParameterSetName = ByQuery)]
[OutputType(typeof(SMRunbook))]
public sealed class GetSMRunbookCommand : OrchestratorCmdlet
{
    private const string ByQuery = "Query";
    private const string ByObject = "InputObject";

    private static readonly string[] Filters = [nameof(Name), nameof(Path), nameof(Folder), nameof(Connector), nameof(Status), nameof(Id), nameof(InputObject)];

    /// <summary>
    /// By name, in any case; wildcards choose several. A name need not be unique. One without wildcards that the library does
    /// not have is the error RunbookNotFound.
    /// </summary>
    [Parameter(Position = 0, ParameterSetName = ByQuery, ValueFromPipelineByPropertyName = true)]
    [Parameter(Position = 0, ParameterSetName = ByObject)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>By whole path, folders and name: \Folder\Name. Wildcards choose several.</summary>
    [Parameter(ParameterSetName = ByQuery, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByObject)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunbookPathCompleter))]
    public string[]? Path { get; set; }

    /// <summary>By folder: a literal one with its subfolders, a wildcard by the folder's own path.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(FolderPatternCompleter))]
    public string[]? Folder { get; set; }

    /// <summary>
    /// By the connector that imported them; wildcards choose several. One that was removed may still have runbooks.
    /// </summary>
    [Parameter(ParameterSetName = ByQuery, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[]? Connector { get; set; }

    /// <summary>
    /// By state: Active, Invalid where the contract changed under something that depends on it, Missing where the server no
    /// longer returns it, PendingDelete where its connector was removed.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public RunbookStatus[]? Status { get; set; }

    /// <summary>By the id that the server gave it. It is the same in two connectors that cover the same folder.</summary>
    [Parameter(ParameterSetName = ByQuery, ValueFromPipelineByPropertyName = true)]
    [Parameter(ParameterSetName = ByObject)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookIdCompleter))]
    public Guid[]? Id { get; set; }

    /// <summary>Connectors as Get-OrchestratorConnector gives them: the runbooks that they imported.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public Output.OrchestratorConnector[]? InputObject { get; set; }

    /// <inheritdoc/>
    private protected override void Process()
    {
        // A runbook that is piped in is known by its id: its name and path may hold what would be wildcards here.
        bool isPiped = Id is not null && !IsTyped(nameof(Id));
        IReadOnlyList<NamePattern> connectors = InputObject is not null ? Exactly(InputObject.Select(c => c.Name))
            : IsTyped(nameof(Connector)) ? Patterns(Connector)
            : Exactly(Connector);
        RequireConnectors(connectors);
        RunbookQuery query = new()
        {
            Names = isPiped && !IsTyped(nameof(Name)) ? [] : Patterns(Name),
            Paths = isPiped && !IsTyped(nameof(Path)) ? [] : Patterns(Path),
            Folders = Patterns(Folder?.Select(NormalizeFolder)),
            Connectors = connectors,
            Statuses = Status ?? [],
            Ids = Id ?? [],
        };
        HashSet<string> missingNames = Literals(query.Names);
        HashSet<string> missingPaths = Literals(query.Paths);
        HashSet<Guid> missingIds = [.. query.Ids];
        foreach (LibraryRunbook row in Store.FindRunbooks(query, StopToken))
        {
            missingNames.Remove(row.Runbook.Name);
            missingPaths.Remove(row.Runbook.Path);
            missingIds.Remove(row.Runbook.Id);
            WriteObject(new SMRunbook(row, Store.Location));
        }

        WriteMissing("name", missingNames);
        WriteMissing("path", missingPaths);
        WriteMissing("id", missingIds.Select(i => i.ToString()));
        if (IsTyped(nameof(Folder)))
        {
            WriteMissingFolders(query.Folders);
        }
    }

    private static List<NamePattern> Patterns(IEnumerable<string>? texts) => (texts ?? []).Select(NamePattern.Parse).ToList();

    private static List<NamePattern> Exactly(IEnumerable<string>? names) => (names ?? []).Select(NamePattern.Exactly).ToList();

    private static HashSet<string> Literals(IEnumerable<NamePattern> patterns) =>
        new(patterns.Select(p => p.Literal).OfType<string>(), StringComparer.OrdinalIgnoreCase);

    private static string NormalizeFolder(string folder) => folder == "*" ? folder : FolderPath.Normalize(folder);

    private void WriteMissing(string what, IEnumerable<string> values)
    {
        foreach (string value in values)
        {
            WriteError(Error.RunbookNotFound(what, value, MyInvocation.BoundParameters.Keys.Intersect(Filters).Count() > 1).ToErrorRecord());
        }
    }

    /// <summary>A folder that holds something else than what was asked is there; one of which the library knows nothing is a mistake.</summary>
    private void WriteMissingFolders(IEnumerable<NamePattern> folders)
    {
        foreach (NamePattern folder in folders)
        {
            if (folder.Literal is { } path && path != FolderPath.Root && !Store.FindRunbooks(new RunbookQuery { Folders = [folder] }, StopToken).Any())
            {
                WriteError(Error.RunbookNotFound("folder", path, isNarrowed: false).ToErrorRecord());
            }
        }
    }

    /// <summary>A connector that is named and does not exist is a mistake; one that was removed may still have runbooks.</summary>
    private void RequireConnectors(IEnumerable<NamePattern> connectors)
    {
        foreach (NamePattern pattern in connectors)
        {
            if (pattern.Literal is { } name && Store.FindConnector(name) is null && Store.CountKeptRunbooks(name) is null)
            {
                WriteError(Error.ConnectorNotFound(name, Store.GetConnectors().Select(c => c.Connector.Name)).ToErrorRecord());
            }
        }
    }
}
