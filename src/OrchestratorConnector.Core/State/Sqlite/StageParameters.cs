using System;
using System.Collections.Generic;
using System.Linq;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// The parameters that came from their own feed, in any order, and go out by their runbooks. In several tables by the first bits
/// of the runbook's id, so that each of a large library can be put in order in memory: SQLite maps the files that it sorts by
/// into memory as a whole.
/// </summary>
internal sealed class StageParameters
{
    private const int Bits = 4;

    private static readonly int[] Parts = [.. Enumerable.Range(0, 1 << Bits)];

    private static readonly string[] Inserts =
        [.. Parts.Select(p => $"INSERT INTO temp.stage_parameter_{p} (owner_high, owner_low, parameter) VALUES (?, ?, ?)")];

    private static readonly string[] Selects =
        [.. Parts.Select(p => $"SELECT owner_high, owner_low, parameter FROM temp.stage_parameter_{p} ORDER BY owner_high, owner_low, seq")];

    private static readonly string Create = string.Concat(Parts.Select(p =>
        $"CREATE TEMP TABLE stage_parameter_{p} (seq INTEGER PRIMARY KEY, owner_high INTEGER NOT NULL, owner_low INTEGER NOT NULL, parameter BLOB NOT NULL);"));

    private static readonly string DeleteAll = string.Concat(Parts.Select(p => $"DELETE FROM temp.stage_parameter_{p};"));

    private readonly SqliteSession _session;
    private readonly SqliteStatement[] _inserts;

    /// <summary>Makes the tables.</summary>
    public StageParameters(SqliteSession session)
    {
        _session = session;
        session.Execute(Create);
        // Until the session ends: to look one up for every parameter would cost as much as to insert it.
        _inserts = [.. Inserts.Select(session.Use)];
    }

    public void Clear() => _session.Execute(DeleteAll);

    public void Add(Guid owner, RunbookParameter parameter, BlobWriter scratch)
    {
        scratch.Clear();
        ContractCodec.WriteParameter(scratch, parameter);
        (long high, long low) = GuidBytes.ToNumbers(owner);
        int part = (int)((ulong)(high ^ long.MinValue) >> (64 - Bits));
        _inserts[part].Bind(1, high).Bind(2, low).BindBlob(3, scratch.Written).Run();
    }

    /// <summary>Goes through all by their owner's id, and those of one owner as they came.</summary>
    /// <returns>The owners; the statement then stands on a parameter, whose bytes are its third column.</returns>
    public IEnumerable<(Guid Owner, SqliteStatement Row)> Read()
    {
        foreach (string select in Selects)
        {
            using SqliteStatement rows = _session.Prepare(select);
            while (rows.Step())
            {
                yield return (GuidBytes.FromNumbers(rows.Number(0), rows.Number(1)), rows);
            }
        }
    }
}
