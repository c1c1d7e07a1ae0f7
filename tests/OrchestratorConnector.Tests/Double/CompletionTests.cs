using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Double;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

public sealed class CompletionTests : IDisposable
{
    private readonly Shell _shell = new(typeof(CompletionTests).Assembly);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Find-DoubleGadget -Name Re", "'Re one'", "Find-DoubleGadget Find-DoubleGadget no color")]
    [InlineData("Find-DoubleGadget -Name 'Re t", "'Re t one'", "Find-DoubleGadget Find-DoubleGadget no color")]
    [InlineData("Find-DoubleGadget -Name ", "' one'", "Find-DoubleGadget Find-DoubleGadget no color")]
    [InlineData("Find-DoubleGadget -Name:R", "'R one'", "Find-DoubleGadget Find-DoubleGadget no color")]
    [InlineData("Find-DoubleGadget -Name a,b", "'b one'", "Find-DoubleGadget Find-DoubleGadget no color")]
    [InlineData("Find-DoubleGadget -Color Red x", "'x one'", "Find-DoubleGadget Find-DoubleGadget Red")]
    [InlineData("'x' | Find-DoubleGadget -Name R", "'R one'", "Find-DoubleGadget Find-DoubleGadget no color")]
    public void The_completer_of_the_parameter_is_asked(string line, string text, string toolTip)
    {
        CompletionResult result = Assert.Single(_shell.Complete(line));

        Assert.Equal(text, result.CompletionText);
        Assert.Equal(toolTip, result.ToolTip);
    }

    [Theory]
    [InlineData("Find-DoubleGadget -Color g", "Green")]
    [InlineData("Find-DoubleGadget -Color ", "Red,Green,DarkGreen")]
    [InlineData("Find-DoubleGadget -Kind ", "Small,'Large size'")]
    [InlineData("Find-DoubleGadget -Ki", "-Kind")]
    [InlineData("Find-DoubleG", "Find-DoubleGadget")]
    [InlineData("Find-Nothing -Name x", "")]
    public void Values_and_names_are_offered(string line, string offered)
        => Assert.Equal(offered, string.Join(',', _shell.Complete(line).Select(r => r.CompletionText)));
}
