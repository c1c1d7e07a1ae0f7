using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;

namespace OrchestratorConnector.Binding;

/// <summary>Finds the one runbook that a user means.</summary>
internal static class RunbookChoice
{
    // As many as an error lists.
    private const int Most = 10;

    /// <summary>By name, path or id, within a connector if one is named.</summary>
    /// <exception cref="OrchestratorException">RunbookNotFound, RunbookAmbiguous, RunbookNotUnique, ConnectorNotFound.</exception>
    public static LibraryRunbook Require(IStateStore store, string? name, string? path, Guid? id, string? connector, CancellationToken cancellationToken)
    {
        if (connector is not null && NamePattern.Parse(connector).Literal is { } literal && store.FindConnector(literal) is null && store.CountKeptRunbooks(literal) is null)
        {
            throw Error.ConnectorNotFound(literal, store.GetConnectors().Select(c => c.Connector.Name));
        }

        string text = name ?? path ?? id?.ToString() ?? string.Empty;
        // A name may hold what would be a wildcard: the runbook that is called so comes first.
        List<LibraryRunbook> found = [.. Find(store, name, path, id, connector, NamePattern.Exactly, cancellationToken).Take(Most)];
        bool isExact = found.Count > 0;
        if (!isExact)
        {
            found = [.. Find(store, name, path, id, connector, NamePattern.Parse, cancellationToken).Take(Most)];
        }

        return found.Count switch
        {
            1 => found[0],
            0 => throw Error.RunbookNotFound(name is not null ? "name" : path is not null ? "path" : "id", text, connector is not null),
            _ when isExact || NamePattern.Parse(text).Literal is not null => throw Error.RunbookAmbiguous(text, found.OrderBy(r => r.Runbook.Path, StringComparer.OrdinalIgnoreCase).ThenBy(r => r.Connector, StringComparer.OrdinalIgnoreCase)),
            _ => throw Error.RunbookNotUnique(text, found.Count),
        };
    }

    /// <summary>By one text: a path where it begins with a backslash, else a name.</summary>
    public static LibraryRunbook Require(IStateStore store, string text, string? connector, CancellationToken cancellationToken) =>
        text.Length > 0 && text[0] == '\\'
            ? Require(store, null, text, null, connector, cancellationToken)
            : Require(store, text, null, null, connector, cancellationToken);

    private static IEnumerable<LibraryRunbook> Find(
        IStateStore store, string? name, string? path, Guid? id, string? connector, Func<string, NamePattern> read, CancellationToken cancellationToken) => store.FindRunbooks(
        new RunbookQuery
        {
            Names = name is null ? [] : [read(name)],
            Paths = path is null ? [] : [read(path)],
            Ids = id is null ? [] : [id.Value],
            Connectors = connector is null ? [] : [NamePattern.Parse(connector)],
        },
        cancellationToken);

    /// <summary>The runbook of an object from the pipeline, as it is in the library now.</summary>
    public static LibraryRunbook Require(IStateStore store, Output.SMRunbook runbook, CancellationToken cancellationToken) =>
        store.FindRunbooks(new RunbookQuery { Ids = [runbook.Id], Connectors = [NamePattern.Exactly(runbook.Connector)] }, cancellationToken).FirstOrDefault()
            ?? throw Error.RunbookNotFound("id", runbook.Id.ToString(), true);
}
