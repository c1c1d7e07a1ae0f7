using System;
using System.Collections.Generic;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// An import into a library that holds nothing: the rows go in without indexes, which are made afterwards from all rows at
/// once. Names and paths come in no order that an index likes; sorting them once takes half the time of putting them in one by
/// one. Within the caller's transaction, so that nobody ever sees the library without its indexes.
/// </summary>
internal static class FirstImport
{
    private const long Least = 1_000;

    /// <summary>
    /// How many rows are sorted in memory. Beyond that SQLite sorts in files and maps them into memory, which then grows with the
    /// library.
    /// </summary>
    public const long Most = 30_000;

    /// <summary>Runs an insert, with the indexes put off where that pays.</summary>
    /// <param name="session">The connection, in a transaction.</param>
    /// <param name="rows">How many rows will come at the most.</param>
    /// <param name="insert">The insert.</param>
    public static void Run(SqliteSession session, long rows, Action insert)
    {
        if (rows is < Least or > Most || session.Number("SELECT EXISTS (SELECT 1 FROM main.runbook)") == 1)
        {
            insert();
            return;
        }

        List<(string Name, string Sql)> indexes = [];
        using (SqliteStatement select = session.Prepare("SELECT name, sql FROM main.sqlite_master WHERE type = 'index' AND tbl_name = 'runbook' AND sql IS NOT NULL"))
        {
            while (select.Step())
            {
                indexes.Add((select.Text(0), select.Text(1)));
            }
        }

        indexes.ForEach(index => session.Execute($"DROP INDEX main.{index.Name}"));
        insert();
        indexes.ForEach(index => session.Execute(index.Sql));
    }
}
