using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>The way from an empty file, or an older one, to the newest schema.</summary>
public sealed class SqliteMigrationTests : SqliteTestBase
{
    private static readonly int Newest = SqliteSchema.Migrations[^1].Version;

    private static readonly SqliteMigration Next = new(Newest + 1, "ALTER TABLE connector ADD COLUMN colour TEXT DEFAULT 'blue'; CREATE INDEX connector_colour ON connector (colour)");

    [Fact]
    public void An_empty_file_gets_the_newest_schema()
    {
        Open().Dispose();
        Assert.Equal(2L, Run("PRAGMA user_version"));
        Assert.Equal((long)SqliteSchema.ApplicationId, Run("PRAGMA application_id"));
        Assert.Equal("wal", Run("PRAGMA journal_mode"));
        Assert.Equal("ok", Run("PRAGMA integrity_check"));
    }

    [Fact]
    public void A_step_keeps_what_is_there()
    {
        Fill();
        using (SqliteStateStore store = Open(With(Next)))
        {
            Assert.Equal("Main", store.FindConnector("Main")!.Connector.Name);
            Assert.Equal(3, Samples.All(store).Count);
            Assert.Equal(3, store.GetChanges(store.GetHistory(_ => true, null)[0].Id).Count());
            store.AddConnector(Samples.Connector("Other"));
        }

        Assert.Equal(Newest + 1L, Run("PRAGMA user_version"));
        Assert.Equal("blue,blue", Run("SELECT group_concat(colour) FROM connector"));
        Untouched(() => Fails(nameof(Error.StoreNewer), () => Open()));
    }

    [Fact]
    public void Several_steps_are_gone_at_once()
    {
        using (Open(With(Next, new SqliteMigration(Newest + 2, "UPDATE connector SET colour = 'red'"))))
        {
        }

        Assert.Equal(Newest + 2L, Run("PRAGMA user_version"));
    }

    [Fact]
    public void A_step_that_fails_leaves_the_store_as_it_was()
    {
        Fill();
        string schema = Schema();
        SqliteMigration broken = new(Newest + 2, "DELETE FROM runbook; CREATE TABLE connector (x)");

        Assert.Throws<OrchestratorException>(() => Open(With(Next, broken)));

        Assert.Equal((long)Newest, Run("PRAGMA user_version"));
        Assert.Equal(schema, Schema());
        using SqliteStateStore store = Open();
        Assert.Equal(3, Samples.All(store).Count);
    }

    [Fact]
    public async Task Many_may_open_a_new_store_at_once()
    {
        SqliteStateStore[] stores = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Open())));
        foreach (SqliteStateStore store in stores)
        {
            Assert.Empty(store.GetConnectors());
            store.Dispose();
        }
    }

    [Fact]
    public void The_list_of_columns_is_that_of_the_table()
    {
        Open().Dispose();
        string[] table = ((string)Run("SELECT group_concat(name) FROM pragma_table_info('runbook')")!).Split(',');
        string[] others = ["key", "connector_id", "status", "status_reason", "last_seen_time", "accepted_contract"];
        Assert.Equal(RunbookColumns.All.Concat(others).Order(StringComparer.Ordinal), table.Order(StringComparer.Ordinal));
    }

    private static SqliteStoreOptions With(params SqliteMigration[] more)
    {
        List<SqliteMigration> all = [.. SqliteSchema.Migrations, .. more];
        return new SqliteStoreOptions { Migrations = all };
    }

    private string Schema() => (string)Run("SELECT group_concat(sql, ';') FROM sqlite_master")!;
}
