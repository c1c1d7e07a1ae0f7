using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using FakeOrchestrator;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;

namespace Quickstart;

/// <summary>What the store really holds, read past the cmdlets.</summary>
internal static class Library
{
    /// <summary>Every runbook of every connector in one line each, for comparing.</summary>
    internal static IReadOnlyList<string> Read(string statePath)
    {
        using SqliteStateStore store = SqliteStateStore.Open(statePath);
        return [.. store.FindRunbooks(new RunbookQuery(), CancellationToken.None).Select(r => $"{r.Connector} {r.Status} {Text(r.Runbook)} {r.LastSeenTime:o}").Order(StringComparer.Ordinal)];
    }

    /// <summary>Makes sure that the active runbooks of a connector are those of the source: ids, paths, contracts.</summary>
    internal static void ExpectSame(string statePath, string connector, SourceModel source)
    {
        using SqliteStateStore store = SqliteStateStore.Open(statePath);
        RunbookQuery query = new() { Connectors = [NamePattern.Exactly(connector)], Statuses = [RunbookStatus.Active] };
        string[] library = [.. store.FindRunbooks(query, CancellationToken.None).Select(r => Text(r.Runbook)).Order(StringComparer.Ordinal)];
        string[] expected = [.. source.Runbooks.Select(Text).Order(StringComparer.Ordinal)];
        string[] differences = [.. expected.Except(library).Concat(library.Except(expected)).Take(3)];
        Session.Expect(differences.Length == 0, $"the library of '{connector}' differs from its source: {string.Join("; ", differences)}");
    }

    /// <summary>How many synchronizations the history knows.</summary>
    internal static int CountSyncs(string statePath)
    {
        using SqliteStateStore store = SqliteStateStore.Open(statePath);
        return store.GetHistory(_ => true, null).Count;
    }

    /// <summary>Whether a connector is registered.</summary>
    internal static bool HasConnector(string statePath, string name)
    {
        using SqliteStateStore store = SqliteStateStore.Open(statePath);
        return store.FindConnector(name) is not null;
    }

    private static string Text(Runbook runbook)
        => $"{runbook.Id} {runbook.Path} ({string.Join(", ", (runbook.Parameters ?? []).Select(p => $"{p.Id} {p.Name} {p.Direction}").Order(StringComparer.Ordinal))})";

    private static string Text(SourceRunbook runbook)
        => $"{runbook.Id} {runbook.Path} ({string.Join(", ", runbook.Parameters.Select(p => $"{p.Id} {p.Name} {p.Direction}").Order(StringComparer.Ordinal))})";
}
