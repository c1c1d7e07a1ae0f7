using OrchestratorConnector.Errors;
using OrchestratorConnector.Events;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

public sealed partial class SqliteStateStore
{
    /// <inheritdoc/>
    public LibraryRunbook ApproveRunbook(LibraryRunbook runbook) => Write(session =>
    {
        using SqliteStatement update = session.Use("""
            UPDATE runbook SET status = ?3, status_reason = NULL, accepted_contract = NULL
            WHERE connector_id = ?1 AND id = ?2 AND status = ?4
            """);
        bool wasInvalid = update.Bind(1, runbook.ConnectorId)
            .Bind(2, runbook.Runbook.Id)
            .Bind(3, (long)RunbookStatus.Active)
            .Bind(4, (long)RunbookStatus.Invalid)
            .Run() > 0;
        LibraryRows library = new(session);
        using SqliteStatement select = session.Use(
            $"SELECT {LibraryRows.ToRead("r")} FROM runbook AS r INDEXED BY runbook_id WHERE r.connector_id = ?1 AND r.id = ?2");
        if (!select.Bind(1, runbook.ConnectorId).Bind(2, runbook.Runbook.Id).Step())
        {
            throw Error.RunbookNotFound("id", runbook.Runbook.Id.ToString(), isNarrowed: false);
        }

        LibraryRunbook approved = library.Read(select, 0);
        if (wasInvalid)
        {
            Record(session, Event.Approved(approved));
        }

        return approved;
    });
}
