using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.State;

public abstract partial class StateStoreContractTests
{
    [Theory]
    [InlineData("restart *", "Restart web,restart db")]
    [InlineData("RESTART WEB", "Restart web")]
    [InlineData("*e*", "Restart web,restart db,Größe,a*e,a]e,[x]e")]
    [InlineData("größ?", "Größe")]
    [InlineData("a`*e", "a*e")]
    [InlineData("a[*]e", "a*e")]
    [InlineData("a?e", "a*e,a]e")]
    [InlineData("`[x`]e", "[x]e")]
    [InlineData("r[d-f]start*", "Restart web,restart db")]
    [InlineData("nothing*", "")]
    [InlineData("*", "Restart web,restart db,Größe,a*e,a]e,[x]e,100%_")]
    [InlineData("100%_", "100%_")]
    public void Runbooks_are_found_by_name(string pattern, string expected)
    {
        string[] names = ["Restart web", "restart db", "Größe", "a*e", "a]e", "[x]e", "100%_"];
        Samples.Sync(Store, Added(), [.. names.Select((n, i) => Samples.Runbook(i, n))]);

        string[] found = Find(new RunbookQuery { Names = [NamePattern.Parse(pattern)] });

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(@"\", @"root,in A,in B,in AB,in Z,x\deep")]
    [InlineData(@"\A", "in A,in B,x\\deep")]
    [InlineData(@"a/b/", "in B")]
    [InlineData(@"\A\x", "")]
    [InlineData(@"\A*", "in A,in B,in AB,x\\deep")]
    [InlineData(@"\A\*", "in B")]
    [InlineData(@"*b", "in B,in AB")]
    [InlineData(@"?", "root")]
    [InlineData(@"\?", "in A,in Z,x\\deep")]
    [InlineData(@"\nothing", "")]
    public void Runbooks_are_found_by_folder(string folder, string expected)
    {
        Samples.Sync(
            Store,
            Added(),
            Samples.Runbook(1, "root", ""),
            Samples.Runbook(2, "in A", @"\A"),
            Samples.Runbook(3, "in B", @"\a\B"),
            Samples.Runbook(4, "in AB", @"\AB"),
            Samples.Runbook(5, "in Z", @"\Z"),
            // A name may hold a backslash: this one lies in \A, not in \A\x.
            Samples.Runbook(6, @"x\deep", @"\A"));

        string[] found = Find(new RunbookQuery { Folders = [NamePattern.Parse(folder)] });

        Assert.Equal(expected.Split(',', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Several_values_are_alternatives_and_several_questions_are_conditions()
    {
        Connector one = Added("One");
        Samples.Sync(Store, one, Samples.Runbook(1, "a", @"\X"), Samples.Runbook(2, "b", @"\X"), Samples.Runbook(3, "c", @"\Y"));
        Samples.Sync(Store, one, Samples.Runbook(1, "a", @"\X"), Samples.Runbook(3, "c", @"\Y"));
        Samples.Sync(Store, Added("Two"), Samples.Runbook(1, "a", @"\X"), Samples.Runbook(4, "d", @"\Z"));

        Assert.Equal(["a", "a", "b"], Find(new RunbookQuery { Names = [NamePattern.Parse("A"), NamePattern.Parse("b*")] }));
        Assert.Equal(["c", "d"], Find(new RunbookQuery { Folders = [NamePattern.Parse(@"\y"), NamePattern.Parse(@"\[z]")] }));
        Assert.Equal(["a"], Find(new RunbookQuery { Names = [NamePattern.Parse("a")], Connectors = [NamePattern.Parse("T*")] }));
        Assert.Equal(["b"], Find(new RunbookQuery { Statuses = [RunbookStatus.Missing] }));
        Assert.Equal(["a", "b", "c"], Find(new RunbookQuery { Statuses = [RunbookStatus.Missing, RunbookStatus.Active], Connectors = [NamePattern.Parse("one")] }));
        Assert.Equal(["a", "a", "d"], Find(new RunbookQuery { Ids = [Samples.Id(4), Samples.Id(1), Samples.Id(77)] }));
        Assert.Equal(["a"], Find(new RunbookQuery { Ids = [Samples.Id(1)], Connectors = [NamePattern.Parse("ONE")], Folders = [NamePattern.Parse(@"\x")] }));
        Assert.Equal(["c"], Find(new RunbookQuery { Paths = [NamePattern.Parse(@"\y\C")] }));
        Assert.Equal(["a", "a", "b"], Find(new RunbookQuery { Paths = [NamePattern.Parse(@"\x\*")] }));
        Assert.Empty(Find(new RunbookQuery { Connectors = [NamePattern.Parse("nobody")] }));
        Assert.Empty(Find(new RunbookQuery { Names = [NamePattern.Parse("*[9-0]x")] }));
        NamePattern[] many = [.. Enumerable.Range(0, 2_000).Select(i => NamePattern.Parse($"?{i}*")), NamePattern.Parse("[b]")];
        Assert.Equal(["b"], Find(new RunbookQuery { Names = many }));
        Assert.Equal(["a", "b"], Find(new RunbookQuery { Folders = [.. Enumerable.Range(0, 2_000).Select(i => NamePattern.Parse($"\\{i}")), NamePattern.Parse(@"\x")], Connectors = [NamePattern.Parse("one")] }));
        Assert.Empty(Find(new RunbookQuery { Paths = [NamePattern.Parse(@"\y\C")], Names = [NamePattern.Parse("a")] }));
    }

    [Fact]
    public void Runbooks_come_by_path()
    {
        Samples.Sync(Store, Added("Z"), Samples.Runbook(1, "m", @"\B"), Samples.Runbook(2, "z", @"\a"));
        Samples.Sync(Store, Added("Y"), Samples.Runbook(3, "a", @"\C"), Samples.Runbook(4, "k", @"\b"));

        Assert.Equal(["z", "k", "m", "a"], Find(new RunbookQuery()));
    }

    [Fact]
    public void A_rename_and_a_move_are_found_under_the_new_name_only()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, Samples.Runbook(1, "old", @"\Old"));
        Samples.Sync(Store, connector, Samples.Runbook(1, "new", @"\New"));

        Assert.Empty(Find(new RunbookQuery { Names = [NamePattern.Parse("old")] }));
        Assert.Empty(Find(new RunbookQuery { Folders = [NamePattern.Parse(@"\old")] }));
        Assert.Equal(["new"], Find(new RunbookQuery { Names = [NamePattern.Parse("NEW")], Paths = [NamePattern.Parse(@"\new\new")], Folders = [NamePattern.Parse(@"\new")] }));
        Assert.Equal([@"\New"], Store.CompleteFolders("", 10));
    }

    [Fact]
    public void Names_and_folders_complete_in_any_case_and_once()
    {
        Samples.Sync(
            Store,
            Added(),
            Samples.Runbook(1, "Restart", @"\A"),
            Samples.Runbook(2, "restart", @"\a"),
            Samples.Runbook(3, "Reset", @"\A\B"),
            Samples.Runbook(4, "Stop", ""),
            Samples.Runbook(5, "re*", @"\B"));

        Assert.Equal(["re*", "Reset", "Restart"], Store.CompleteRunbookNames("RE", 10).Select(n => n == "restart" ? "Restart" : n));
        Assert.Equal(["re*", "Reset"], Store.CompleteRunbookNames("re", 2));
        Assert.Equal(["re*"], Store.CompleteRunbookNames("re*", 10));
        Assert.Equal(4, Store.CompleteRunbookNames("", 10).Count);
        Assert.Empty(Store.CompleteRunbookNames("x", 10));
        Assert.Empty(Store.CompleteRunbookNames("", 0));
        Assert.Equal([@"\", @"\A", @"\A\B", @"\B"], Store.CompleteFolders(@"\", 10).Select(f => f == @"\a" ? @"\A" : f));
        Assert.Equal([@"\A\B"], Store.CompleteFolders(@"\a\", 10));
    }

    [Fact]
    public void Reading_goes_on_while_everything_else_happens()
    {
        Connector connector = Added();
        Samples.Sync(Store, connector, [.. Enumerable.Range(0, 50).Select(n => Samples.Runbook(n, $"R{n:00}"))]);
        List<string> seen = [];
        foreach (LibraryRunbook runbook in Store.FindRunbooks(new RunbookQuery(), default))
        {
            seen.Add(runbook.Runbook.Name);
            if (seen.Count == 10)
            {
                Samples.Sync(Store, connector, Samples.Runbook(0, "other"));
                Store.AddConnector(Samples.Connector("Another"));
                Assert.Equal(50, Store.FindRunbooks(new RunbookQuery(), default).Count());
            }
        }

        // One state of the library from its first row to its last.
        Assert.Equal(Enumerable.Range(0, 50).Select(n => $"R{n:00}"), seen);
        // Left in the middle, it holds nothing up.
        Assert.NotNull(Store.FindRunbooks(new RunbookQuery(), default).First());
        Store.RemoveConnector(connector, keepRunbooks: false);
    }

    [Fact]
    public void Reading_obeys_cancellation()
    {
        Samples.Sync(Store, Added(), Samples.Runbook(1), Samples.Runbook(2));
        using CancellationTokenSource source = new();
        using IEnumerator<LibraryRunbook> rows = Store.FindRunbooks(new RunbookQuery(), source.Token).GetEnumerator();
        Assert.True(rows.MoveNext());
        source.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => rows.MoveNext());
        Assert.Equal(2, Samples.All(Store).Count);
    }

    [Fact]
    public async Task Threads_share_a_store()
    {
        Connector counter = Store.AddConnector(Samples.Connector("Counter") with { Description = "0" });
        await Task.WhenAll(Enumerable.Range(0, 4).Select(t => Task.Run(() =>
        {
            Connector own = Added($"Thread {t}");
            for (int i = 0; i < 10; i++)
            {
                Store.UpdateConnector(counter, c => c with { Description = $"{int.Parse(c.Description!, null) + 1}" });
                Samples.Sync(Store, own, Samples.Runbook(i), Samples.Runbook(i + 1));
                Assert.Equal(2, Store.FindRunbooks(new RunbookQuery { Connectors = [NamePattern.Exactly(own.Name)], Statuses = [RunbookStatus.Active] }, default).Count());
            }
        })));

        Assert.Equal("40", State("Counter").Connector.Description);
        Assert.Equal(44, Samples.All(Store).Count);
    }

    private string[] Find(RunbookQuery query) => [.. Store.FindRunbooks(query, default).Select(r => r.Runbook.Name)];
}
