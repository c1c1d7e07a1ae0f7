using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Threading;

namespace OrchestratorConnector.Tests.Double;

/// <summary>A thing to pipe.</summary>
public sealed class Gadget
{
    public string Name { get; init; } = string.Empty;

    public int Size { get; init; }
}

public enum GadgetColor
{
    Red,
    Green,
    DarkGreen,
}

/// <summary>Parameters of every kind, given back as they were bound.</summary>
[Cmdlet(VerbsCommon.Get, "DoubleGadget", DefaultParameterSetName = "ByName")]
public sealed class GetDoubleGadgetCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "ByName", Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Label")]
    public string[]? Name { get; set; }

    [Parameter(ParameterSetName = "ById", Mandatory = true)]
    public Guid Id { get; set; }

    [Parameter(ParameterSetName = "ByObject", Mandatory = true, ValueFromPipeline = true)]
    public Gadget? InputObject { get; set; }

    [Parameter(Position = 1)]
    [ValidateRange(1, 10)]
    public int Count { get; set; } = 1;

    [Parameter]
    public GadgetColor Color { get; set; }

    [Parameter]
    [ValidateSet("Small", "Large size")]
    public string? Kind { get; set; }

    [Parameter]
    public TimeSpan? Wait { get; set; }

    [Parameter]
    public Uri? Url { get; set; }

    [Parameter]
    [Credential]
    public PSCredential? Credential { get; set; }

    [Parameter]
    public SwitchParameter Force { get; set; }

    protected override void ProcessRecord() => WriteObject(this);
}

/// <summary>Says what was bound for each record, as the cmdlet's own values change between them.</summary>
[Cmdlet(VerbsCommon.Show, "DoubleGadget")]
public sealed class ShowDoubleGadgetCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public Gadget? InputObject { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int Size { get; set; } = -1;

    protected override void ProcessRecord() => WriteObject(InputObject!.Name + ":" + Size);
}

[Cmdlet(VerbsDiagnostic.Test, "DoubleMandatory")]
public sealed class TestDoubleMandatoryCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string Name { get; set; } = string.Empty;

    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string[] Part { get; set; } = [];

    protected override void ProcessRecord() => WriteObject(Name);
}

/// <summary>Names and objects, many of either, as the cmdlets take them that act on what another has got.</summary>
public abstract class DoubleManyCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Name", ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public virtual string[]? Name { get; set; }

    [Parameter(Mandatory = true, ParameterSetName = "InputObject", ValueFromPipeline = true)]
    public Gadget[]? InputObject { get; set; }

    protected override void ProcessRecord()
        => WriteObject(ParameterSetName + ":" + string.Join(",", Name ?? InputObject?.Select(o => o.Name) ?? []));
}

[Cmdlet(VerbsDiagnostic.Test, "DoubleMany", DefaultParameterSetName = "Name")]
public sealed class TestDoubleManyCommand : DoubleManyCommand
{
}

/// <summary>The same, but the names may be left out.</summary>
[Cmdlet(VerbsCommon.Get, "DoubleMany", DefaultParameterSetName = "Name")]
public sealed class GetDoubleManyCommand : DoubleManyCommand
{
    [Parameter(Position = 0, ParameterSetName = "Name", ValueFromPipeline = true)]
    public override string[]? Name { get; set; }
}

/// <summary>Two sets without a default.</summary>
[Cmdlet(VerbsDiagnostic.Test, "DoubleSet")]
public sealed class TestDoubleSetCommand : PSCmdlet
{
    [Parameter(ParameterSetName = "A", Mandatory = true)]
    public string? First { get; set; }

    [Parameter(ParameterSetName = "B", Mandatory = true)]
    public string? Second { get; set; }

    [Parameter(ParameterSetName = "B")]
    public string? Third { get; set; }

    protected override void ProcessRecord() => WriteObject(ParameterSetName);
}

