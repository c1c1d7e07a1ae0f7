using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// The stage in temporary tables of a connection of its own: on disk, seen by nobody else, gone with the process. What is as the
/// library has it is only marked as seen.
/// </summary>
internal sealed class SqliteSyncStage : ISyncStage
{
    private static readonly string FromLibrary = $"SELECT {RunbookColumns.ToRead("r")} FROM main.runbook AS r WHERE r.connector_id = ? AND r.id = ?";

    private readonly BlobWriter _record = new();
    private readonly StageBuffers _buffers = new();
    private readonly StagedRecords _runbooks;
    private readonly StagedRecords _parameters;
    private readonly KnownRunbooks _known;
    private bool _isComplete;

    public SqliteSyncStage(SqliteSession session, long connectorId)
    {
        Session = session;
        ConnectorId = connectorId;
        session.Execute(FormattableString.Invariant($"PRAGMA main.cache_size=-4000; PRAGMA temp.page_size={StagedRecords.PageLength}; PRAGMA temp.cache_size=-4000"));
        _runbooks = new StagedRecords(session, "stage_runbook");
        _parameters = new StagedRecords(session, "stage_parameter");
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
        _runbooks.Clear();
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
            Total = _runbooks.CountOwners() + _known.SeenCount;
            StageSeen();
            Session.Commit();
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
            foreach (StageDifference difference in Differences().Find(Total))
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
    public StageDifferences Differences() =>
        new(Session, ConnectorId, _known, new StagedRunbooks(Session, ConnectorId, _known, _runbooks, _parameters));

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
        for (int i = 0; i < runbooks.Count; i++)
        {
            Runbook runbook = runbooks[i];
            _buffers.Value.Clear();
            RunbookColumns.WriteContent(_buffers.Value, runbook);
            long fingerprint = Fingerprint.Of(_buffers.Value.Written);
            if (!_known.Mark(runbook, fingerprint))
            {
                Stage(runbook, fingerprint, runbook.Parameters);
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
                _buffers.Value.Clear();
                ContractCodec.WriteParameter(_buffers.Value, owned.Parameter);
                _parameters.Add(owned.RunbookId, _buffers.Value.Written);
            }
        }
    }

    // What was only seen, and differs all the same, is staged like everything else that differs.
    private void StageSeen()
    {
        using SqliteStatement library = Session.Use(FromLibrary);
        foreach (KnownDifference seen in _known.FindSeenThatDiffer())
        {
            if (library.Bind(1, ConnectorId).Bind(2, seen.Id).Step())
            {
                Runbook runbook = RunbookColumns.Read(library, 0);
                _buffers.Value.Clear();
                RunbookColumns.WriteContent(_buffers.Value, runbook);
                Stage(runbook, Fingerprint.Of(_buffers.Value.Written), seen.IsContractSame ? runbook.Parameters : null);
            }

            library.Reset();
        }
    }

    /// <summary>Stages a runbook whose content was written.</summary>
    private void Stage(Runbook runbook, long fingerprint, IReadOnlyList<RunbookParameter>? parameters)
    {
        _record.Clear();
        RunbookBytes.Write(_record, runbook, _buffers.Value.Written, fingerprint, parameters, _buffers.Part);
        _runbooks.Add(runbook.Id, _record.Written);
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
