using System;
using System.Collections.Generic;
using System.IO;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>A file for a store, and a way to it that does not go through the store.</summary>
public abstract class SqliteTestBase : IDisposable
{
    protected TemporaryFolder Folder { get; } = new();

    protected string Path => Folder.File("state.db");

    public void Dispose()
    {
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected static OrchestratorException Fails(string id, Action action)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(action);
        Assert.Equal(id, error.Id);
        return error;
    }

    private protected SqliteStateStore Open(SqliteStoreOptions? options = null) => SqliteStateStore.Open(Path, options);

    /// <summary>A store with a connector "Main" and some runbooks, closed.</summary>
    private protected Connector Fill(int runbooks = 3)
    {
        using SqliteStateStore store = Open();
        Connector connector = store.AddConnector(Samples.Connector());
        Runbook[] all = new Runbook[runbooks];
        for (int i = 0; i < runbooks; i++)
        {
            all[i] = Samples.Runbook(i, description: "old");
        }

        Samples.Sync(store, connector, all);
        return connector;
    }

    /// <summary>A connection of somebody else.</summary>
    protected SqliteConnection Connect()
    {
        SQLitePCL.Batteries_V2.Init();
        SqliteConnection connection = new(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    protected object? Run(string sql)
    {
        using SqliteConnection connection = Connect();
        return Run(connection, sql);
    }

    protected static object? Run(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statements are written in the tests.
        command.CommandText = sql;
#pragma warning restore CA2100
        return command.ExecuteScalar();
    }

    /// <summary>How SQLite would go about a query.</summary>
    protected static IEnumerable<string> Plan(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
#pragma warning disable CA2100 // The statement is the product's own.
        command.CommandText = "EXPLAIN QUERY PLAN " + sql;
#pragma warning restore CA2100
        for (int i = 1; sql.Contains("?" + i, StringComparison.Ordinal); i++)
        {
            command.Parameters.AddWithValue("?" + i, "x");
        }

        using SqliteDataReader reader = command.ExecuteReader();
        while (reader.Read())
        {
            yield return reader.GetString(3);
        }
    }

    /// <summary>Does something, and the file has the same bytes afterwards and nothing lies beside it.</summary>
    protected void Untouched(Action action)
    {
        byte[] before = File.ReadAllBytes(Path);
        string mode = Mode();
        action();
        Assert.Equal(before, File.ReadAllBytes(Path));
        Assert.Equal(mode, Mode());
        Assert.Equal([Path], Directory.GetFileSystemEntries(Folder.Path));
    }

    private string Mode() => OperatingSystem.IsWindows() ? "" : File.GetUnixFileMode(Path).ToString();
}
