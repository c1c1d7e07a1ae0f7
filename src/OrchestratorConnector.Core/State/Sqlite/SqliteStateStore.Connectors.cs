using System;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Events;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    /// <inheritdoc/>
    public Connector AddConnector(Connector connector, RunAsAccount? account = null) => Write(session =>
    {
        RequireFreeConnectorName(session, connector.Name, 0);
        if (account is not null)
        {
            connector = connector with { RunAsAccount = InsertAccount(session, account).Name };
        }

        Connector added = connector with { CreationTime = connector.CreationTime == default ? Now : connector.CreationTime, Home = _options.Machine };
        long? accountId = FindAccountId(session, ref added);
        long? removed = FindRemoved(session, added.Name);
        if (removed is { } id)
        {
            using SqliteStatement update = session.Use(ConnectorRow.Update);
            ConnectorRow.Bind(update, added, accountId).Bind(18, id).Run();
            // A new registration: what the one before did stands in the history, and its runbooks know when they were seen.
            using SqliteStatement renew = session.Use("""
                UPDATE connector SET removal_time = NULL, status = 0, last_start_time = NULL, last_finish_time = NULL,
                    last_success_time = NULL, percent_complete = NULL, last_error = NULL, last_error_id = NULL
                WHERE id = ?
                """);
            renew.Bind(1, id).Run();
            return Announce(added with { Id = id });
        }

        using SqliteStatement insert = session.Use(ConnectorRow.Insert);
        ConnectorRow.Bind(insert, added, accountId).Run();
        return Announce(added with { Id = session.LastId });

        Connector Announce(Connector created)
        {
            Record(session, Event.Created(created));
            return created;
        }
    });

    /// <inheritdoc/>
    public Connector UpdateConnector(Connector connector, Func<Connector, Connector> change, RunAsAccount? account = null) => Write(session =>
    {
        Connector current = RequireConnector(session, connector.Id, connector.Name);
        Connector changed = change(current) with { Id = current.Id };
        RequireFreeConnectorName(session, changed.Name, changed.Id);
        if (account is not null)
        {
            RunAsAccount used = FindAccount(session, account.Name) is { } present
                ? ChangeAccount(session, present, p => account with { Name = p.Name, Description = p.Description })
                : InsertAccount(session, account);
            changed = changed with { RunAsAccount = used.Name };
        }

        long? accountId = FindAccountId(session, ref changed);
        using SqliteStatement update = session.Use(ConnectorRow.Update);
        ConnectorRow.Bind(update, changed, accountId).Bind(18, changed.Id).Run();
        Record(session, Event.Changed(current, changed));
        return changed;
    });

    /// <inheritdoc/>
    public long RemoveConnector(Connector connector, bool keepRunbooks) => Write(session =>
    {
        Connector current = RequireConnector(session, connector.Id, connector.Name);
        EndOpenSyncs(session, current.Id, Error.ConnectorRemoved(current.Name).Message, Now);
        LeaseRow.Delete(session, current.Id);
        if (!keepRunbooks)
        {
            return Announce(DeleteConnector(session, current.Id));
        }

        using SqliteStatement mark = session.Use("""
            UPDATE runbook SET status = ?2, status_reason = ?3, last_seen_time = coalesce(last_seen_time,
                (SELECT c.last_success_time FROM connector AS c WHERE c.id = runbook.connector_id))
            WHERE connector_id = ?1
            """);
        long kept = mark.Bind(1, current.Id)
            .Bind(2, (long)RunbookStatus.PendingDelete)
            .Bind(3, $"The connector '{current.Name}' was removed.")
            .Run();
        if (kept == 0)
        {
            return Announce(DeleteConnector(session, current.Id));
        }

        using SqliteStatement remove = session.Use("UPDATE connector SET removal_time = ?2, account_id = NULL WHERE id = ?1");
        remove.Bind(1, current.Id).Bind(2, Now).Run();
        return Announce(kept);

        long Announce(long runbooks)
        {
            Record(session, Event.Removed(current, runbooks, keepRunbooks));
            return runbooks;
        }
    });

    /// <inheritdoc/>
    public long? PurgeRemovedConnector(string name) => Write<long?>(session =>
    {
        long? purged = null;
        while (FindRemoved(session, name) is { } id)
        {
            purged = (purged ?? 0) + DeleteConnector(session, id);
        }

        if (purged is { } count)
        {
            Record(session, Event.Purged(name, count));
        }

        return purged;
    });

    /// <inheritdoc/>
    public long? CountKeptRunbooks(string name) => Read<long?>(session =>
        FindRemoved(session, name) is { } id ? session.Number(FormattableString.Invariant($"SELECT count(*) FROM runbook WHERE connector_id = {id}")) : null);

    private static Connector RequireConnector(SqliteSession session, long id, string name)
    {
        using SqliteStatement select = session.Use($"SELECT {ConnectorRow.Columns}{ConnectorRow.From}WHERE c.id = ? AND c.removal_time IS NULL");
        return select.Bind(1, id).Step() ? ConnectorRow.Read(select) : throw Error.ConnectorRemoved(name);
    }

    private static void RequireFreeConnectorName(SqliteSession session, string name, long owner)
    {
        using SqliteStatement select = session.Use("SELECT id, name FROM connector WHERE name_key = ? AND removal_time IS NULL");
        if (select.Bind(1, NamePattern.Key(name)).Step() && select.Number(0) != owner)
        {
            throw Error.ConnectorExists(select.Text(1));
        }
    }

    /// <summary>The key of the account that a connector names, whose name it then bears as the account spells it.</summary>
    private static long? FindAccountId(SqliteSession session, ref Connector connector)
    {
        if (connector.RunAsAccount is not { } name)
        {
            return null;
        }

        RunAsAccount account = FindAccount(session, name) ?? throw AccountNotFound(session, name);
        connector = connector with { RunAsAccount = account.Name };
        return account.Id;
    }

    /// <summary>The connector of this name that was removed last and whose runbooks were kept.</summary>
    private static long? FindRemoved(SqliteSession session, string name)
    {
        using SqliteStatement select = session.Use("SELECT id FROM connector WHERE name_key = ? AND removal_time IS NOT NULL ORDER BY removal_time DESC, id DESC");
        return select.Bind(1, NamePattern.Key(name)).Step() ? select.Number(0) : null;
    }

    /// <returns>How many runbooks went with it.</returns>
    private static long DeleteConnector(SqliteSession session, long id)
    {
        using SqliteStatement runbooks = session.Use("DELETE FROM runbook WHERE connector_id = ?");
        long count = runbooks.Bind(1, id).Run();
        using SqliteStatement connector = session.Use("DELETE FROM connector WHERE id = ?");
        connector.Bind(1, id).Run();
        return count;
    }
}