/// <summary>Writes numbers, and says what it has been through.</summary>
[Cmdlet(VerbsCommon.New, "DoubleNumber")]
public sealed class NewDoubleNumberCommand : PSCmdlet, IDisposable
{
    public static List<string> Log { get; } = [];

    [Parameter]
    public int To { get; set; } = 3;

    public void Dispose() => Log.Add("dispose");

    protected override void BeginProcessing() => Log.Add("begin");

    protected override void ProcessRecord()
    {
        for (int i = 1; i <= To; i++)
        {
            Log.Add("write " + i);
            WriteObject(i);
        }
    }

    protected override void EndProcessing() => Log.Add("end");
}

[Cmdlet(VerbsLifecycle.Invoke, "DoubleEcho")]
public sealed class InvokeDoubleEchoCommand : PSCmdlet
{
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public int Value { get; set; }

    protected override void BeginProcessing() => NewDoubleNumberCommand.Log.Add("echo begin");

    protected override void ProcessRecord()
    {
        NewDoubleNumberCommand.Log.Add("echo " + Value);
        WriteObject(Value * 10);
    }

    protected override void EndProcessing() => NewDoubleNumberCommand.Log.Add("echo end");
}

/// <summary>Speaks on every stream.</summary>
[Cmdlet(VerbsCommunications.Send, "DoubleRecord")]
public sealed class SendDoubleRecordCommand : PSCmdlet
{
    [Parameter]
    public string Failure { get; set; } = string.Empty;

    protected override void ProcessRecord()
    {
        WriteVerbose("a verbose word");
        WriteDebug("a debug word");
        WriteWarning("a warning");
        WriteInformation("an information", ["tag"]);
        ProgressRecord progress = new(1, "Working", "one") { PercentComplete = 10 };
        WriteProgress(progress);
        progress.StatusDescription = "two";
        WriteProgress(progress);
        switch (Failure)
        {
            case "Write":
                WriteError(new ErrorRecord(new InvalidOperationException("no luck"), "NoLuck", ErrorCategory.ResourceBusy, "the target") { ErrorDetails = new ErrorDetails("no luck at all") { RecommendedAction = "try again" } });
                break;
            case "Throw":
                ThrowTerminatingError(new ErrorRecord(new InvalidOperationException("no way"), "NoWay", ErrorCategory.OpenError, null));
                break;
            case "Escape":
                throw new TimeoutException("too late");
            case "Thread":
                Exception? refusal = null;
                Thread thread = new(() => refusal = Record(() => WriteObject(1)) ?? Record(() => WriteVerbose("x")));
                thread.Start();
                thread.Join();
                throw refusal!;
        }

        WriteObject("done");
    }

    private static InvalidOperationException? Record(Action action)
    {
        try
        {
            action();
            return null;
        }
        catch (InvalidOperationException e)
        {
            return e;
        }
    }
}

/// <summary>Works until it is told to stop.</summary>
[Cmdlet(VerbsLifecycle.Start, "DoubleWork")]
public sealed class StartDoubleWorkCommand : PSCmdlet, IDisposable
{
    private readonly CancellationTokenSource _stop = new();

    public static int StopThread { get; private set; }

    public static int PipelineThread { get; private set; }

    public static bool IsDisposed { get; private set; }

    [Parameter]
    public SwitchParameter Swallow { get; set; }

    public void Dispose()
    {
        IsDisposed = true;
        _stop.Dispose();
    }

    protected override void ProcessRecord()
    {
        PipelineThread = Environment.CurrentManagedThreadId;
        WriteVerbose("started");
        WriteProgress(new ProgressRecord(1, "Working", "half") { PercentComplete = 50 });
        _stop.Token.WaitHandle.WaitOne();
        if (!Swallow)
        {
            WriteObject("never seen");
        }
    }

    protected override void StopProcessing()
    {
        StopThread = Environment.CurrentManagedThreadId;
        _stop.Cancel();
    }
}

