using System;
using System.Collections.Concurrent;
using System.IO;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// The store in one SQLite file. Every piece of work has a connection of its own while it lasts, so that threads do not meet
/// here any more than processes do: the database keeps them apart.
/// </summary>
public sealed partial class SqliteStateStore : IStateStore
{
    private readonly SqliteStoreOptions _options;
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _isDisposed;

    static SqliteStateStore() => SQLitePCL.Batteries_V2.Init();

    private SqliteStateStore(string path, SqliteStoreOptions options)
    {
        Location = path;
        _options = options;
    }

    /// <inheritdoc/>
    public string Location { get; }

    private DateTime Now => _options.UtcNow();

    /// <summary>Opens a store, and makes it where there is none yet: a file that only its owner can read.</summary>
    /// <param name="path">The file's path.</param>
    /// <param name="options">How to wait; <see langword="null"/> for the usual.</param>
    /// <exception cref="OrchestratorException">
    /// StoreNotADatabase, StoreNewer, StoreDamaged, StoreReadOnly, StoreFull, StoreBusy, StoreUnavailable.
    /// </exception>
    public static SqliteStateStore Open(string path, SqliteStoreOptions? options = null)
    {
        options ??= new SqliteStoreOptions();
        SqliteStateStore store = new(Path.GetFullPath(path), options);
        if (!options.ReadOnly)
        {
            StoreFile.Prepare(store.Location);
        }

        SqliteSession session = store.OpenSession();
        try
        {
            SqliteMigrator.Migrate(session, options.Migrations);
        }
        catch
        {
            session.Dispose();
            throw;
        }

        store._idle.Add(session);
        return store;
    }

    /// <summary>Closes the file.</summary>
    public void Dispose()
    {
        _isDisposed = true;
        while (_idle.TryTake(out SqliteSession? session))
        {
            session.Dispose();
        }
    }

    private SqliteSession OpenSession() => SqliteSession.Open(Location, _options);

    private SqliteSession Rent()
    {
#if NETSTANDARD2_0
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(SqliteStateStore));
        }
#else
        ObjectDisposedException.ThrowIf(_isDisposed, this);
#endif
        return _idle.TryTake(out SqliteSession? session) ? session : OpenSession();
    }

    private void Return(SqliteSession session)
    {
        session.End();
        session.Obey(default);
        _idle.Add(session);
        if (_isDisposed)
        {
            Dispose();
        }
    }

    /// <summary>Reads one state of the store.</summary>
    private T Read<T>(Func<SqliteSession, T> read)
    {
        SqliteSession session = Rent();
        try
        {
            session.BeginRead();
            return read(session);
        }
        finally
        {
            Return(session);
        }
    }

    /// <summary>Changes the store as one step, or not at all.</summary>
    private T Write<T>(Func<SqliteSession, T> write)
    {
        SqliteSession session = Rent();
        try
        {
            session.BeginWrite();
            T result = write(session);
            session.Commit();
            return result;
        }
        finally
        {
            Return(session);
        }
    }
}
