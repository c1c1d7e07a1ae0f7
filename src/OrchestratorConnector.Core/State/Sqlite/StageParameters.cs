using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// The parameters that came from their own feed, in any order, and go out by their runbooks. They are dealt into parts by the
/// first bits of the runbook's id; a part is put in order in memory when its turn comes, and lies in a temporary table until
/// then, in chunks: to store and to sort each parameter as a row of its own would be half the work of an import.
/// </summary>
internal sealed class StageParameters
{
    private const int Bits = 5;
    private const int Parts = 1 << Bits;
    private const int ChunkLength = 16 * 1024;

    private readonly SqliteSession _session;
    private readonly BlobWriter[] _chunks = [.. Enumerable.Range(0, Parts).Select(_ => new BlobWriter())];
    private readonly BlobWriter _part = new();
    private readonly List<StagedParameter> _order = [];

    /// <summary>Makes the table.</summary>
    public StageParameters(SqliteSession session)
    {
        _session = session;
        session.Execute("CREATE TEMP TABLE stage_parameter (seq INTEGER PRIMARY KEY, part INTEGER NOT NULL, chunk BLOB NOT NULL)");
    }

    public void Clear()
    {
        _session.Execute("DELETE FROM temp.stage_parameter");
        foreach (BlobWriter chunk in _chunks)
        {
            chunk.Clear();
        }
    }

    [MethodImpl(Compile.AtOnce)]
    public void Add(Guid owner, RunbookParameter parameter, BlobWriter scratch)
    {
        scratch.Clear();
        ContractCodec.WriteParameter(scratch, parameter);
        int part = (int)((ulong)(GuidBytes.ToNumbers(owner).High ^ long.MinValue) >> (64 - Bits));
        BlobWriter chunk = _chunks[part];
        chunk.Id(owner);
        chunk.Number(scratch.Written.Length);
        chunk.Bytes(scratch.Written);
        if (chunk.Written.Length >= ChunkLength)
        {
            using SqliteStatement insert = _session.Use("INSERT INTO temp.stage_parameter (part, chunk) VALUES (?, ?)");
            insert.Bind(1, (long)part).BindBlob(2, chunk.Written).Run();
            chunk.Clear();
        }
    }

    /// <summary>Goes through all by their owner's id, and those of one owner as they came.</summary>
    public IEnumerable<StagedParameter> Read()
    {
        for (int part = 0; part < Parts; part++)
        {
            Load(part);
            foreach (StagedParameter parameter in _order)
            {
                yield return parameter;
            }
        }
    }

    /// <summary>The bytes of the parameter that <see cref="Read"/> stands on.</summary>
    public ReadOnlySpan<byte> BytesOf(StagedParameter parameter) => _part.Written.Slice(parameter.Start, parameter.Length);

    [MethodImpl(Compile.AtOnce)]
    private void Load(int part)
    {
        _part.Clear();
        _order.Clear();
        using SqliteStatement rows = _session.Use("SELECT chunk FROM temp.stage_parameter WHERE part = ? ORDER BY seq");
        rows.Bind(1, (long)part);
        while (rows.Step())
        {
            _part.Bytes(rows.Blob(0));
        }

        _part.Bytes(_chunks[part].Written);
        ReadOnlySpan<byte> all = _part.Written;
        BlobReader reader = new(all, _session.Path);
        while (reader.Left > 0)
        {
            (long high, long low) = GuidBytes.ToNumbers(reader.Id());
            int length = reader.Number();
            _order.Add(new StagedParameter(high, low, all.Length - reader.Left, length));
            reader.Skip(length);
        }

        _order.Sort(StagedParameter.Compare);
    }
}
