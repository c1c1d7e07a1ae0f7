using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// Makes the contracts of the runbooks that came without parameters: of those that the library had and that came, and of those
/// that are staged. Beside the runbooks, because rows that grow would have to be moved.
/// </summary>
internal sealed class StageContracts
{
    private const string Insert = "INSERT INTO temp.stage_contract (id, contract, contract_fingerprint) VALUES (?, ?, ?)";
    private const string FromLibrary = "SELECT contract FROM main.runbook WHERE connector_id = ? AND id = ?";

    // None of their parameters is staged, but some may have been seen.
    private const string WithoutParameters = """
        SELECT s.id FROM temp.stage AS s JOIN main.runbook AS r ON r.connector_id = ? AND r.id = s.id
        WHERE s.contract IS NULL AND NOT EXISTS (SELECT 1 FROM temp.stage_contract AS c WHERE c.id = s.id)
        """;

    private readonly SqliteSession _session;
    private readonly long _connectorId;
    private readonly KnownRunbooks _known;
    private readonly StageParameters _parameters;
    private readonly StageBuffers _buffers;

    private readonly ContractBuilder _contract = new();

    public StageContracts(SqliteSession session, long connectorId, KnownRunbooks known, StageParameters parameters, StageBuffers buffers)
    {
        _session = session;
        _connectorId = connectorId;
        _known = known;
        _parameters = parameters;
        _buffers = buffers;
    }

    public void Fill()
    {
        using SqliteStatement insert = _session.Use(Insert);
        FillFromStage(insert);
        if (!_known.IsEmpty)
        {
            FillFromLibrary(insert);
        }
    }

    private void FillFromStage(SqliteStatement insert)
    {
        StagedParameter? last = null;
        foreach (StagedParameter parameter in _parameters.Read())
        {
            if (last is not { } before || before.High != parameter.High || before.Low != parameter.Low)
            {
                Write(insert, last?.Owner);
                TakeSeen(parameter.Owner);
            }

            last = parameter;
            _contract.Add(_parameters.BytesOf(parameter), _session.Path);
        }

        Write(insert, last?.Owner);
    }

    private void FillFromLibrary(SqliteStatement insert)
    {
        List<Guid> owners = [];
        using (SqliteStatement rows = _session.Use(WithoutParameters))
        {
            rows.Bind(1, _connectorId);
            while (rows.Step())
            {
                owners.Add(rows.Id(0));
            }
        }

        foreach (Guid owner in owners)
        {
            TakeSeen(owner);
            Write(insert, owner);
        }
    }

    private void TakeSeen(Guid owner)
    {
        ReadOnlySpan<bool> seen = _known.SeenParameters(owner);
        if (seen.IndexOf(true) < 0)
        {
            return;
        }

        using SqliteStatement library = _session.Use(FromLibrary);
        if (!library.Bind(1, _connectorId).Bind(2, owner).Step())
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
                _contract.Add(_buffers.Part.Written, _session.Path);
            }
        }
    }

    private void Write(SqliteStatement insert, Guid? owner)
    {
        if (owner is { } id)
        {
            _contract.Build(_buffers);
            insert.Bind(1, id).BindBlob(2, _buffers.Value.Written).BindBlob(3, _buffers.Part.Written).Run();
            _contract.Clear();
        }
    }
}
