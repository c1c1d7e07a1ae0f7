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
    // Status: a runbook that is missing or to be deleted is found again, whether it changed or not. An invalid one stays so.
    private static readonly string FindStaged = $"""
        INSERT INTO temp.difference (seq, key)
        SELECT s.seq, r.key FROM temp.stage AS s NOT INDEXED
        LEFT JOIN main.runbook AS r ON r.connector_id = ?1 AND r.id = s.id
        WHERE r.key IS NULL OR r.status IN ({(int)RunbookStatus.Missing}, {(int)RunbookStatus.PendingDelete}) OR {RunbookColumns.Differ("s", "r")}
        ORDER BY s.seq
        """;

    // The inner query needs no more than the index of the ids, which makes it several times as fast as one that reads rows.
    private static readonly string FindAbsent = $"""
        INSERT INTO temp.difference (key)
        SELECT key FROM main.runbook WHERE status <> {(int)RunbookStatus.Missing} AND key IN (
            SELECT r.key FROM main.runbook AS r WHERE r.connector_id = ?1 AND NOT EXISTS (SELECT 1 FROM temp.stage AS s WHERE s.id = r.id))
        """;

    private static readonly string ReadAll = $"""
        SELECT d.seq, d.key, {RunbookColumns.ToRead("s")}, {LibraryRows.ToRead("r")} FROM temp.difference AS d
        LEFT JOIN temp.stage AS s ON s.seq = d.seq
        LEFT JOIN main.runbook AS r ON r.key = d.key
        """;

    private static readonly string ReadKnown = ReadAll + " WHERE d.key IS NOT NULL";

    private readonly SqliteSession _session;
    private readonly long _connectorId;

    public StageDifferences(SqliteSession session, long connectorId)
    {
        _session = session;
        _connectorId = connectorId;
    }

    /// <summary>Finds what differs and remembers it in the temporary table <c>difference</c>.</summary>
    public void Find()
    {
        _session.Execute("DELETE FROM temp.difference");
        Run(FindStaged);
        // When all that the library holds was found in the stage, there is nothing absent to look for.
        if (Number("SELECT (SELECT count(*) FROM temp.stage) - (SELECT count(*) FROM temp.difference WHERE key IS NULL) < (SELECT count(*) FROM main.runbook WHERE connector_id = ?1)") != 0)
        {
            Run(FindAbsent);
        }
    }

    /// <summary>Everything that was found.</summary>
    public IEnumerable<StageDifference> Read() => Read(ReadAll);

    /// <summary>Everything that was found and that the library holds.</summary>
    public IEnumerable<StageDifference> ReadOfLibrary() => Read(ReadKnown);

    private void Run(string sql)
    {
        using SqliteStatement statement = _session.Use(sql);
        statement.Bind(1, _connectorId).Run();
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
