using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// Goes through the runbooks of a complete stage by their ids: each once, as it came last, and with its contract, whichever way
/// that came. It stands on one at a time.
/// </summary>
internal sealed class StagedRunbooks
{
    private const string FromLibrary = "SELECT contract FROM main.runbook WHERE connector_id = ? AND id = ?";

    private readonly SqliteSession _session;
    private readonly long _connectorId;
    private readonly KnownRunbooks _known;
    private readonly StagedRecords _runbooks;
    private readonly StagedRecords _parameters;
    private readonly StageBuffers _buffers = new();
    private readonly ContractBuilder _builder = new();
    private IReadOnlyList<StagedRecord> _runbookOrder = [];
    private IReadOnlyList<StagedRecord> _parameterOrder = [];
    private int _part;
    private int _nextRunbook;
    private int _nextParameter;
    private StagedRecord _current;
    private bool _isWhole;

    public StagedRunbooks(SqliteSession session, long connectorId, KnownRunbooks known, StagedRecords runbooks, StagedRecords parameters)
    {
        _session = session;
        _connectorId = connectorId;
        _known = known;
        _runbooks = runbooks;
        _parameters = parameters;
    }

    /// <summary>The id of the runbook.</summary>
    public Guid Id { get; private set; }

    /// <summary>The runbook as <see cref="RunbookColumns"/> reads it.</summary>
    public RunbookBytes Bytes => _isWhole
        ? Record
        : new RunbookBytes(Record.Content, Record.Derived, _buffers.Value.Written, _buffers.Part.Written);

    private RunbookBytes Record => RunbookBytes.Read(_runbooks.BytesOf(_current), _session.Path);

    /// <summary>Goes to the next one.</summary>
    /// <returns>Whether there is one.</returns>
    [MethodImpl(Compile.AtOnce)]
    public bool Next()
    {
        while (_nextRunbook == _runbookOrder.Count)
        {
            if (_part == StagedRecords.Parts)
            {
                return false;
            }

            _runbookOrder = _runbooks.Load(_part);
            _parameterOrder = _parameters.Load(_part);
            _part++;
            _nextRunbook = 0;
            _nextParameter = 0;
        }

        do
        {
            _current = _runbookOrder[_nextRunbook++];
        }
        while (_nextRunbook < _runbookOrder.Count && _runbookOrder[_nextRunbook].CompareOwner(_current) == 0);

        Id = _current.Owner;
        _isWhole = Record.HasContract;
        TakeParameters();
        return true;
    }

    /// <summary>The runbook as an object.</summary>
    public Runbook ToRunbook() => RunbookColumns.Read(Id, Bytes, _session.Path);

    [MethodImpl(Compile.AtOnce)]
    private void TakeParameters()
    {
        _builder.Clear();
        if (!_isWhole)
        {
            TakeSeen();
        }

        // Parameters of runbooks that did not come, or brought a contract of their own, are nobody's.
        for (; _nextParameter < _parameterOrder.Count && _parameterOrder[_nextParameter].CompareOwner(_current) is <= 0 and int order; _nextParameter++)
        {
            if (order == 0 && !_isWhole)
            {
                _builder.Add(_parameters.BytesOf(_parameterOrder[_nextParameter]), _session.Path);
            }
        }

        if (!_isWhole)
        {
            _builder.Build(_buffers);
        }
    }

    /// <summary>Parameters that came as the library has them are not staged.</summary>
    private void TakeSeen()
    {
        ReadOnlySpan<bool> seen = _known.SeenParameters(Id);
        if (seen.IndexOf(true) < 0)
        {
            return;
        }

        using SqliteStatement library = _session.Use(FromLibrary);
        if (!library.Bind(1, _connectorId).Bind(2, Id).Step())
        {
            return;
        }

        BlobReader reader = new(library.Blob(0), _session.Path);
        IReadOnlyList<RunbookParameter> contract = ContractCodec.Read(ref reader);
        for (int i = 0; i < contract.Count; i++)
        {
            // Another synchronization may have written another contract since; a preview then goes by that one.
            if (contract.Count != seen.Length || seen[i])
            {
                _buffers.Part.Clear();
                ContractCodec.WriteParameter(_buffers.Part, contract[i]);
                _builder.Add(_buffers.Part.Written, _session.Path);
            }
        }
    }
}
