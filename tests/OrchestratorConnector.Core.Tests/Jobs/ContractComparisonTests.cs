using System.Linq;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>What has to be looked at again when a contract changed.</summary>
public sealed class ContractComparisonTests
{
    [Theory]
    [InlineData("In A, Out B", "In A, Out B", "")] // other ids
    [InlineData("In A:String", "In a:string", "")]
    [InlineData("In A:String", "In A", "")] // the Web API tells no type
    [InlineData("In A", "In A:String", "")]
    [InlineData("In A", "", "In 'A' -> none")]
    [InlineData("", "Out A:Date", "none -> Out 'A' (Date)")]
    [InlineData("In A:String", "In A:Integer", "In 'A' (String) -> In 'A' (Integer)")]
    [InlineData("In A", "Out a", "In 'A' -> Out 'a'")]
    [InlineData("Out A", "In A", "Out 'A' -> In 'A'")]
    [InlineData("In A", "In B", "In 'A' -> none; none -> In 'B'")]
    [InlineData("In A, Out A", "Out A", "In 'A' -> none")]
    [InlineData("In A", "In A, Out A", "none -> Out 'A'")]
    [InlineData("In A, In B, Out C", "In D, Out B, Out C", "In 'A' -> none; In 'B' -> Out 'B'; none -> In 'D'")]
    public void Differences_stand_side_by_side(string accepted, string now, string differences)
    {
        Assert.Equal(
            differences,
            string.Join("; ", ContractComparison.Of(Contract.Of(accepted), Contract.Of(now))));
        Assert.Equal(
            differences.Length == 0 ? "" : $"Accepted -> now: {differences}.",
            ContractComparison.Text(Contract.Of(accepted), Contract.Of(now)));
    }

    [Fact]
    public void What_is_found_bears_the_name_in_any_case_and_goes_that_way()
    {
        RunbookParameter[] contract = [.. Contract.Of("In name, Out NAME")];

        Assert.Same(contract[0], ContractComparison.Find(contract, "Name", ParameterDirection.In));
        Assert.Same(contract[1], ContractComparison.Find(contract, "Name", ParameterDirection.Out));
        Assert.Null(ContractComparison.Find(contract.Take(1), "Name", ParameterDirection.Out));
    }
}
