using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// The stage in temporary tables of a connection of its own: on disk, seen by nobody else, gone with the process. Rows come as
/// the server sends them, are written one after another, and are put in order once, at the end.
/// </summary>
internal sealed class SqliteSyncStage : ISyncStage
{
    private static readonly string Tables = $"""
        CREATE TEMP TABLE stage (seq INTEGER PRIMARY KEY, {string.Join(", ", RunbookColumns.All)});
        CREATE TEMP TABLE stage_parameter (seq INTEGER PRIMARY KEY, id BLOB NOT NULL, parameter BLOB NOT NULL);
        CREATE TEMP TABLE difference (seq INTEGER, key INTEGER);
        """;

    private static readonly string InsertRunbook =
        $"INSERT INTO temp.stage ({string.Join(", ", RunbookColumns.All)}) VALUES ({string.Join(", ", RunbookColumns.All.Select(_ => "?"))})";

    private const string InsertParameter = "INSERT INTO temp.stage_parameter (id, parameter) VALUES (?, ?)";

    private readonly BlobWriter _scratch = new();
    private bool _isComplete;
    private bool _isIndexed;

    public SqliteSyncStage(SqliteSession session, long connectorId)
    {
        Session = session;
        ConnectorId = connectorId;
        session.Execute(Tables);
    }

    /// <summary>The connection that sees the stage.</summary>
    public SqliteSession Session { get; }

    public long ConnectorId { get; }

    public void Clear()
    {
        Session.Execute("DROP INDEX IF EXISTS temp.stage_id; DELETE FROM temp.stage; DELETE FROM temp.stage_parameter; DELETE FROM temp.difference");
        _isComplete = false;
        _isIndexed = false;
    }

    public void Add(IReadOnlyList<Runbook> runbooks) => Within(InsertRunbook, insert =>
    {
        foreach (Runbook runbook in runbooks)
        {
            RunbookColumns.Bind(insert, runbook, _scratch);
            insert.Run();
        }
    });

    public void AddParameters(IReadOnlyList<OwnedParameter> parameters) => Within(InsertParameter, insert =>
    {
        foreach (OwnedParameter owned in parameters)
        {
            _scratch.Clear();
            ContractCodec.WriteParameter(_scratch, owned.Parameter);
            insert.Bind(1, owned.RunbookId).BindBlob(2, _scratch.Written).Run();
        }
    });

    public long Complete()
    {
        // A plain transaction: it locks nothing of the store, because only temporary tables are written.
        Session.Execute("BEGIN");
        try
        {
            if (!_isIndexed)
            {
                Session.Execute("CREATE INDEX temp.stage_id ON stage (id)");
            }

            if (Session.Number("SELECT count(*) - count(DISTINCT id) FROM temp.stage") > 0)
            {
                Session.Execute("DELETE FROM temp.stage WHERE EXISTS (SELECT 1 FROM temp.stage AS later WHERE later.id = stage.id AND later.seq > stage.seq)");
            }

            StageContracts.Fill(Session, _scratch);
            long count = Session.Number("SELECT count(*) FROM temp.stage");
            Session.Commit();
            _isComplete = true;
            _isIndexed = true;
            return count;
        }
        finally
        {
            Session.End();
        }
    }

    public IEnumerable<RunbookPair> ReadDifferences()
    {
        RequireComplete();
        Session.BeginRead();
        try
        {
            StageDifferences differences = new(Session, ConnectorId);
            differences.Find();
            foreach (StageDifference difference in differences.Read())
            {
                yield return difference.Pair;
            }
        }
        finally
        {
            Session.End();
        }
    }

    public long CountPresent()
    {
        Session.BeginRead();
        try
        {
            using SqliteStatement count = Session.Use("SELECT count(*) FROM main.runbook WHERE connector_id = ? AND status IN (?, ?)");
            count.Bind(1, ConnectorId).Bind(2, (long)RunbookStatus.Active).Bind(3, (long)RunbookStatus.Invalid);
            return count.Step() ? count.Number(0) : 0;
        }
        finally
        {
            Session.End();
        }
    }

    public void Dispose() => Session.Dispose();

    public void RequireComplete()
    {
        if (!_isComplete)
        {
            throw new InvalidOperationException("The stage is not complete.");
        }
    }

    private void Within(string sql, Action<SqliteStatement> insert)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException("The stage is complete; clear it before it is filled again.");
        }

        Session.Execute("BEGIN");
        try
        {
            using (SqliteStatement statement = Session.Use(sql))
            {
                insert(statement);
            }

            Session.Commit();
        }
        finally
        {
            Session.End();
        }
    }
}
