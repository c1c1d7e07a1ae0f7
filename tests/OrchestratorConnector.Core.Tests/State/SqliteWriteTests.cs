using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Microsoft.Data.Sqlite;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

/// <summary>What is written and how it is looked for: as much as needed and no more.</summary>
public sealed class SqliteWriteTests : SqliteTestBase
{
    [Fact]
    public void What_did_not_change_is_not_written()
    {
        Connector connector = Fill();
        Run("""
            CREATE TABLE written (what TEXT, id BLOB);
            CREATE TRIGGER t1 AFTER UPDATE ON runbook BEGIN INSERT INTO written VALUES ('update', new.id); END;
            CREATE TRIGGER t2 AFTER INSERT ON runbook BEGIN INSERT INTO written VALUES ('insert', new.id); END;
            CREATE TRIGGER t3 AFTER DELETE ON runbook BEGIN INSERT INTO written VALUES ('delete', old.id); END;
            CREATE TRIGGER t4 AFTER INSERT ON sync_change BEGIN INSERT INTO written VALUES ('change', new.id); END;
            """);
        using SqliteStateStore store = Open();
        Runbook[] same = [.. Enumerable.Range(0, 3).Select(n => Samples.Runbook(n, description: "old"))];

        Samples.Sync(store, connector, same);
        Assert.Equal(0L, Run("SELECT count(*) FROM written"));

        Samples.Sync(store, connector, same[0], Samples.Runbook(1, description: "new"), same[2]);
        Assert.Equal("change,update", Run("SELECT group_concat(what) FROM (SELECT what FROM written ORDER BY what)"));

        Run("DELETE FROM written");
        Samples.Sync(store, connector, same[0], same[2]);
        Assert.Equal("change,update", Run("SELECT group_concat(what) FROM (SELECT what FROM written ORDER BY what)"));
        Run("DELETE FROM written");
        // Missing stays missing.
        Samples.Sync(store, connector, same[0], same[2]);
        Assert.Equal(0L, Run("SELECT count(*) FROM written"));
    }

    [Fact]
    public void An_invalid_runbook_stays_so_where_nothing_new_is_known_and_is_marked_missing()
    {
        Connector connector = Fill();
        Run("UPDATE runbook SET status = 1, status_reason = 'why', accepted_contract = x'0100'");
        using SqliteStateStore store = Open();
        using (ISyncStage stage = store.OpenStage(connector))
        {
            Assert.Equal(3, stage.CountPresent());
        }

        SyncCommit commit = Samples.Commit(invalidates: _ => "still");
        SyncRecord record = Samples.Sync(store, connector, commit, Samples.Runbook(0, description: "old"), Samples.Runbook(1, description: "new"));

        Assert.Equal(new SyncCounts { Total = 2, Unchanged = 1, Changed = 1, Missing = 1 }, record.Counts);
        Assert.Equal(
            [(RunbookStatus.Invalid, "why"), (RunbookStatus.Invalid, "still"), (RunbookStatus.Missing, "No longer returned.")],
            Samples.All(store).Select(r => (r.Status, r.StatusReason!)));
        Assert.All(Samples.All(store), r => Assert.NotNull(r.LastSeenTime));
        Assert.All(Samples.All(store), r => Assert.Empty(r.AcceptedContract!));
    }

    [Fact]
    public void A_stage_writes_nothing_into_the_store_and_locks_nothing()
    {
        Connector connector = Fill();
        using SqliteStateStore store = Open();
        using SqliteConnection other = Connect();
        using ISyncStage stage = store.OpenStage(connector);
        Run(other, "BEGIN IMMEDIATE");
        stage.Add([Samples.Runbook(7)]);
        stage.AddParameters([new OwnedParameter(Samples.Id(7), Samples.Parameter(1, "p"))]);
        stage.Complete();
        Assert.Equal(4, stage.ReadDifferences().Count());
        Run(other, "COMMIT");
        Assert.Equal(3L, Run("SELECT count(*) FROM runbook"));
    }

    [Theory]
    [InlineData("he-IL")]
    [InlineData("ar-SA")]
    [InlineData("sv-SE")]
    [InlineData("fa-IR")]
    [InlineData("tr-TR")]
    public void A_culture_with_a_minus_of_its_own_makes_no_difference(string culture)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            Connector connector = Fill();
            using SqliteStateStore store = Open();
            Samples.Sync(store, connector, Samples.Runbook(1), Samples.Runbook(5));
            Assert.Equal([RunbookStatus.Missing, RunbookStatus.Active, RunbookStatus.Missing, RunbookStatus.Active], Samples.All(store).Select(r => r.Status));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void No_search_sorts_or_reads_what_it_could_skip()
    {
        Fill();
        NamePattern[] P(params string[] texts) => [.. texts.Select(NamePattern.Parse)];
        Dictionary<string, RunbookQuery> queries = new()
        {
            ["SCAN i USING COVERING INDEX runbook_path"] = new RunbookQuery(),
            ["SEARCH i USING COVERING INDEX runbook_name (name_key>? AND name_key<?)"] = new RunbookQuery { Names = P("a*", "b?c") },
            ["SEARCH i USING COVERING INDEX runbook_path (path_key>? AND path_key<?)"] = new RunbookQuery { Folders = P(@"\a", @"\b\*"), Connectors = P("*"), Statuses = [RunbookStatus.Active] },
            ["SEARCH i USING COVERING INDEX runbook_name (name_key=?"] = new RunbookQuery { Names = P("a"), Folders = P(@"\x") },
            ["SEARCH i USING COVERING INDEX runbook_path (path_key=?"] = new RunbookQuery { Paths = P(@"\a\b") },
        };
        using SqliteConnection connection = Connect();
        foreach ((string expected, RunbookQuery query) in queries)
        {
            RunbookQueryBuilder builder = new(query, query.Connectors.Count > 0 ? [1] : null, [1]);
            string plan = string.Join("\n", Plan(connection, builder.Sql)).Replace(" TABLE runbook AS", "", StringComparison.Ordinal);
            Assert.StartsWith(expected, plan, StringComparison.Ordinal);
            Assert.EndsWith("\nSEARCH r USING INTEGER PRIMARY KEY (rowid=?)", plan, StringComparison.Ordinal);
            Assert.DoesNotContain("TEMP B-TREE", plan, StringComparison.Ordinal);
        }
    }
}
