using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Libraries;

/// <summary>Paths of folders, whether a server tells them or not.</summary>
public sealed class FolderTreeTests
{
    private static readonly Uri Url = new("http://sco:81/api");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Paths_are_told_or_made_of_the_parents(bool told)
    {
        Folder[] folders =
        [
            Folder(3, 2, "Deep", told ? @"\A\B\Deep" : null),
            Folder(2, 1, "B", told ? @"\A\B" : null),
            Folder(1, 0, "A", told ? @"\A" : null),
            Folder(0, null, "", told ? @"\" : null),
        ];

        Assert.Equal([@"\", @"\A", @"\A\B", @"\A\B\Deep"], Paths(folders));
    }

    [Fact]
    public void The_root_is_there_although_nobody_tells_of_it()
    {
        Assert.Equal([@"\", @"\A"], Paths(Folder(1, 0, "A")));
        Assert.Equal([@"\"], Paths());
        Assert.Equal(Guid.Empty, new FolderTree([]).ToList()[0].Id);
    }

    [Fact]
    public void A_folder_whose_parent_cannot_be_seen_stands_at_the_root() => Assert.Equal([@"\", @"\B", @"\B\C"], Paths(Folder(3, 2, "C"), Folder(2, 99, "B")));

    [Fact]
    public async Task A_tree_that_bites_its_tail_ends()
    {
        Folder[] circle = [Folder(1, 3, "A"), Folder(2, 1, "B"), Folder(3, 2, "C"), Folder(4, 4, "Self")];

        IReadOnlyList<string> paths = await Task.Run(() => Paths(circle)).WaitAsync(TimeSpan.FromSeconds(30));

        Assert.Equal(5, paths.Count);
        Assert.Contains(@"\Self", paths);
    }

    [Fact]
    public void A_deep_tree_is_no_trap()
    {
        IReadOnlyList<string> paths = Paths([.. Enumerable.Range(1, 2000).Select(i => Folder(i, i - 1, "x"))]);

        Assert.Equal(2001, paths.Count);
        Assert.Equal(4000, paths[^1].Length);
    }

    [Theory]
    [InlineData(@"\")]
    [InlineData(@"\Ops")]
    [InlineData(@"\oPS\sub")]
    public void A_folder_that_is_there_is_found_in_any_case(string path) => Ops().Require(path, Url);

    [Theory]
    [InlineData(@"\Opps", @"'\Ops'")]
    [InlineData(@"\Ops\Sob", @"'\Ops\Sub'")]
    [InlineData(@"\Nothing like it at all", "Get-OrchestratorFolder")]
    public void A_folder_that_is_not_there_is_an_error_with_its_neighbours(string path, string hint)
    {
        OrchestratorException error = Assert.Throws<OrchestratorException>(() => Ops().Require(path, Url));

        Assert.Equal(("FolderNotFound", ErrorKind.NotFound, path), (error.Id, error.Kind, error.Target));
        Assert.Contains(hint, error.Hint, StringComparison.Ordinal);
    }

    private static FolderTree Ops() => new([Folder(0, null, ""), Folder(1, 0, "Ops"), Folder(2, 1, "Sub")]);

    private static IReadOnlyList<string> Paths(params Folder[] folders) => [.. new FolderTree(folders).ToList().Select(f => f.Path!)];

    private static Folder Folder(int id, int? parent, string name, string? path = null) =>
        new() { Id = Key(id), ParentId = parent is { } p ? Key(p) : null, Name = name, Path = path };

    private static Guid Key(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]);
}
