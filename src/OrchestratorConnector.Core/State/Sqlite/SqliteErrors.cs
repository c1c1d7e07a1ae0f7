using System;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Errors;
using SQLitePCL;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>The one place that knows what SQLite's result codes mean to a user.</summary>
internal static class SqliteErrors
{
    public static bool IsBusy(int code) => (code & 0xFF) is raw.SQLITE_BUSY or raw.SQLITE_LOCKED;

    public static bool IsFailure(int code) => code is not (raw.SQLITE_OK or raw.SQLITE_ROW or raw.SQLITE_DONE);

    /// <summary>Whether a reader failed only because it may not write the files beside the store.</summary>
    public static bool IsReadOnlyFolder(int code) => (code & 0xFF) is raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY;

    public static SqliteException Of(int code, sqlite3 handle)
    {
        try
        {
            SqliteException.ThrowExceptionForRC(code, handle);
        }
        catch (SqliteException e)
        {
            return e;
        }

        throw new ArgumentOutOfRangeException(nameof(code), code, "This code is no failure.");
    }

    public static Exception Translate(SqliteException error, string path, TimeSpan waited) => error.SqliteErrorCode switch
    {
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => Error.StoreBusy(path, waited),
        raw.SQLITE_READONLY or raw.SQLITE_PERM => Error.StoreReadOnly(path, error),
        raw.SQLITE_CORRUPT => Error.StoreDamaged(path, error),
        raw.SQLITE_NOTADB => Error.StoreNotADatabase(path, error),
        raw.SQLITE_FULL => Error.StoreFull(path, error),
        raw.SQLITE_INTERRUPT => new OperationCanceledException("The work on the store was cancelled.", error),
        // The file bears our mark and version, yet a table of that version is not there.
        raw.SQLITE_ERROR when error.Message.Contains("no such table") || error.Message.Contains("no such column") => Error.StoreDamaged(path, error),
        _ => Error.StoreUnavailable(path, error.Message, error),
    };
}