[Cmdlet(VerbsCommon.Remove, "DoubleGadget", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
public sealed class RemoveDoubleGadgetCommand : PSCmdlet
{
    [Parameter(Mandatory = true, Position = 0)]
    public string[] Name { get; set; } = [];

    [Parameter]
    public SwitchParameter Ask { get; set; }

    protected override void ProcessRecord()
    {
        bool yesToAll = false;
        bool noToAll = false;
        foreach (string name in Name)
        {
            if (Ask ? ShouldContinue("Remove " + name + "?", "Sure", ref yesToAll, ref noToAll) : ShouldProcess(name, "Remove"))
            {
                WriteObject(name);
            }
        }
    }
}

[Cmdlet(VerbsCommon.Set, "DoubleGadget", SupportsShouldProcess = true)]
public sealed class SetDoubleGadgetCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string? Name { get; set; }

    protected override void ProcessRecord()
    {
        bool should = ShouldProcess("Set it.", "Set it?", "Caption", out ShouldProcessReason reason);
        WriteObject(should + " " + reason);
    }
}

/// <summary>Asks the session for what is around it.</summary>
[Cmdlet(VerbsCommon.Get, "DoubleSession")]
public sealed class GetDoubleSessionCommand : PSCmdlet, IDynamicParameters
{
    private RuntimeDefinedParameterDictionary? _dynamic;

    [Parameter(Position = 0)]
    public string? Path { get; set; }

    public object? GetDynamicParameters()
    {
        _dynamic = new RuntimeDefinedParameterDictionary
        {
            ["Late"] = new RuntimeDefinedParameter("Late", typeof(int), [new ParameterAttribute()]),
        };
        return _dynamic;
    }

    protected override void ProcessRecord()
    {
        Dictionary<string, object?> seen = new()
        {
            ["Path"] = Path is null ? null : GetUnresolvedProviderPathFromPSPath(Path),
            ["Location"] = SessionState.Path.CurrentFileSystemLocation.Path,
            ["Variable"] = GetVariableValue("Favourite"),
            ["Missing"] = GetVariableValue("NoSuch", "otherwise"),
            ["Known"] = InvokeCommand.GetCommand("Get-Secret", CommandTypes.All)?.Name,
            ["Unknown"] = InvokeCommand.GetCommand("Get-Nothing", CommandTypes.All)?.Name,
            ["Late"] = _dynamic!["Late"].Value,
            ["Invoked"] = MyInvocation.InvocationName + " " + MyInvocation.MyCommand.CommandType + " " + MyInvocation.ExpectingInput,
        };
        if (seen["Known"] is not null)
        {
            seen["Secret"] = InvokeCommand.InvokeScript("param($name) Get-Secret -Name $name", "mine").Single().BaseObject;
        }

        WriteObject(seen);
    }
}

public sealed class GadgetCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        string color = fakeBoundParameters["Color"]?.ToString() ?? "no color";
        yield return new CompletionResult("'" + wordToComplete.Trim('\'') + " one'", parameterName, CompletionResultType.ParameterValue, commandAst.GetCommandName() + " " + commandName + " " + color);
    }
}

[Cmdlet(VerbsCommon.Find, "DoubleGadget")]
public sealed class FindDoubleGadgetCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    [ArgumentCompleter(typeof(GadgetCompleter))]
    public string[]? Name { get; set; }

    [Parameter]
    public GadgetColor Color { get; set; }

    [Parameter]
    [ValidateSet("Small", "Large size")]
    public string? Kind { get; set; }
}

/// <summary>Takes a name that the engine has taken before.</summary>
[Cmdlet(VerbsCommon.Get, "DoubleClash")]
public sealed class GetDoubleClashCommand : PSCmdlet
{
    [Parameter]
    [Alias("db")]
    public string? Database { get; set; }
}

/// <summary>What a format file may call.</summary>
public static class GadgetFormat
{
    public static string Sizes(Gadget gadget) => gadget is null ? string.Empty : new string('#', gadget.Size);
}
