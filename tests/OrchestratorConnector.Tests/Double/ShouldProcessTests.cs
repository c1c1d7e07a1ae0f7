using System;
using System.Management.Automation;
using System.Management.Automation.Double;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

public sealed class ShouldProcessTests : IDisposable
{
    private readonly Shell _shell = new(typeof(ShouldProcessTests).Assembly);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void WhatIf_says_it_and_does_nothing()
    {
        ShellResult result = _shell.Invoke("Remove-DoubleGadget a,b -WhatIf");

        Assert.Equal(["What if: Performing the operation \"Remove\" on target \"a\".", "What if: Performing the operation \"Remove\" on target \"b\"."], result.WhatIf);
        Assert.Empty(result.Output);
        Assert.Empty(result.Prompts);
        Assert.Equal(["False WhatIf"], _shell.Invoke("Set-DoubleGadget -WhatIf").Output);
    }

    [Fact]
    public void High_impact_asks_and_the_answer_counts()
    {
        _shell.Confirmation = prompt => prompt.Message.EndsWith("\"b\".", StringComparison.Ordinal) ? ShellAnswer.No : ShellAnswer.Yes;

        ShellResult result = _shell.Invoke("Remove-DoubleGadget a,b,c");

        Assert.Equal(["a", "c"], result.Output);
        Assert.Equal(3, result.Prompts.Count);
        Assert.StartsWith("Are you sure you want to perform this action?", result.Prompts[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ShellAnswer.YesToAll, 2)]
    [InlineData(ShellAnswer.NoToAll, 0)]
    public void An_answer_for_all_is_asked_for_once(ShellAnswer answer, int removed)
    {
        _shell.Confirmation = _ => answer;

        foreach (string line in (string[])["Remove-DoubleGadget a,b", "Remove-DoubleGadget a,b -Ask"])
        {
            ShellResult result = _shell.Invoke(line);

            Assert.Equal(removed, result.Output.Count);
            Assert.Single(result.Prompts);
        }
    }

    [Fact]
    public void Nobody_to_answer_is_an_error()
    {
        ShellResult result = _shell.Invoke("Remove-DoubleGadget a");

        Assert.Equal("InvalidOperation," + typeof(RemoveDoubleGadgetCommand).FullName, result.TerminatingError!.FullyQualifiedErrorId);
        Assert.Null(Assert.Single(result.Prompts).Answer);
    }

    [Fact]
    public void Halt_ends_the_pipeline()
    {
        _shell.Confirmation = _ => ShellAnswer.Halt;

        Assert.Equal("ActionPreferenceStop," + typeof(RemoveDoubleGadgetCommand).FullName, _shell.Invoke("Remove-DoubleGadget a").TerminatingError!.FullyQualifiedErrorId);
    }

    [Fact]
    public void Confirm_and_the_preference_decide_who_is_asked()
    {
        Assert.Equal(["a"], _shell.Invoke("Remove-DoubleGadget a -Confirm:$false").Output);
        Assert.Equal(["True None"], _shell.Invoke("Set-DoubleGadget").Output);

        _shell.Confirmation = _ => ShellAnswer.Yes;
        ShellResult asked = _shell.Invoke("Set-DoubleGadget -Confirm");
        Assert.Equal(new ShellPrompt("Caption", "Set it?", ShellAnswer.Yes), Assert.Single(asked.Prompts));

        _shell.Variables["ConfirmPreference"] = ConfirmImpact.None;
        Assert.Empty(_shell.Invoke("Remove-DoubleGadget a").Prompts);
        _shell.Variables["ConfirmPreference"] = "Medium";
        Assert.Single(_shell.Invoke("Set-DoubleGadget").Prompts);
        Assert.Equal(["Set it."], _shell.Invoke("Set-DoubleGadget -Confirm:$false -Verbose").Verbose);
    }
}
