using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// The stage in temporary tables of a connection of its own: on disk, seen by nobody else, gone with the process. What is as the
/// library has it is only marked as seen. The other rows come as the server sends them, are written one after another, and are
/// put in order once, at the end.
/// </summary>
internal sealed class SqliteSyncStage : ISyncStage
{
    // The cache of the library is also how much is sorted in memory.
    private static readonly string Tables = $"""
        PRAGMA main.cache_size=-4000;
        PRAGMA temp.cache_size=-4000;
        CREATE TEMP TABLE stage (seq INTEGER PRIMARY KEY, {string.Join(", ", RunbookColumns.All)});
        CREATE TEMP TABLE stage_contract (id BLOB PRIMARY KEY, contract BLOB NOT NULL, contract_fingerprint BLOB NOT NULL) WITHOUT ROWID;
        CREATE TEMP TABLE difference (seq INTEGER, key INTEGER);
        """;

    private static readonly string InsertRunbook =
        $"INSERT INTO temp.stage ({string.Join(", ", RunbookColumns.All)}) VALUES ({string.Join(", ", RunbookColumns.All.Select(_ => "?"))})";

    private static readonly string InsertFromLibrary = $"""
        INSERT INTO temp.stage ({string.Join(", ", RunbookColumns.All)})
        SELECT {RunbookColumns.ToStage("r", "?3")} FROM main.runbook AS r WHERE r.connector_id = ?1 AND r.id = ?2
        """;

    private readonly StageBuffers _buffers = new();
    private readonly StageParameters _parameters;
    private readonly KnownRunbooks _known;
    private bool _isComplete;

    public SqliteSyncStage(SqliteSession session, long connectorId)
    {
        Session = session;
        ConnectorId = connectorId;
        session.Execute(Tables);
        _parameters = new StageParameters(session);
        session.BeginRead();
        try
        {
            _known = new KnownRunbooks(session, connectorId);
        }
        finally
        {
            session.End();
        }
    }

    /// <summary>The connection that sees the stage.</summary>
    public SqliteSession Session { get; }

    public long ConnectorId { get; }

    /// <summary>How many different runbooks came.</summary>
    public long Total { get; private set; }

    public void Clear()
    {
        Session.Execute("""
            DROP INDEX IF EXISTS temp.stage_id;
            DELETE FROM temp.stage;
            DELETE FROM temp.stage_contract;
            DELETE FROM temp.difference
            """);
        _parameters.Clear();
        _known.Clear();
        _isComplete = false;
    }

    public void Add(IReadOnlyList<Runbook> runbooks) => Within(() => Insert(runbooks));

    public void AddParameters(IReadOnlyList<OwnedParameter> parameters) => Within(() => Insert(parameters));

    public long Complete()
    {
        if (_isComplete)
        {
            return Total;
        }

        // Only temporary tables are written, so it locks nothing of the store.
        Session.BeginRead();
        try
        {
            Session.Execute("CREATE INDEX temp.stage_id ON stage (id)");
            // Along the index, which has those of one id beside each other.
            long staged = Session.Number("SELECT count(*) FROM (SELECT 1 FROM temp.stage GROUP BY id)");
            if (Session.Number("SELECT count(*) FROM temp.stage") > staged)
            {
                Session.Execute("DELETE FROM temp.stage WHERE EXISTS (SELECT 1 FROM temp.stage AS later WHERE later.id = stage.id AND later.seq > stage.seq)");
            }

            StageSeen();
            new StageContracts(Session, ConnectorId, _known, _parameters, _buffers).Fill();
            Session.Commit();
            Total = staged + _known.SeenCount;
            _isComplete = true;
            return Total;
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
            StageDifferences differences = Differences();
            differences.Find(Total);
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

    /// <summary>What differs, to be found within the caller's transaction.</summary>
    public StageDifferences Differences() => new(Session, ConnectorId, _known);

    /// <summary>Makes sure that what was seen is still what the library holds; within the transaction that writes.</summary>
    public void RequireSameLibrary()
    {
        if (KnownRunbooks.LastSuccess(Session, ConnectorId) > _known.LibraryState)
        {
            throw new InvalidOperationException("The connector was synchronized since the stage was opened.");
        }
    }

    public void RequireComplete()
    {
        if (!_isComplete)
        {
            throw new InvalidOperationException("The stage is not complete.");
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void Insert(IReadOnlyList<Runbook> runbooks)
    {
        using SqliteStatement insert = Session.Use(InsertRunbook);
        for (int i = 0; i < runbooks.Count; i++)
        {
            Runbook runbook = runbooks[i];
            long fingerprint = RunbookColumns.ContentFingerprint(runbook, _buffers.Value);
            if (!_known.Mark(runbook, fingerprint))
            {
                RunbookColumns.Bind(insert, runbook, fingerprint, _buffers);
                insert.Run();
            }
        }
    }

    [MethodImpl(Compile.AtOnce)]
    private void Insert(IReadOnlyList<OwnedParameter> parameters)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            OwnedParameter owned = parameters[i];
            if (!_known.Mark(owned))
            {
                _parameters.Add(owned.RunbookId, owned.Parameter, _buffers.Value);
            }
        }
    }

    // What was only seen, and differs all the same, is staged like everything else that differs.
    private void StageSeen()
    {
        using SqliteStatement insert = Session.Use(InsertFromLibrary);
        foreach (KnownDifference seen in _known.FindSeenThatDiffer())
        {
            insert.Bind(1, ConnectorId).Bind(2, seen.Id).Bind(3, seen.IsContractSame).Run();
        }
    }

    private void Within(Action insert)
    {
        if (_isComplete)
        {
            throw new InvalidOperationException("The stage is complete; clear it before it is filled again.");
        }

        // A plain transaction: it locks nothing of the store, because only temporary tables are written.
        Session.Execute("BEGIN");
        try
        {
            insert();
            Session.Commit();
        }
        finally
        {
            Session.End();
        }
    }
}
