using System;
using System.Collections.Generic;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Finds out what a file is, and brings a store of this product to the newest schema.</summary>
internal static class SqliteMigrator
{
    /// <summary>Reads what the file is, and writes nothing.</summary>
    /// <returns>Whether it has the newest schema.</returns>
    /// <exception cref="OrchestratorException">StoreNotADatabase, StoreNewer, StoreDamaged.</exception>
    public static bool IsNewest(SqliteSession session, IReadOnlyList<SqliteMigration> migrations)
    {
        int newest = migrations[migrations.Count - 1].Version;
        session.BeginRead();
        try
        {
            return CheckedVersion(session, newest) == newest;
        }
        finally
        {
            session.End();
        }
    }

    /// <summary>Takes the steps that are missing, all or none.</summary>
    /// <exception cref="OrchestratorException">StoreNotADatabase, StoreNewer, and what can hinder the writing.</exception>
    public static void Migrate(SqliteSession session, IReadOnlyList<SqliteMigration> migrations)
    {
        int newest = migrations[migrations.Count - 1].Version;

        // Kept in the file: readers and a writer do not hinder each other from here on. Where the file system cannot do it,
        // SQLite stays with its other journal, which is as safe and lets readers wait.
        // A new file has pages of twice the usual length: who goes through an index of a large library, to find the last name that
        // fits, reads half as often.
        session.Retry("PRAGMA page_size=8192; PRAGMA journal_mode=WAL");
        session.BeginWrite();
        try
        {
            // Another process may have been here since.
            long version = CheckedVersion(session, newest);
            foreach (SqliteMigration migration in migrations)
            {
                if (migration.Version > version)
                {
                    session.Execute(migration.Sql);
                    session.Execute(FormattableString.Invariant($"PRAGMA user_version={migration.Version}; PRAGMA application_id={SqliteSchema.ApplicationId}"));
                }
            }

            session.Commit();
        }
        finally
        {
            session.End();
        }
    }

    private static long CheckedVersion(SqliteSession session, int newest)
    {
        long version = session.Number("PRAGMA user_version");
        long application = session.Number("PRAGMA application_id");
        bool isNew = application == 0 && version == 0 && session.Number("SELECT count(*) FROM sqlite_master") == 0;
        if (application != SqliteSchema.ApplicationId && !isNew)
        {
            throw Error.StoreNotADatabase(session.Path, null);
        }

        return version <= newest ? version : throw Error.StoreNewer(session.Path, (int)version, newest);
    }
}
