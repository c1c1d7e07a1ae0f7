using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>One runbook that differs, and where it stands.</summary>
/// <param name="Pair">Before and after.</param>
/// <param name="Sequence">The row of the stage; <see langword="null"/> when it holds none.</param>
/// <param name="Key">The row of the library; <see langword="null"/> when it holds none.</param>
internal readonly record struct StageDifference(RunbookPair Pair, long? Sequence, long? Key);

/// <summary>What differs between a complete stage and the library: found by the database, within the caller's transaction.</summary>
internal sealed class StageDifferences
{
    private const string FindAllStaged = "INSERT INTO temp.difference (seq) SELECT seq FROM temp.stage ORDER BY seq";
    private const string AddAbsent = "INSERT INTO temp.difference (key) SELECT key FROM main.runbook WHERE key = ?1 AND status <> ?2";
    private const string CountLibrary = "SELECT count(*) FROM main.runbook INDEXED BY runbook_id WHERE connector_id = ?1";
    private const string ReadIds = "SELECT key, id FROM main.runbook INDEXED BY runbook_id WHERE connector_id = ?1";
    private const string IsStaged = "SELECT 1 FROM temp.stage WHERE id = ?1";

    private static readonly StagedContract Contract = StagedContract.Of("s", "c");

    // Status: a runbook that is missing or to be deleted is found again, whether it changed or not. An invalid
    // one that did not change is not: nothing new is known of it.
    private static readonly string FindStaged = $"""
        INSERT INTO temp.difference (seq, key)
        SELECT s.seq, r.key FROM temp.stage AS s NOT INDEXED
        LEFT JOIN main.runbook AS r ON r.connector_id = ?1 AND r.id = s.id
        {StagedContract.Join("s", "c")}
        WHERE r.key IS NULL OR r.status IN ({(int)RunbookStatus.Missing}, {(int)RunbookStatus.PendingDelete}) OR {RunbookColumns.Differ("s", Contract, "r")}
        ORDER BY s.seq
        """;

    private static readonly string ReadAll = $"""
        SELECT d.seq, d.key, {RunbookColumns.ToRead("s", Contract)}, {LibraryRows.ToRead("r")} FROM temp.difference AS d
        LEFT JOIN temp.stage AS s ON s.seq = d.seq
        {StagedContract.Join("s", "c")}
        LEFT JOIN main.runbook AS r ON r.key = d.key
        """;

    private static readonly string ReadKnown = ReadAll + " WHERE d.key IS NOT NULL";

    private readonly SqliteSession _session;
    private readonly long _connectorId;
    private readonly KnownRunbooks _known;

    public StageDifferences(SqliteSession session, long connectorId, KnownRunbooks known)
    {
        _session = session;
        _connectorId = connectorId;
        _known = known;
    }

    /// <summary>Whether there is nothing to compare with, so that everything that came is new.</summary>
    public bool IsFirst() => Number(CountLibrary) == 0;

    /// <summary>Finds what differs and remembers it in the temporary table <c>difference</c>.</summary>
    /// <param name="total">How many runbooks came.</param>
    public void Find(long total)
    {
        _session.Execute("DELETE FROM temp.difference");
        long library = Number(CountLibrary);
        if (library == 0)
        {
            _session.Execute(FindAllStaged);
            return;
        }

        using (SqliteStatement staged = _session.Use(FindStaged))
        {
            staged.Bind(1, _connectorId).Run();
        }

        // When all that the library holds came, there is nothing absent to look for.
        if (total - _session.Number("SELECT count(*) FROM temp.difference WHERE key IS NULL") < library)
        {
            FindAbsent();
        }
    }

    /// <summary>Everything that was found.</summary>
    public IEnumerable<StageDifference> Read() => Read(ReadAll);

    /// <summary>Everything that was found and that the library holds.</summary>
    public IEnumerable<StageDifference> ReadOfLibrary() => Read(ReadKnown);

    private void FindAbsent()
    {
        using SqliteStatement rows = _session.Use(ReadIds);
        using SqliteStatement add = _session.Use(AddAbsent);
        rows.Bind(1, _connectorId);
        while (rows.Step())
        {
            // What the library did not hold when the stage was opened was staged if it came.
            Guid id = rows.Id(1);
            if (!(_known.HasCome(id) ?? HasBeenStaged(id)))
            {
                add.Bind(1, rows.Number(0)).Bind(2, (long)RunbookStatus.Missing).Run();
            }
        }
    }

    private bool HasBeenStaged(Guid id)
    {
        using SqliteStatement row = _session.Use(IsStaged);
        return row.Bind(1, id).Step();
    }

    private long Number(string sql)
    {
        using SqliteStatement statement = _session.Use(sql);
        statement.Bind(1, _connectorId);
        return statement.Step() ? statement.Number(0) : 0;
    }

    private IEnumerable<StageDifference> Read(string sql)
    {
        LibraryRows library = new(_session);
        using SqliteStatement rows = _session.Prepare(sql);
        while (rows.Step())
        {
            long? sequence = rows.OptionalNumber(0);
            long? key = rows.OptionalNumber(1);
            RunbookPair pair = new(
                key is null ? null : library.Read(rows, 2 + RunbookColumns.ReadCount),
                sequence is null ? null : RunbookColumns.Read(rows, 2));
            yield return new StageDifference(pair, sequence, key);
        }
    }
}
