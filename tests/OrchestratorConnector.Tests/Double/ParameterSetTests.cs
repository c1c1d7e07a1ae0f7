using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

/// <summary>Which set is chosen, and what of the pipeline's objects is bound, where any object may be piped along.</summary>
public sealed class ParameterSetTests : IDisposable
{
    private readonly Shell _shell = new(typeof(ParameterSetTests).Assembly);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Invoke-DoubleRun -Name a", "ByName Name=a")]
    [InlineData("$gadget | Invoke-DoubleRun -Name a", "ByName InputObject=<Gadget> Name=a")]
    [InlineData("$book | Invoke-DoubleRun", "ByBook Book=Book:book")]
    [InlineData("$book | Invoke-DoubleRun -Wait", "ByBook Book=Book:book Wait=True")]
    [InlineData("$book | Invoke-DoubleRun -Name a", "ByName InputObject=<GadgetBook> Name=a")]
    [InlineData("$book | Invoke-DoubleRun a", "ByName InputObject=<GadgetBook> Name=a")]
    [InlineData("$gadget | Invoke-DoubleRun -Path p", "ByPath InputObject=<Gadget> Path=p")]
    [InlineData("$book | Invoke-DoubleRun -Id 6a0ad4ad-7a4f-4a1c-9d3b-2f6f0c7c5e11", "ById Id=6a0ad4ad-7a4f-4a1c-9d3b-2f6f0c7c5e11 InputObject=<GadgetBook>")]
    [InlineData("Invoke-DoubleRun -Book $book", "ByBook Book=Book:book")]
    [InlineData("Invoke-DoubleRun -Name a -InputObject $gadget", "ByName InputObject=<Gadget> Name=a")]
    [InlineData("$null | Invoke-DoubleRun a", "ByName InputObject=null Name=a")]
    [InlineData("$custom | Invoke-DoubleRun", "ByBook Book=Book:n")]
    [InlineData("Invoke-DoubleRun -W a", "ByName Name=a Wait=True")]
    public void The_set_is_the_shells(string line, string bound)
    {
        ShellResult result = Invoke(line);

        Assert.Null(result.TerminatingError?.ToString());
        Assert.Empty(result.Errors);
        Assert.Equal([bound], result.Output);
    }

    [Fact]
    public void Any_object_is_taken_along()
        => Assert.Equal(
            ["ByName InputObject=<String> Name=a", "ByName InputObject=<Int32> Name=a", "ByName InputObject=<PSCustomObject> Name=a"],
            _shell.Command("Invoke-DoubleRun").With("Name", "a").WithInput("text", 5, CustomObject.Of(("Any", 1))).Invoke().Output);

    [Theory]
    [InlineData("$gadget | Invoke-DoubleRun", "InputObjectNotBound", ErrorCategory.InvalidArgument)]
    [InlineData("'text' | Invoke-DoubleRun -Wait", "InputObjectNotBound", ErrorCategory.InvalidArgument)]
    [InlineData("$book | Invoke-DoubleRun -Book $book", "InputObjectNotBound", ErrorCategory.InvalidArgument)]
    [InlineData("$null | Invoke-DoubleRun", "ParameterArgumentValidationErrorNullNotAllowed", ErrorCategory.InvalidData)]
    public void An_object_that_nobody_wants_is_one_error(string line, string id, ErrorCategory category)
    {
        ShellResult result = Invoke(line);

        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(id + "," + typeof(InvokeDoubleRunCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Null(result.TerminatingError);
        Assert.Empty(result.Output);
    }

    [Fact]
    public void The_next_object_gets_its_turn()
    {
        ShellResult result = Invoke("$gadget,$book | Invoke-DoubleRun");

        Assert.Single(result.Errors);
        Assert.Equal(["ByBook Book=Book:book"], result.Output);
    }

    [Theory]
    [InlineData("Invoke-DoubleRun", "MissingMandatoryParameter", "parameters: Name.")]
    [InlineData("Invoke-DoubleRun -Wait", "MissingMandatoryParameter", "parameters: Name.")]
    [InlineData("Invoke-DoubleRun -InputObject $gadget", "MissingMandatoryParameter", "parameters: Name.")]
    [InlineData("Invoke-DoubleRun -Name a -Path b", "AmbiguousParameterSet", "Parameter set cannot be resolved")]
    [InlineData("Invoke-DoubleRun -Name a -Book $book", "AmbiguousParameterSet", "Parameter set cannot be resolved")]
    [InlineData("Invoke-DoubleRun -Name a b", "PositionalParameterNotFound", "'b'")]
    [InlineData("Invoke-DoubleRun -Book text", "CannotConvertArgumentNoMessage", "'Book'")]
    public void A_call_without_a_set_is_refused(string line, string id, string part)
    {
        ErrorRecord error = Invoke(line).TerminatingError!;

        Assert.Equal(id + "," + typeof(InvokeDoubleRunCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Contains(part, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_property_for_the_default_set_comes_before_an_object_for_another()
    {
        Assert.Equal(["begin 'ByName'", "ByName book"], Invoke("$book | Test-DoubleRun").Output);
        Assert.Equal(["begin 'ByName'", "ByName g"], Invoke("$gadget | Test-DoubleRun").Output);

        ShellResult none = Invoke("5 | Test-DoubleRun");
        Assert.Equal(["begin 'ByName'"], none.Output);
        Assert.StartsWith("InputObjectNotBound,", none.Errors.Single().FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    private ShellResult Invoke(string line)
        => _shell.Invoke(line, ("book", new GadgetBook()), ("gadget", new Gadget { Name = "g", Size = 2 }), ("custom", CustomObject.Of(("Name", "n"))));
}
