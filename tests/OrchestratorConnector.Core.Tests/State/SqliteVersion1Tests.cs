using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>Stores that the first version of the schema was written into.</summary>
public sealed class SqliteVersion1Tests : SqliteTestBase
{
    [Fact]
    public void Everything_is_kept()
    {
        Connector connector = MakeVersion1(fill: true);
        string before = Contents();

        using (SqliteStateStore store = Open())
        {
            Assert.Equal(before, Contents());
            ConnectorState state = store.FindConnector("Main")!;
            // Whose schedule it is nobody knows of such a file: it goes on as it did.
            Assert.Equal(connector with { Home = null }, state.Connector);
            Assert.False(state.IsScheduleHeld);
            Assert.Equal((ParameterEncoding.Auto, ParameterEncoding.Auto), (state.Connector.ParameterEncoding, state.Connector.KnownEncoding));
            Assert.Equal((ConnectorStatus.FinishedSuccess, 3L), (state.Status, state.RunbookCount));
            Assert.Equal(Samples.Account().ProtectedPassword, store.FindAccount("Service")!.ProtectedPassword);
            Assert.Equal(Samples.Text(Samples.FullRunbook(1)), Samples.Text(Samples.All(store).Single(r => r.Runbook.Id == Samples.Id(1)).Runbook));
            Assert.All(Samples.All(store), r => Assert.Null(r.AcceptedContract));
            Assert.Equal([RunbookStatus.Active, RunbookStatus.Active, RunbookStatus.Missing], Samples.All(store).Select(r => r.Status).Order());
            Assert.Equal([1, 3], store.GetHistory(_ => true, null).Select(s => store.GetChanges(s.Id).Count()));
            Assert.Empty(store.FindJobs(new JobQuery()));
            Assert.Empty(store.GetActivities());
        }

        Assert.Equal((long)SqliteSchema.Migrations[^1].Version, Run("PRAGMA user_version"));
        Assert.Equal("ok", Run("PRAGMA integrity_check"));
        Assert.Equal(before, Contents());
    }

    [Fact]
    public void Everything_goes_on()
    {
        Connector connector = MakeVersion1(fill: true);
        using SqliteStateStore store = Open();

        Assert.Equal(new SyncCounts { Total = 2, Unchanged = 2 }, Samples.Sync(store, connector, Samples.FullRunbook(1), Samples.Runbook(2)).Counts);
        SyncRecord record = Samples.Sync(store, connector, Samples.Commit(invalidates: _ => "why"), Samples.FullRunbook(1), Samples.Runbook(2, description: "new"), Samples.Runbook(3));

        Assert.Equal(new SyncCounts { Total = 3, Unchanged = 1, Changed = 1, Returned = 1, Invalid = 2 }, record.Counts);
        Assert.Equal(RunbookStatus.Active, store.ApproveRunbook(Samples.All(store).Single(r => r.Runbook.Id == Samples.Id(2))).Status);
        Assert.Equal(ParameterEncoding.Twice, store.UpdateConnector(connector, c => c with { KnownEncoding = ParameterEncoding.Twice }).KnownEncoding);
        Assert.Equal(ParameterEncoding.Twice, store.FindConnector("Main")!.Connector.KnownEncoding);
        JobRecord job = store.AddJob(Samples.FullJob());
        Assert.Equal(Samples.Text(job), Samples.Text(Assert.Single(store.FindJobs(new JobQuery()))));
        RunbookActivity activity = store.AddActivity(Samples.Activity());
        Assert.Equal(Samples.Text(activity), Samples.Text(Assert.Single(store.GetActivities())));
        // What was in use is not given twice.
        store.RemoveConnector(connector, keepRunbooks: false);
        Assert.NotEqual(connector.Id, store.AddConnector(Samples.Connector()).Id);
    }

    [Fact]
    public void A_first_import_makes_its_indexes_again()
    {
        const string Indexes = "SELECT group_concat(sql, ';') FROM (SELECT sql FROM sqlite_master WHERE type = 'index' AND tbl_name = 'runbook' ORDER BY name)";
        MakeVersion1(fill: false);
        object? indexes = Run(Indexes);
        Runbook[] many = [.. Enumerable.Range(0, 1_500).Select(n => Samples.Runbook(n))];

        using (SqliteStateStore store = Open())
        {
            Connector connector = store.AddConnector(Samples.Connector());
            Assert.Equal(many.Length, Samples.Sync(store, connector, many).Counts.Added);
            Assert.Equal(many.Length, Samples.Sync(store, connector, many).Counts.Unchanged);
            Assert.Equal(many.Length, Samples.All(store).Count);
            many[7] = Samples.Runbook(7, description: "new");
            Assert.Equal(1, Samples.Sync(store, connector, Samples.Commit(invalidates: _ => "why"), many).Counts.Invalid);
        }

        Assert.Equal(indexes, Run(Indexes));
        Assert.Equal("ok", Run("PRAGMA integrity_check"));
    }

    [Fact]
    public void A_process_that_had_it_open_works_on()
    {
        MakeVersion1(fill: false);
        using SqliteConnection old = Connect();
        Run(old, "SELECT count(*) FROM connector");

        using SqliteStateStore store = Open();
        store.AddConnector(Samples.Connector());
        Run(old, "UPDATE connector SET description = 'of the version before'");

        Assert.Equal("of the version before", store.FindConnector("Main")!.Connector.Description);
    }

    /// <summary>Makes a file with the text of version 1 alone, and puts in what a store of today writes into the same columns.</summary>
    private Connector MakeVersion1(bool fill)
    {
        Connector connector = Samples.Connector();
        Run($"{SqliteSchema.Migrations[0].Sql}; PRAGMA user_version=1; PRAGMA application_id={SqliteSchema.ApplicationId}");
        if (!fill)
        {
            return connector;
        }

        string source = Folder.File("source.db");
        using (SqliteStateStore store = SqliteStateStore.Open(source))
        {
            store.AddAccount(Samples.Account());
            connector = store.AddConnector(connector with { RunAsAccount = "Service", Schedule = SyncSchedule.Daily(TimeSpan.FromHours(2)), Description = "d" });
            Samples.Sync(store, connector, Samples.FullRunbook(1), Samples.Runbook(2), Samples.Runbook(3));
            Samples.Sync(store, connector, Samples.FullRunbook(1), Samples.Runbook(2));
        }

        using SqliteConnection connection = Connect();
        Run(connection, $"ATTACH '{source}' AS source");
        foreach ((string table, string columns) in Tables(connection))
        {
            Run(connection, $"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM source.{table}");
        }

        return connector;
    }

    /// <summary>All that stands in the tables and columns of version 1.</summary>
    private string Contents()
    {
        using SqliteConnection version1 = new("Data Source=:memory:");
        version1.Open();
        Run(version1, SqliteSchema.Migrations[0].Sql);
        using SqliteConnection connection = Connect();
        return string.Join("\n", Tables(version1).Select(t =>
            $"{t.Name}: " + Run(connection, $"SELECT group_concat(line, ';') FROM (SELECT {string.Join("||','||", t.Columns.Split(',').Select(c => $"quote({c})"))} AS line FROM {t.Name} ORDER BY rowid)")));
    }

    private static IReadOnlyList<(string Name, string Columns)> Tables(SqliteConnection connection)
    {
        string names = (string)Run(connection, "SELECT group_concat(name) FROM main.sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'")!;
        return [.. names.Split(',').Select(n => (n, (string)Run(connection, $"SELECT group_concat(name) FROM pragma_table_info('{n}')")!))];
    }
}
