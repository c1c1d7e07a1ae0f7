using System;
using System.Collections.Concurrent;
using System.IO;
using System.Threading;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// The store in one SQLite file. Every piece of work has a connection of its own while it lasts, so that threads do not meet
/// here any more than processes do: the database keeps them apart.
/// </summary>
public sealed partial class SqliteStateStore : IStateStore
{
    // Once in a process: finds SQLite's native library.
    private static readonly Lazy<bool> Native = new(() =>
    {
        SQLitePCL.Batteries_V2.Init();
        return true;
    });

    private readonly SqliteStoreOptions _options;
    private readonly ConcurrentBag<SqliteSession> _idle = [];
    private volatile bool _isDisposed;

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
        LoadNative(store.Location);
        if (!options.ReadOnly)
        {
            StoreFile.Prepare(store.Location);
        }

        SqliteSession session = store.OpenSession(options.CancellationToken);
        try
        {
            bool isNewest = SqliteMigrator.IsNewest(session, options.Migrations);
            StoreFile.Tighten(store.Location);
            if (!isNewest)
            {
                SqliteMigrator.Migrate(session, options.Migrations);
            }
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

    private static void LoadNative(string path)
    {
        try
        {
            _ = Native.Value;
        }
        catch (Exception e) when (e is DllNotFoundException or BadImageFormatException or TypeInitializationException)
        {
            throw Error.StoreUnavailable(path, $"SQLite's native library for this platform cannot be loaded. {e.Message}", e);
        }
    }

    private SqliteSession OpenSession(CancellationToken token) => SqliteSession.Open(Location, _options, token);

    private SqliteSession Rent() => RentUntil(_options.CancellationToken);

    private SqliteSession RentUntil(CancellationToken token)
    {
#if NETSTANDARD2_0
        if (_isDisposed)
        {
            throw new ObjectDisposedException(nameof(SqliteStateStore));
        }
#else
        ObjectDisposedException.ThrowIf(_isDisposed, this);
#endif
        if (!_idle.TryTake(out SqliteSession? session))
        {
            return OpenSession(token);
        }

        session.ObeyStore(token);
        return session;
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
    private T Read<T>(Func<SqliteSession, T> read) => Read(read, _options.CancellationToken);

    private T Read<T>(Func<SqliteSession, T> read, CancellationToken token)
    {
        SqliteSession session = RentUntil(token);
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
    private T Write<T>(Func<SqliteSession, T> write) => Write(write, _options.CancellationToken);

    private T Write<T>(Func<SqliteSession, T> write, CancellationToken token)
    {
        SqliteSession session = RentUntil(token);
        try
        {
            session.BeginWrite();
            T result = write(session);
            Commit(session);
            return result;
        }
        finally
        {
            Return(session);
        }
    }
}
