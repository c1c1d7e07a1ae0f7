using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;
using System.Threading;

namespace OrchestratorConnector.Tests.Double;

/// <summary>A thing that a set of its own takes from the pipeline.</summary>
public sealed class GadgetBook
{
    public string Name { get; set; } = "book";

    public override string ToString() => "Book:" + Name;
}

/// <summary>A cmdlet that acts on one thing, found by a name, a path or an id, or piped, and that takes any object along.</summary>
public abstract class DoubleRunCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "ByName", Mandatory = true, Position = 0)]
    public string? Name { get; set; }

    [Parameter(ParameterSetName = "ByPath", Mandatory = true)]
    public string? Path { get; set; }

    [Parameter(ParameterSetName = "ById", Mandatory = true)]
    public Guid Id { get; set; }

    [Parameter(ParameterSetName = "ByBook", Mandatory = true, ValueFromPipeline = true)]
    public GadgetBook? Book { get; set; }

    [Parameter(ParameterSetName = "ByName", ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "ByPath", ValueFromPipeline = true)]
    [Parameter(ParameterSetName = "ById", ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter Wait { get; set; }

    [Parameter]
    public string? Server { get; set; }

    protected override void ProcessRecord() => WriteObject(ParameterSetName + Bound());

    /// <summary>What is bound, by name, and the types of what is wrapped.</summary>
    protected string Bound()
        => string.Concat(MyInvocation.BoundParameters.OrderBy(b => b.Key, StringComparer.Ordinal).Select(b => " " + b.Key + "=" + Text(b.Value)));

    protected static string Text(object? value)
        => value switch
        {
            null => "null",
            PSObject wrapped => "<" + wrapped.BaseObject.GetType().Name + ">",
            Array array => "(" + string.Join(",", array.Cast<object?>().Select(Text)) + ")",
            DateTime time => time.ToString("yyyy-MM-dd", null),
            _ => value.ToString()!,
        };
}

[Cmdlet(VerbsLifecycle.Invoke, "DoubleRun", DefaultParameterSetName = "ByName")]
public sealed class InvokeDoubleRunCommand : DoubleRunCommand
{
}

/// <summary>The same with parameters that depend on the name.</summary>
[Cmdlet(VerbsLifecycle.Start, "DoubleRun", DefaultParameterSetName = "ByName")]
public sealed class StartDoubleRunCommand : DoubleRunCommand, IDynamicParameters
{
    private RuntimeDefinedParameterDictionary? _dynamic;
    private string _asked = string.Empty;

    [Parameter]
    public int Retry { get; set; }

    public object? GetDynamicParameters()
    {
        _asked = ParameterSetName + Bound();
        _dynamic = Name is null && Book is null ? null : [];
        switch (Name)
        {
            case "boom":
                throw new InvalidOperationException("no luck");
            case "loud":
                WriteVerbose("asked");
                break;
            case "early":
                WriteObject("too early");
                break;
            case "clash":
                Add("Server", typeof(string), new ParameterAttribute());
                break;
            case "alias clash":
                Add("Other", typeof(string), new ParameterAttribute(), new AliasAttribute("server"));
                break;
            case "bare":
                Add("Bare", typeof(string));
                break;
            case "sets":
                Add("OfPath", typeof(string), new ParameterAttribute { ParameterSetName = "ByPath" });
                Add("OfName", typeof(string), new ParameterAttribute { ParameterSetName = "ByName" });
                break;
            case "positions":
                Add("First", typeof(int), new ParameterAttribute { Position = 1 });
                Add("Second", typeof(string), new ParameterAttribute { Position = 2 });
                break;
            case "rest":
                Add("Rest", typeof(string[]), new ParameterAttribute { ValueFromRemainingArguments = true });
                break;
            case "piped":
                Add("Length", typeof(int), new ParameterAttribute { Mandatory = true, ValueFromPipelineByPropertyName = true }, new AliasAttribute("Size"));
                break;
            case "required":
                Add("Must", typeof(string), new ParameterAttribute { Mandatory = true });
                break;
            case not null:
            case null when Book is not null:
                Add("Server Name", typeof(string), new ParameterAttribute(), new AliasAttribute("SrvName"));
                Add("Count", typeof(int), new ParameterAttribute(), new ValidateRangeAttribute(1, 10));
                Add("Level", typeof(string), new ParameterAttribute(), new ValidateSetAttribute("Low", "High"));
                Add("When", typeof(DateTime), new ParameterAttribute());
                Add("Force", typeof(SwitchParameter), new ParameterAttribute());
                Add("Many", typeof(string[]), new ParameterAttribute());
                Add("Nam", typeof(string), new ParameterAttribute());
                Add("Retries", typeof(string), new ParameterAttribute());
                Add("Any", typeof(object), new ParameterAttribute());
                break;
        }

        return _dynamic;
    }

    protected override void ProcessRecord()
        => WriteObject(ParameterSetName + Bound() + " | " + _asked + " |" + string.Concat(_dynamic?.Values.Where(p => p.IsSet).Select(p => " " + p.Name + "=" + Text(p.Value)) ?? []));

    private void Add(string name, Type type, params Attribute[] attributes)
        => _dynamic!.Add(name, new RuntimeDefinedParameter(name, type, new Collection<Attribute>(attributes)));
}

/// <summary>An object of its own for the parameters that it has only when it is named.</summary>
[Cmdlet(VerbsLifecycle.Resume, "DoubleRun")]
public sealed class ResumeDoubleRunCommand : PSCmdlet, IDynamicParameters
{
    private More? _more;

    [Parameter(Position = 0)]
    public string? Name { get; set; }

    public object? GetDynamicParameters() => Name == "a" ? _more = new More() : null;

    protected override void ProcessRecord() => WriteObject(Name + " " + _more?.Extra + " " + _more?.Size);

    private sealed class More
    {
        [Parameter(Mandatory = true)]
        public string? Extra { get; set; }

        [Parameter]
        public int Size { get; set; }
    }
}

/// <summary>Sets between which only the pipeline decides.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DoubleRun", DefaultParameterSetName = "ByName")]
public sealed class TestDoubleRunCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "ByName", Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public string? Name { get; set; }

    [Parameter(ParameterSetName = "ByBook", Mandatory = true, ValueFromPipeline = true)]
    public GadgetBook? Book { get; set; }

    [Parameter(ParameterSetName = "ByGadget", Mandatory = true, ValueFromPipeline = true)]
    public Gadget? Gadget { get; set; }

    protected override void BeginProcessing() => WriteObject("begin '" + ParameterSetName + "'");

    protected override void ProcessRecord() => WriteObject(ParameterSetName + " " + Name + Book + Gadget?.Name);
}

