using System;
using System.Linq;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Models;

/// <summary>Names of connectors, paths of folders, the order of a contract.</summary>
public sealed class NameTests
{
    [Theory]
    [InlineData("Production", true)]
    [InlineData("Büro 1 (alt) - 漢字", true)]
    [InlineData("a", true)]
    [InlineData("", false)]
    [InlineData("   ", false)]
    [InlineData(" a", false)]
    [InlineData("a\u00A0", false)]
    [InlineData("a*", false)]
    [InlineData("a?", false)]
    [InlineData("[a", false)]
    [InlineData("a]", false)]
    [InlineData("a`b", false)]
    [InlineData("a\tb", false)]
    [InlineData("a\0b", false)]
    [InlineData("a\u0085b", false)]
    public void A_connectors_name(string name, bool can) => Assert.Equal(can, ConnectorName.WhyNot(name) is null);

    [Fact]
    public void A_connectors_name_is_bounded()
    {
        Assert.Null(ConnectorName.WhyNot(new string('x', 128)));
        Assert.Contains("129", ConnectorName.WhyNot(new string('x', 129)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, @"\")]
    [InlineData("", @"\")]
    [InlineData("  ", @"\")]
    [InlineData(@"\", @"\")]
    [InlineData("/", @"\")]
    [InlineData(@"\\\", @"\")]
    [InlineData("A", @"\A")]
    [InlineData(@"\A\B\", @"\A\B")]
    [InlineData("/A/B", @"\A\B")]
    [InlineData(@" A\B ", @"\A\B")]
    public void A_folder_in_the_form_that_is_stored(string? folder, string normal)
    {
        Assert.Equal(normal, FolderPath.Normalize(folder));
        Assert.Equal(normal, FolderPath.Normalize(normal));
    }

    [Theory]
    [InlineData(@"\A\B\Name", "Name", @"\A\B")]
    [InlineData(@"\Name", "Name", @"\")]
    [InlineData(@"\A\one\two", @"one\two", @"\A")]
    [InlineData(@"\A\NAME", "name", @"\A")]
    [InlineData(@"\A\other", "Name", @"\A")]
    [InlineData(@"\A\xName", "Name", @"\A")]
    [InlineData("Name", "Name", @"\")]
    [InlineData("", "Name", @"\")]
    public void The_folder_of_a_runbook(string path, string name, string folder) => Assert.Equal(folder, FolderPath.OfRunbook(path, name));

    [Theory]
    [InlineData(@"\", @"\Name", true)]
    [InlineData(@"\A", @"\A\Name", true)]
    [InlineData(@"\A", @"\a\b\Name", true)]
    [InlineData(@"\A", @"\A", false)]
    [InlineData(@"\A", @"\AB\Name", false)]
    [InlineData(@"\A", @"\A B\Name", false)]
    [InlineData(@"\A\B", @"\A\Name", false)]
    [InlineData(@"\ÄÖ", @"\äö\Name", true)]
    public void What_lies_in_a_folder(string folder, string path, bool inside) => Assert.Equal(inside, FolderPath.Contains(folder, path));

    [Theory]
    [InlineData(@"\", @"\A", true)]
    [InlineData(@"\A", @"\a", true)]
    [InlineData(@"\A", @"\A\B", true)]
    [InlineData(@"\A", @"\AB", false)]
    [InlineData(@"\A\B", @"\A\C", false)]
    public void Folders_that_overlap(string one, string other, bool overlap)
    {
        Assert.Equal(overlap, FolderPath.Overlap(one, other));
        Assert.Equal(overlap, FolderPath.Overlap(other, one));
    }

    [Fact]
    public void A_contract_has_one_order_whatever_order_it_came_in()
    {
        RunbookParameter[] parameters =
        [
            Parameter(1, "a", ParameterDirection.In), Parameter(3, "B", ParameterDirection.In), Parameter(2, "b", ParameterDirection.In),
            Parameter(4, "A", ParameterDirection.Out), Parameter(5, "z", ParameterDirection.In),
        ];
        Random random = new(3);

        for (int i = 0; i < 50; i++)
        {
            random.Shuffle(parameters);
            Assert.Equal("1 2 3 5 4", string.Join(' ', RunbookContract.Normalize(parameters).Select(p => p.Id.ToByteArray()[0])));
        }
    }

    private static RunbookParameter Parameter(byte id, string name, ParameterDirection direction) =>
        new() { Id = new Guid(id, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]), Name = name, Direction = direction };
}
