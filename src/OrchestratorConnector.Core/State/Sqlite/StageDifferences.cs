using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>One runbook that differs, and where it stands.</summary>
/// <param name="Before">As the library has it; <see langword="null"/> when it is new.</param>
/// <param name="Key">The row of the library; <see langword="null"/> when it holds none.</param>
/// <param name="Staged">The stage, which stands on it until the next difference; <see langword="null"/> when it did not come.</param>
internal readonly record struct StageDifference(LibraryRunbook? Before, long? Key, StagedRunbooks? Staged)
{
    /// <summary>Before and after.</summary>
    public RunbookPair Pair => new(Before, Staged?.ToRunbook());
}

/// <summary>What differs between a complete stage and the library, within the caller's transaction.</summary>
internal sealed class StageDifferences
{
    private const string CountLibrary = "SELECT count(*) FROM main.runbook INDEXED BY runbook_id WHERE connector_id = ?";
    private const string ReadIds = "SELECT key, id FROM main.runbook INDEXED BY runbook_id WHERE connector_id = ? AND key <= ?";
    private const string LastKey = "SELECT max(key) FROM main.runbook";

    private static readonly string FindById = $"SELECT r.key, {LibraryRows.ToRead("r")} FROM main.runbook AS r WHERE r.connector_id = ? AND r.id = ?";
    private static readonly string FindByKey = $"SELECT r.key, {LibraryRows.ToRead("r")} FROM main.runbook AS r WHERE r.key = ?";

    private readonly SqliteSession _session;
    private readonly long _connectorId;
    private readonly KnownRunbooks _known;
    private readonly StagedRunbooks _staged;
    private readonly BlobWriter _content = new();

    // What is added from here on gets higher ones.
    private readonly long _lastKey;

    // What came although the library did not hold it when the stage was opened, and holds it now: a preview while another
    // synchronization ended.
    private readonly HashSet<Guid> _came = [];

    public StageDifferences(SqliteSession session, long connectorId, KnownRunbooks known, StagedRunbooks staged)
    {
        _session = session;
        _connectorId = connectorId;
        _known = known;
        _staged = staged;
        InLibrary = Count();
        _lastKey = session.Number(LastKey);
    }

    /// <summary>How many runbooks the library holds of the connector; when it is none, everything that came is new.</summary>
    public long InLibrary { get; }

    /// <summary>What is new, different or found again, by id; then what did not come. Once.</summary>
    /// <param name="total">How many runbooks came.</param>
    public IEnumerable<StageDifference> Find(long total)
    {
        long added = 0;
        LibraryRows library = new(_session);
        using SqliteStatement row = _session.Use(FindById);
        while (_staged.Next())
        {
            StageDifference? difference = InLibrary == 0 ? new StageDifference(null, null, _staged) : Compare(row, library);
            row.Reset();
            added += difference is { Key: null } ? 1 : 0;
            if (difference is { } found)
            {
                yield return found;
            }
        }

        // When all that the library holds came, there is nothing absent to look for.
        if (total - added == InLibrary)
        {
            yield break;
        }

        foreach (long key in FindAbsent())
        {
            if (ReadAbsent(library, key) is { Status: not RunbookStatus.Missing } before)
            {
                yield return new StageDifference(before, key, null);
            }
        }
    }

    /// <summary>The runbook that the stage stands on, if it differs.</summary>
    private StageDifference? Compare(SqliteStatement row, LibraryRows library)
    {
        if (!row.Bind(1, _connectorId).Bind(2, _staged.Id).Step())
        {
            return new StageDifference(null, null, _staged);
        }

        if (_known.HasCome(_staged.Id) is null)
        {
            _came.Add(_staged.Id);
        }

        LibraryRunbook before = library.Read(row, 1);

        // A runbook that is missing or to be deleted is found again, whether it changed or not. An invalid one that did not
        // change is not: nothing new is known of it.
        bool isGone = before.Status is RunbookStatus.Missing or RunbookStatus.PendingDelete;
        return isGone || !IsSame(before.Runbook, _staged.Bytes) ? new StageDifference(before, row.Number(0), _staged) : null;
    }

    private bool IsSame(Runbook before, RunbookBytes after)
    {
        _content.Clear();
        RunbookColumns.WriteContent(_content, before);
        if (!_content.Written.SequenceEqual(after.Content))
        {
            return false;
        }

        _content.Clear();
        ContractCodec.Write(_content, before.Parameters!);
        return _content.Written.SequenceEqual(after.Contract);
    }

    // Gathered before anything of it is written: who goes along an index should not change what stands in it.
    private List<long> FindAbsent()
    {
        List<long> absent = [];
        using SqliteStatement rows = _session.Use(ReadIds);
        rows.Bind(1, _connectorId).Bind(2, _lastKey);
        while (rows.Step())
        {
            Guid id = rows.Id(1);
            if (!(_known.HasCome(id) ?? _came.Contains(id)))
            {
                absent.Add(rows.Number(0));
            }
        }

        return absent;
    }

    private LibraryRunbook? ReadAbsent(LibraryRows library, long key)
    {
        using SqliteStatement row = _session.Use(FindByKey);
        return row.Bind(1, key).Step() ? library.Read(row, 1) : null;
    }

    private long Count()
    {
        using SqliteStatement count = _session.Use(CountLibrary);
        return count.Bind(1, _connectorId).Step() ? count.Number(0) : 0;
    }
}
