using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Reads runbooks of the library: their rows, and what their connectors know of all of them.</summary>
internal sealed class LibraryRows
{
    private readonly Dictionary<long, Owner> _owners = [];

    /// <summary>Reads what the connectors know; within the transaction in which the rows are read.</summary>
    public LibraryRows(SqliteSession session)
    {
        using SqliteStatement statement = session.Use("SELECT id, name, protocol, web_console_url, last_success_time FROM connector");
        while (statement.Step())
        {
            _owners.Add(statement.Number(0), new Owner(
                statement.Text(1),
                (ConnectorProtocol)statement.Number(2),
                statement.OptionalUrl(3),
                statement.OptionalTime(4)));
        }
    }

    /// <summary>How many columns <see cref="Read"/> reads.</summary>
    public static int ReadCount => RunbookColumns.ReadCount + 5;

    /// <summary>The keys and names of all connectors, removed ones included.</summary>
    public IEnumerable<KeyValuePair<long, string>> Names
    {
        get
        {
            foreach (KeyValuePair<long, Owner> owner in _owners)
            {
                yield return new KeyValuePair<long, string>(owner.Key, owner.Value.Name);
            }
        }
    }

    /// <summary>The columns that <see cref="Read"/> reads.</summary>
    public static string ToRead(string alias) =>
        $"{RunbookColumns.ToRead(alias)}, {alias}.connector_id, {alias}.status, {alias}.status_reason, {alias}.last_seen_time, {alias}.accepted_contract";

    public LibraryRunbook Read(SqliteStatement statement, int first)
    {
        int next = first + RunbookColumns.ReadCount;
        long connectorId = statement.Number(next);
        if (!_owners.TryGetValue(connectorId, out Owner? owner))
        {
            throw Errors.Error.StoreDamaged(statement.Path, null);
        }

        RunbookStatus status = (RunbookStatus)statement.Number(next + 1);
        return new LibraryRunbook
        {
            ConnectorId = connectorId,
            Connector = owner.Name,
            Runbook = RunbookColumns.Read(statement, first),
            Status = status,
            StatusReason = statement.OptionalText(next + 2),
            // What the last success found, it saw then; written down only for what it did not find.
            LastSeenTime = status is RunbookStatus.Active or RunbookStatus.Invalid ? owner.LastSuccessTime : statement.OptionalTime(next + 3),
            AcceptedContract = RunbookColumns.ReadContract(statement, next + 4),
            Protocol = owner.Protocol,
            WebConsoleUrl = owner.WebConsoleUrl,
        };
    }

    private sealed record Owner(string Name, ConnectorProtocol Protocol, Uri? WebConsoleUrl, DateTime? LastSuccessTime);
}
