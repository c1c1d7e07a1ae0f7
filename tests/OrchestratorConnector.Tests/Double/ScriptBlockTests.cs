using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Double;
using System.Management.Automation.Internal;
using Xunit;

namespace OrchestratorConnector.Tests.Double;

public sealed class ScriptBlockTests : IDisposable
{
    private readonly Shell _shell = new(typeof(ScriptBlockTests).Assembly);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_script_gets_the_object_and_gives_wrapped_output()
    {
        ScriptBlock name = Scripts.For("$_.Name", item => PSObject.AsPSObject(item!).Properties["Name"]?.Value);

        Assert.Equal("$_.Name", name.ToString());
        Assert.Equal(["1:String g:Other"], Run(name, new Gadget { Name = "g" }));
        Assert.Equal(["1:String n:Other"], Run(name, CustomObject.Of(("Name", "n"))));
        Assert.Equal(["1:null:Other"], Run(name, 5));
    }

    [Fact]
    public void A_text_that_is_known_becomes_its_script()
    {
        Scripts.For("$_ + 1", item => (int)PSObject.AsPSObject(item!).BaseObject + 1);

        Assert.Equal(["1:Int32 6:Other"], Run("$_ + 1", 5));
    }

    [Fact]
    public void Output_comes_object_by_object()
    {
        Assert.Equal(["3:Int32 1,Int32 2,Int32 3:Other"], Run(Scripts.For("1,2,3", _ => new[] { 1, 2, 3 }), 5));
        Assert.Equal(["0::Other"], Run(Scripts.For("", _ => AutomationNull.Value), 5));
        Assert.Equal(["1:null:Other"], Run(Scripts.For("$null", _ => null), 5));
        Assert.Equal(["1:Hashtable System.Collections.Hashtable:Other"], Run(Scripts.For("@{A=1}", _ => new Hashtable { ["A"] = 1 }), 5));
    }

    [Fact]
    public void What_a_script_throws_has_its_message_as_id()
    {
        ErrorRecord error = Failure(Scripts.For("throw [System.TimeoutException]::new('t')", _ => throw new TimeoutException("t")));

        Assert.Equal("t", error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.OperationStopped, error.CategoryInfo.Category);
        Assert.IsType<TimeoutException>(error.Exception);
    }

    [Fact]
    public void What_goes_wrong_in_a_script_is_a_runtime_error()
    {
        ErrorRecord error = Failure(Scripts.For("1/0", _ => throw new RuntimeException("Attempted to divide by zero.", new DivideByZeroException())));

        Assert.Equal("RuntimeException," + typeof(InvokeDoubleScriptCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Equal("Attempted to divide by zero.", error.ToString());
    }

    [Fact]
    public void A_script_that_nobody_knows_fails_when_it_runs()
        => Assert.Equal("CommandNotFoundException," + typeof(InvokeDoubleScriptCommand).FullName, Failure(ScriptBlock.Create("Get-NoSuch")).FullyQualifiedErrorId);

    [Fact]
    public void A_text_that_is_no_script_fails_when_it_is_made_one()
    {
        Scripts.Refuse("{ open", "MissingEndCurlyBrace");

        Assert.Throws<ParseException>(() => ScriptBlock.Create("{ open"));
        ErrorRecord error = Failure("{ open");
        Assert.Equal("MissingEndCurlyBrace," + typeof(InvokeDoubleScriptCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ParserError, error.CategoryInfo.Category);
    }

    [Fact]
    public void A_script_runs_on_the_thread_of_the_pipeline_only()
    {
        ScriptBlock script = Scripts.For("'here'", _ => "here");

        ErrorRecord error = _shell.Invoke("Invoke-DoubleScript $script -Elsewhere", ("script", script)).TerminatingError!;
        Assert.Equal("ScriptBlockDelegateInvokedFromWrongThread," + typeof(InvokeDoubleScriptCommand).FullName, error.FullyQualifiedErrorId);
        Assert.Throws<PSInvalidOperationException>(() => script.InvokeWithContext((IDictionary?)null, null, []));
    }

    [Fact]
    public void A_function_needs_a_name()
        => Assert.Equal(
            "EmptyFunctionNameInFunctionDefinitionDictionary",
            Assert.Throws<PSInvalidOperationException>(() => ScriptBlock.Create("f").InvokeWithContext(new Hashtable { [""] = null }, null, [])).ErrorRecord.FullyQualifiedErrorId);

    [Fact]
    public void A_variable_has_a_name_and_a_value()
    {
        Assert.Equal(5, new PSVariable("A", 5) { Value = 5 }.Value);
        Assert.Null(new PSVariable("A").Value);
        Assert.Throws<PSArgumentException>(() => new PSVariable(""));
    }

    private IReadOnlyList<object?> Run(object script, object? input)
    {
        ShellResult result = _shell.Command("Invoke-DoubleScript").With("Script", script).WithInput(input).Invoke();
        Assert.Null(result.TerminatingError?.ToString());
        return result.Output;
    }

    private ErrorRecord Failure(object script)
        => Assert.IsType<ErrorRecord>(_shell.Command("Invoke-DoubleScript").With("Script", script).WithInput(5).Invoke().TerminatingError);
}
