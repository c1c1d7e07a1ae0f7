using System;
using System.Collections.Generic;
using System.Threading;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using SQLitePCL;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>One connection to the file, with its prepared statements. Used by one thread at a time.</summary>
internal sealed class SqliteSession : IDisposable
{
    // How many steps of SQLite's machine between two looks at the tokens: some 100 microseconds.
    private const int StepsBetweenLooks = 10_000;

    private readonly TimeSpan _busyTimeout;
    private readonly Dictionary<string, SqliteStatement> _statements = new(StringComparer.Ordinal);
    private CancellationToken _storeToken;
    private CancellationToken _token;

    private SqliteSession(sqlite3 handle, string path, TimeSpan busyTimeout, CancellationToken storeToken)
    {
        _busyTimeout = busyTimeout;
        _storeToken = storeToken;
        Path = path;
        Handle = handle;
        raw.sqlite3_progress_handler(Handle, StepsBetweenLooks, _ => IsCancelled ? 1 : 0, null);
    }

    public string Path { get; }

    public sqlite3 Handle { get; }

    /// <summary>The events of the transaction that is open.</summary>
    public List<ConnectorEvent> Recorded { get; } = [];

    /// <summary>How many rows the last statement changed.</summary>
    public long Changes => raw.sqlite3_changes(Handle);

    public long LastId => raw.sqlite3_last_insert_rowid(Handle);

    private bool IsCancelled => _token.IsCancellationRequested || _storeToken.IsCancellationRequested;

    /// <summary>Opens the file that is there; what it is, the first reading tells.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to wait.</param>
    /// <param name="storeToken">What ends the waits of everything that the connection does.</param>
    public static SqliteSession Open(string path, SqliteStoreOptions options, CancellationToken storeToken)
    {
        SqliteSession session = Connect(path, path, options, options.ReadOnly, storeToken);
        try
        {
            int code = session.Configure(options);
            if (SqliteErrors.IsReadOnlyFolder(code) && StoreFile.HasNoLog(path))
            {
                // The file may be read but its folder not be written, where SQLite wants to put a file beside it. With no log
                // there, nobody writes, and it can be read just as it is.
                session.Dispose();
                session = Connect(path, "file:" + Uri.EscapeDataString(path) + "?immutable=1", options, readOnly: true, storeToken);
                code = session.Configure(options);
            }

            session.Check(code);
            return session;
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    /// <summary>Lets a token end what runs, within a fraction of a millisecond; <see langword="default"/> at the end of the work.</summary>
    public void Obey(CancellationToken cancellationToken) => _token = cancellationToken;

    /// <summary>Lets the store's own token, or none, end the waits.</summary>
    public void ObeyStore(CancellationToken storeToken) => _storeToken = storeToken;

    public void ThrowIfCancelled()
    {
        _token.ThrowIfCancellationRequested();
        _storeToken.ThrowIfCancellationRequested();
    }

    /// <summary>A prepared statement, kept for the next time.</summary>
    public SqliteStatement Use(string sql)
    {
        if (!_statements.TryGetValue(sql, out SqliteStatement? statement))
        {
            statement = Prepare(sql, kept: true);
            _statements.Add(sql, statement);
        }
        else if (statement.InUse)
        {
            return Prepare(sql, kept: false);
        }

        statement.InUse = true;
        return statement;
    }

    /// <summary>A prepared statement for once.</summary>
    public SqliteStatement Prepare(string sql) => Prepare(sql, kept: false);

    /// <summary>Runs statements that have no values.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    /// <summary>The number that a query gives.</summary>
    public long Number(string sql)
    {
        using SqliteStatement statement = Prepare(sql);
        return statement.Step() ? statement.Number(0) : 0;
    }

    /// <summary>Starts to read: everything until <see cref="End"/> sees one state of the file, and no other process can hinder it.</summary>
    public void BeginRead() => Retry("BEGIN; SELECT 1 FROM sqlite_master LIMIT 1");

    /// <summary>Becomes the only one that writes.</summary>
    /// <exception cref="OrchestratorException">StoreBusy.</exception>
    public void BeginWrite() => Retry("BEGIN IMMEDIATE");

    /// <summary>
    /// Ends a transaction with all that it wrote. Where a file system cannot do with a log beside the file, whoever reads holds
    /// that up; the transaction stays open meanwhile.
    /// </summary>
    /// <exception cref="OrchestratorException">StoreBusy.</exception>
    public void Commit()
    {
        BusyWait? wait = null;
        int code;
        do
        {
            code = raw.sqlite3_exec(Handle, "COMMIT");
        }
        while (SqliteErrors.IsBusy(code) && (wait ??= NewWait()).Pause());
        Check(code);
    }

    /// <summary>Ends a transaction, if one is open, without writing.</summary>
    public void End()
    {
        Recorded.Clear();
        // A cancelled or full transaction is rolled back by SQLite itself.
        if (raw.sqlite3_get_autocommit(Handle) == 0)
        {
            raw.sqlite3_exec(Handle, "ROLLBACK");
        }
    }

    /// <summary>Runs statements, again while another process is in the way.</summary>
    public void Retry(string sql) => Check(TryAgain(sql));

    public void Check(int code)
    {
        if (SqliteErrors.IsFailure(code))
        {
            if (code == raw.SQLITE_INTERRUPT)
            {
                ThrowIfCancelled();
            }

            throw SqliteErrors.Translate(SqliteErrors.Of(code, Handle), Path, _busyTimeout);
        }
    }

    public void Dispose()
    {
        foreach (SqliteStatement statement in _statements.Values)
        {
            statement.Close();
        }

        _statements.Clear();
        Handle.Dispose();
    }

    // By SQLite's own call: the connection of ADO.NET does the same, and costs a fresh process, in which somebody waits for the
    // first Tab, ten milliseconds more.
    private static SqliteSession Connect(string path, string source, SqliteStoreOptions options, bool readOnly, CancellationToken storeToken)
    {
        // One thread at a time uses it, so that SQLite need not make sure of it at every call.
        int flags = raw.SQLITE_OPEN_NOMUTEX | raw.SQLITE_OPEN_PRIVATECACHE | raw.SQLITE_OPEN_URI | (readOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE);
        int code = raw.sqlite3_open_v2(source, out sqlite3 handle, flags, null);
        if (code != raw.SQLITE_OK)
        {
            using (handle)
            {
                throw SqliteErrors.Translate(SqliteErrors.Of(code, handle), path, options.BusyTimeout);
            }
        }

        return new SqliteSession(handle, path, options.BusyTimeout, storeToken);
    }

    private int Configure(SqliteStoreOptions options)
    {
        int code = TryAgain("PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON; PRAGMA temp_store=FILE; PRAGMA user_version");
        if (code == raw.SQLITE_OK && options.MaxPageCount is { } most)
        {
            code = TryAgain(FormattableString.Invariant($"PRAGMA max_page_count={most}"));
        }

        return code;
    }

    private int TryAgain(string sql)
    {
        BusyWait? wait = null;
        while (true)
        {
            ThrowIfCancelled();
            int code = raw.sqlite3_exec(Handle, sql);
            if (!SqliteErrors.IsBusy(code))
            {
                return code;
            }

            wait ??= NewWait();
            End();
            if (!wait.Pause())
            {
                return code;
            }
        }
    }

    private BusyWait NewWait() => new(_busyTimeout, _storeToken, _token);

    private SqliteStatement Prepare(string sql, bool kept)
    {
        Check(raw.sqlite3_prepare_v2(Handle, sql, out sqlite3_stmt statement));
        return new SqliteStatement(this, statement, kept);
    }
}
