using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// What comes for runbooks, in any order, and goes out by their ids. It is dealt into parts by the first bits of the id; a part
/// is put in order in memory when its turn comes, and lies in a temporary table until then, in chunks: to store and to sort
/// each record as a row of its own would be half the work of an import.
/// </summary>
internal sealed class StagedRecords
{
    /// <summary>How many parts there are, by ascending ids.</summary>
    public const int Parts = 1 << Bits;

    /// <summary>The length of a page of the temporary file in which a chunk is read and written at once.</summary>
    public const int PageLength = 16 * 1024;

    private const int Bits = 6;

    // With the record that goes over it, a chunk fits into a page.
    private const int ChunkLength = 15 * 1024;

    private readonly SqliteSession _session;
    private readonly string _table;
    private readonly string _insert;
    private readonly string _select;
    private readonly BlobWriter[] _chunks = [.. Enumerable.Range(0, Parts).Select(_ => new BlobWriter())];

    // The rows of each part's chunks.
    private readonly List<long>[] _rows = [.. Enumerable.Range(0, Parts).Select(_ => new List<long>())];
    private readonly int[] _lengths = new int[Parts];
    private readonly BlobWriter _part = new();
    private readonly List<StagedRecord> _order = [];

    /// <summary>Makes the table.</summary>
    public StagedRecords(SqliteSession session, string table)
    {
        _session = session;
        _table = table;
        _insert = $"INSERT INTO temp.{table} (chunk) VALUES (?)";
        _select = $"SELECT chunk FROM temp.{table} WHERE seq = ?";
        session.Execute($"CREATE TEMP TABLE {table} (seq INTEGER PRIMARY KEY, chunk BLOB NOT NULL)");
    }

    public void Clear()
    {
        _session.Execute($"DELETE FROM temp.{_table}");
        for (int part = 0; part < Parts; part++)
        {
            _chunks[part].Clear();
            _rows[part].Clear();
            _lengths[part] = 0;
        }
    }

    [MethodImpl(Compile.AtOnce)]
    public void Add(Guid owner, ReadOnlySpan<byte> record)
    {
        int part = (int)((ulong)(GuidBytes.ToNumbers(owner).High ^ long.MinValue) >> (64 - Bits));
        BlobWriter chunk = _chunks[part];
        chunk.Id(owner);
        chunk.Blob(record);
        if (chunk.Written.Length >= ChunkLength)
        {
            using SqliteStatement insert = _session.Use(_insert);
            insert.BindBlob(1, chunk.Written).Run();
            _rows[part].Add(_session.LastId);
            _lengths[part] += chunk.Written.Length;
            chunk.Clear();
        }
    }

    /// <summary>Takes a part into memory.</summary>
    /// <returns>Its records by their owner's id, and those of one owner as they came; good until the next part is taken.</returns>
    [MethodImpl(Compile.AtOnce)]
    public IReadOnlyList<StagedRecord> Load(int part)
    {
        _part.Clear();
        _part.Reserve(_lengths[part] + _chunks[part].Written.Length);
        _order.Clear();
        using SqliteStatement rows = _session.Use(_select);
        foreach (long row in _rows[part])
        {
            if (!rows.Bind(1, row).Step())
            {
                // What is not found again would be taken for missing at the server.
                throw Error.StoreDamaged(_session.Path, null);
            }

            _part.Bytes(rows.Blob(0));
            rows.Reset();
        }

        _part.Bytes(_chunks[part].Written);
        ReadOnlySpan<byte> all = _part.Written;
        BlobReader reader = new(all, _session.Path);
        while (reader.Left > 0)
        {
            (long high, long low) = GuidBytes.ToNumbers(reader.Id());
            int length = reader.Number();
            _order.Add(new StagedRecord(high, low, all.Length - reader.Left, length));
            reader.Skip(length);
        }

        _order.Sort(StagedRecord.Compare);
        return _order;
    }

    /// <summary>For how many different runbooks something came.</summary>
    public long CountOwners()
    {
        long count = 0;
        for (int part = 0; part < Parts; part++)
        {
            IReadOnlyList<StagedRecord> order = Load(part);
            for (int i = 0; i < order.Count; i++)
            {
                count += i == 0 || order[i].CompareOwner(order[i - 1]) != 0 ? 1 : 0;
            }
        }

        return count;
    }

    /// <summary>The bytes of a record of the part that was taken last.</summary>
    public ReadOnlySpan<byte> BytesOf(StagedRecord record) => _part.Written.Slice(record.Start, record.Length);
}
