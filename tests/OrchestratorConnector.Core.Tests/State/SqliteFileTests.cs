using System;
using System.IO;
using System.Linq;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>The file itself: its rights, and files that are no store or no longer one.</summary>
public sealed class SqliteFileTests : SqliteTestBase
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    [Fact]
    public void A_new_store_is_its_owners_alone()
    {
        string folder = Folder.File("a/b");
        string path = System.IO.Path.Combine(folder, "state.db");
        using SqliteStateStore store = SqliteStateStore.Open(path);
        store.AddConnector(Samples.Connector());

        Assert.Equal(path, store.Location);
        string[] files = Directory.GetFiles(folder);
        Assert.Contains(path + "-wal", files);
        if (!OperatingSystem.IsWindows())
        {
            foreach (string file in files)
            {
                Assert.Equal(Owner, File.GetUnixFileMode(file));
            }

            Assert.Equal(Owner | UnixFileMode.UserExecute, File.GetUnixFileMode(folder));
        }
    }

    [Fact]
    public void Rights_that_are_too_wide_are_taken_away()
    {
        Fill();
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.SetUnixFileMode(Path, Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead | UnixFileMode.OtherWrite);
        Open().Dispose();
        Assert.Equal(Owner, File.GetUnixFileMode(Path));
    }

    [Fact]
    public void Rights_that_are_too_wide_are_taken_away_while_others_work()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        File.WriteAllBytes(Path, []);
        File.SetUnixFileMode(Path, Owner | UnixFileMode.OtherRead);
        using SqliteStateStore store = Open();
        store.AddConnector(Samples.Connector());
        foreach (string file in Directory.GetFiles(Folder.Path))
        {
            Assert.Equal(Owner, File.GetUnixFileMode(file));
        }
    }

    [Fact]
    public void Nothing_stays_beside_a_closed_store()
    {
        Fill();
        Assert.Equal([Path], Directory.GetFileSystemEntries(Folder.Path));
    }

    [Fact]
    public void An_empty_file_becomes_a_store()
    {
        File.WriteAllBytes(Path, []);
        Fill();
        using SqliteStateStore store = Open();
        Assert.Single(store.GetConnectors());
    }

    [Fact]
    public void A_folder_is_no_store()
    {
        Directory.CreateDirectory(Path);
        Fails(nameof(Error.StoreUnavailable), () => Open());
    }

    [Fact]
    public void A_file_where_a_folder_should_be_is_an_error()
    {
        File.WriteAllText(Folder.File("file"), "");
        Fails(nameof(Error.StoreUnavailable), () => SqliteStateStore.Open(Folder.File("file/state.db")));
    }

    [Theory]
    [InlineData(5)]
    [InlineData(99)]
    [InlineData(50_000)]
    public void A_file_that_is_no_database_is_refused(int length)
    {
        File.WriteAllBytes(Path, [.. Enumerable.Range(0, length).Select(i => (byte)(65 + (i % 26)))]);
        Untouched(() => Fails(nameof(Error.StoreNotADatabase), () => Open()));
    }

    [Theory]
    [InlineData("CREATE TABLE other (x)")]
    [InlineData("PRAGMA application_id=77")]
    [InlineData("PRAGMA user_version=1")]
    public void Somebody_elses_database_is_refused(string sql)
    {
        Run(sql);
        Untouched(() => Fails(nameof(Error.StoreNotADatabase), () => Open()));
    }

    [Fact]
    public void A_newer_store_is_refused()
    {
        Fill();
        Run("PRAGMA user_version=99");
        Untouched(() =>
        {
            OrchestratorException error = Fails(nameof(Error.StoreNewer), () => Open());
            Assert.Contains("99", error.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void A_damaged_store_is_told_and_left_alone()
    {
        Fill(200);
        byte[] bytes = File.ReadAllBytes(Path);
        // All but the first page, which says what the file is.
        new Random(1).NextBytes(bytes.AsSpan(4096));
        File.WriteAllBytes(Path, bytes);
        Untouched(() => Fails(nameof(Error.StoreDamaged), () =>
        {
            using SqliteStateStore store = Open();
            store.GetConnectors();
        }));
        Untouched(() => Fails(nameof(Error.StoreDamaged), () =>
        {
            using SqliteStateStore store = Open();
            store.AddConnector(Samples.Connector("Other"));
        }));
    }

    [Fact]
    public void A_truncated_store_is_told_and_left_alone()
    {
        Fill(200);
        File.WriteAllBytes(Path, File.ReadAllBytes(Path)[..8192]);
        Untouched(() => Fails(nameof(Error.StoreDamaged), () =>
        {
            using SqliteStateStore store = Open();
            Samples.All(store);
        }));
    }

    [Theory]
    [InlineData("DROP TABLE runbook")]
    [InlineData("UPDATE runbook SET contract = x'01FFFFFFFF07'")]
    [InlineData("UPDATE runbook SET contract = x''")]
    [InlineData("UPDATE runbook SET contract = x'0900'")]
    [InlineData("UPDATE runbook SET accepted_contract = x'0900'")]
    [InlineData("UPDATE runbook SET accepted_contract = x'' WHERE rowid = 3")]
    [InlineData("UPDATE runbook SET id = x'00' WHERE rowid = 1")]
    [InlineData("UPDATE runbook SET creation_time = -5")]
    [InlineData("PRAGMA foreign_keys=OFF; DELETE FROM connector")]
    public void Contents_that_cannot_be_right_are_a_damage(string sql)
    {
        Fill();
        Run(sql);
        using SqliteStateStore store = Open();
        Fails(nameof(Error.StoreDamaged), () => Samples.All(store));
    }

    [Theory]
    [InlineData("DROP TABLE job")]
    [InlineData("UPDATE job SET parameters = x''")]
    [InlineData("UPDATE job SET parameters = x'0900'")]
    [InlineData("UPDATE job SET outputs = x'01FFFFFFFF07'")]
    [InlineData("UPDATE job SET outputs = x'01010141'")]
    [InlineData("UPDATE job SET outputs = x'010000'")]
    [InlineData("UPDATE job SET runbook_id = x'00'")]
    [InlineData("UPDATE job SET job_id = x'00'")]
    [InlineData("UPDATE job SET request_time = -5")]
    public void Jobs_that_cannot_be_right_are_a_damage(string sql)
    {
        Fill();
        JobRecord job;
        using (SqliteStateStore filling = Open())
        {
            job = filling.AddJob(Samples.Job());
        }

        Run(sql);
        using SqliteStateStore store = Open();
        Fails(nameof(Error.StoreDamaged), () => store.FindJobs(new JobQuery()));
        Fails(nameof(Error.StoreDamaged), () => store.UpdateJob(job, j => j));
        Assert.Equal(3, Samples.All(store).Count);
    }

    [Theory]
    [InlineData("DROP TABLE activity")]
    [InlineData("UPDATE activity SET map = x''")]
    [InlineData("UPDATE activity SET map = x'0900'")]
    [InlineData("UPDATE activity SET map = x'0101020000'")]
    [InlineData("UPDATE activity SET map = x'010000'")]
    [InlineData("UPDATE activity SET output_map = x'0105'")]
    [InlineData("UPDATE activity SET defaults = x'0102'")]
    [InlineData("UPDATE activity SET runbook_id = x'00'")]
    [InlineData("UPDATE activity SET creation_time = -5")]
    public void Activities_that_cannot_be_right_are_a_damage(string sql)
    {
        Fill();
        RunbookActivity activity;
        using (SqliteStateStore filling = Open())
        {
            activity = filling.AddActivity(Samples.Activity());
        }

        Run(sql);
        using SqliteStateStore store = Open();
        Fails(nameof(Error.StoreDamaged), () => store.GetActivities());
        Fails(nameof(Error.StoreDamaged), () => store.FindActivity(activity.Name));
        Fails(nameof(Error.StoreDamaged), () => store.UpdateActivity(activity, a => a));
        Assert.Equal(3, Samples.All(store).Count);
    }

    [Fact]
    public void A_store_that_may_only_be_read_can_be_read()
    {
        Connector connector = Fill();
        // Root may write everything, so SQLite is told to open for reading alone, as it does by itself for everybody else.
        bool byMode = OperatingSystem.IsWindows() || Environment.UserName == "root";
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(Path, UnixFileMode.UserRead);
        }

        using SqliteStateStore store = Open(new SqliteStoreOptions { ReadOnly = byMode });
        AssertReadOnly(store, connector);
    }

    [Fact]
    public void A_store_in_a_folder_that_may_not_be_written_can_be_read()
    {
        Connector connector = Fill();
        // What stops root as well: SQLite does not follow a link to make its own file beside the store.
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path + "-shm");
        }
        else
        {
            File.CreateSymbolicLink(Path + "-shm", Folder.File("nowhere/x"));
        }

        using (SqliteStateStore store = Open())
        {
            AssertReadOnly(store, connector);
        }

        // With a log there, somebody writes or was killed: what stands in the file alone is not the state of the store.
        File.WriteAllBytes(Path + "-wal", new byte[100]);
        Fails(nameof(Error.StoreUnavailable), () => Open());
    }

    [Fact]
    public void A_full_disk_is_told_and_changes_nothing()
    {
        Connector connector = Fill();
        long pages = (long)Run("PRAGMA page_count")!;
        Runbook[] many = [.. Enumerable.Range(0, 500).Select(n => Samples.Runbook(n, description: new string('x', 1000)))];
        using (SqliteStateStore full = Open(new SqliteStoreOptions { MaxPageCount = pages + 5 }))
        {
            Fails(nameof(Error.StoreFull), () => Samples.Sync(full, connector, many));
            Assert.All(Samples.All(full), r => Assert.Equal("old", r.Runbook.Description));
            Assert.Equal(ConnectorStatus.Running, full.FindConnector("Main")!.Status);
            Fails(nameof(Error.StoreFull), () => full.AddConnector(Samples.Connector() with { Name = "Big", Description = new string('x', 100_000) }));
            Assert.Null(full.FindConnector("Big"));
            Fails(nameof(Error.StoreFull), () => full.AddJob(Samples.FullJob()));
            Assert.Empty(full.FindJobs(new JobQuery()));
        }

        using SqliteStateStore store = Open(new SqliteStoreOptions { IsAlive = _ => false });
        Assert.Equal(3, Samples.All(store).Count);
        Assert.Equal(500, Samples.Sync(store, connector, many).Counts.Total);
    }

    [Fact]
    public void A_closed_store_does_nothing()
    {
        SqliteStateStore store = Open();
        store.Dispose();
        store.Dispose();
        Assert.Throws<ObjectDisposedException>(() => store.GetConnectors());
    }

    private static void AssertReadOnly(SqliteStateStore store, Connector connector)
    {
        Assert.Equal(connector, store.FindConnector("Main")!.Connector);
        Assert.Equal(3, Samples.All(store).Count);
        Assert.Single(store.GetHistory(_ => true, null));
        Assert.Equal(3, store.CompleteRunbookNames("", 10).Count);
        Assert.Empty(store.FindJobs(new JobQuery()));
        Assert.Empty(store.GetActivities());
        Fails(nameof(Error.StoreReadOnly), () => store.AddJob(Samples.Job()));
        Fails(nameof(Error.StoreReadOnly), () => store.AddActivity(Samples.Activity()));
        Fails(nameof(Error.StoreReadOnly), () => store.AddConnector(Samples.Connector("Other")));
        Fails(nameof(Error.StoreReadOnly), () => store.BeginSync(connector, force: true));
        using ISyncStage stage = store.OpenStage(connector);
        stage.Add([Samples.Runbook(1)]);
        stage.Complete();
        Assert.Equal(3, stage.ReadDifferences().Count());
    }
}
