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

/// <summary>A cmdlet that acts on runbooks of the library: by name, path or id, or from the pipeline.</summary>
public abstract class RunbookChoiceCmdlet : OrchestratorCmdlet
{
    private const string ByName = "Name";
    private const string ByPath = "Path";
    private const string ById = "Id";
    private const string ByObject = "InputObject";

    /// <summary>The parameter set of the default.</summary>
    private protected const string DefaultSet = ByName;

    /// <summary>By name, in any case; wildcards choose several. Without any choice, all invalid runbooks are meant.</summary>
    [Parameter(Position = 0, ParameterSetName = ByName)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunbookNameCompleter))]
    public string[]? Name { get; set; }

    /// <summary>By whole path, folders and name: \Folder\Name. Wildcards choose several.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByPath)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(RunbookPathCompleter))]
    public string[]? Path { get; set; }

    /// <summary>By the id that the server gave it.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ById)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(RunbookIdCompleter))]
    public Guid[]? Id { get; set; }

    /// <summary>By the connector that imported them; wildcards choose several.</summary>
    [Parameter(ParameterSetName = ByName)]
    [Parameter(ParameterSetName = ByPath)]
    [Parameter(ParameterSetName = ById)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public string[]? Connector { get; set; }

    /// <summary>Runbooks as Get-SMRunbook gives them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ByObject, ValueFromPipeline = true)]
    [ValidateNotNull]
    public SMRunbook[]? InputObject { get; set; }

    /// <summary>The runbooks that are meant. What is named and does not exist is an error.</summary>
    private protected IReadOnlyList<LibraryRunbook> Choose()
    {
        if (InputObject is not null)
        {
            return [.. InputObject.SelectMany(r => Store.FindRunbooks(new RunbookQuery { Ids = [r.Id], Connectors = [NamePattern.Exactly(r.Connector)] }, StopToken))];
        }

        RunbookQuery query = new()
        {
            Names = Patterns(Name),
            Paths = Patterns(Path),
            Ids = Id ?? [],
            Connectors = Patterns(Connector),
            // Without any choice: those that there is something to say about.
            Statuses = Name is null && Path is null && Id is null ? [RunbookStatus.Invalid] : [],
        };
        LibraryRunbook[] found = [.. Store.FindRunbooks(query, StopToken)];
        Require("name", query.Names, found.Select(r => r.Runbook.Name));
        Require("path", query.Paths, found.Select(r => r.Runbook.Path));
        foreach (Guid id in query.Ids.Where(i => !found.Any(r => r.Runbook.Id == i)))
        {
            WriteError(Error.RunbookNotFound("id", id.ToString(), Connector is not null).ToErrorRecord());
        }

        return found;
    }

    private static List<NamePattern> Patterns(IEnumerable<string>? texts) => [.. (texts ?? []).Select(NamePattern.Parse)];

    private void Require(string what, IEnumerable<NamePattern> patterns, IEnumerable<string> found)
    {
        foreach (string literal in patterns.Select(p => p.Literal).OfType<string>().Except(found, StringComparer.OrdinalIgnoreCase))
        {
            WriteError(Error.RunbookNotFound(what, literal, Connector is not null).ToErrorRecord());
        }
    }
}