/// <summary>Runs a script for each object.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "DoubleScript")]
public sealed class InvokeDoubleScriptCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public object Script { get; set; } = string.Empty;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter]
    public SwitchParameter Elsewhere { get; set; }

    protected override void ProcessRecord()
    {
        ScriptBlock script = PSObject.AsPSObject(Script).BaseObject as ScriptBlock ?? ScriptBlock.Create(Script.ToString()!);
        List<PSVariable> variables = [new PSVariable("_", InputObject), new PSVariable("Other", 5)];
        if (Elsewhere)
        {
            Exception? refusal = null;
            Thread thread = new(() => refusal = Refusal(script));
            thread.Start();
            thread.Join();
            throw refusal!;
        }

        Collection<PSObject> output = script.InvokeWithContext((IDictionary?)null, variables, []);
        WriteObject(output.Count + ":" + string.Join(",", output.Select(o => o is null ? "null" : o.BaseObject.GetType().Name + " " + o)) + ":" + string.Join(",", variables.Select(v => v.Name)));
    }

    private static PSInvalidOperationException? Refusal(ScriptBlock script)
    {
        try
        {
            script.InvokeWithContext((IDictionary?)null, [], []);
            return null;
        }
        catch (PSInvalidOperationException e)
        {
            return e;
        }
    }
}

/// <summary>Works until it is told to stop, and then says so where it still can.</summary>
[Cmdlet(VerbsLifecycle.Wait, "DoubleRun")]
public sealed class WaitDoubleRunCommand : PSCmdlet, IDisposable
{
    private readonly ManualResetEventSlim _stop = new();

    [Parameter]
    public ScriptBlock? Script { get; set; }

    public void Dispose() => _stop.Dispose();

    protected override void ProcessRecord()
    {
        WriteProgress(new ProgressRecord(1, "Run", "under way") { CurrentOperation = "step 2", SecondsRemaining = 30, PercentComplete = 40 });
        WriteProgress(new ProgressRecord(2, "Job", "waiting") { ParentActivityId = 1 });
        _stop.Wait();
        Script?.InvokeWithContext((IDictionary?)null, [], []);
        Host.UI.WriteLine("the script ran");
    }

    protected override void StopProcessing()
    {
        Host.UI.WriteWarningLine("It goes on without us.");
        _stop.Set();
    }
}
