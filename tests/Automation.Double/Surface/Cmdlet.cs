using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation.Double;
using System.Management.Automation.Internal;

namespace System.Management.Automation;

public abstract class Cmdlet : InternalCommand
{
    private ICommandRuntime? _runtime;

    public static HashSet<string> CommonParameters { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        "Verbose", "Debug", "ErrorAction", "WarningAction", "InformationAction",
        "ErrorVariable", "WarningVariable", "InformationVariable", "OutVariable", "OutBuffer", "PipelineVariable",
    };

    public static HashSet<string> OptionalCommonParameters { get; } = new(StringComparer.OrdinalIgnoreCase)
    {
        "WhatIf", "Confirm", "UseTransaction",
    };

    public ICommandRuntime? CommandRuntime
    {
        get => _runtime;
        set => _runtime = value;
    }

    public bool Stopping => _runtime is CommandRuntime { IsStopping: true };

    private ICommandRuntime Runtime
        => _runtime ?? throw new NotImplementedException("The cmdlet is not part of a pipeline.");

    public bool ShouldContinue(string query, string? caption) => Runtime.ShouldContinue(query, caption);

    public bool ShouldContinue(string query, string? caption, ref bool yesToAll, ref bool noToAll)
        => Runtime.ShouldContinue(query, caption, ref yesToAll, ref noToAll);

    public bool ShouldContinue(string query, string? caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll)
        => Runtime is ICommandRuntime2 runtime
            ? runtime.ShouldContinue(query, caption, hasSecurityImpact, ref yesToAll, ref noToAll)
            : Runtime.ShouldContinue(query, caption, ref yesToAll, ref noToAll);

    public bool ShouldProcess(string? target) => Runtime.ShouldProcess(target);

    public bool ShouldProcess(string? target, string? action) => Runtime.ShouldProcess(target, action);

    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption)
        => Runtime.ShouldProcess(verboseDescription, verboseWarning, caption);

    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption, out ShouldProcessReason shouldProcessReason)
        => Runtime.ShouldProcess(verboseDescription, verboseWarning, caption, out shouldProcessReason);

    [DoesNotReturn]
    public void ThrowTerminatingError(ErrorRecord errorRecord)
    {
        ArgumentNullException.ThrowIfNull(errorRecord);
        Runtime.ThrowTerminatingError(errorRecord);
        throw new PipelineStoppedException();
    }

    public void WriteCommandDetail(string text) => Runtime.WriteCommandDetail(text);

    public void WriteDebug(string text) => Runtime.WriteDebug(text);

    public void WriteError(ErrorRecord errorRecord) => Runtime.WriteError(errorRecord);

    public void WriteInformation(object? messageData, string[]? tags)
    {
        InformationRecord record = new(messageData, (this as PSCmdlet)?.MyInvocation.MyCommand.Name);
        if (tags is not null)
        {
            record.Tags.AddRange(tags);
        }

        WriteInformation(record);
    }

    public void WriteInformation(InformationRecord informationRecord)
    {
        if (Runtime is not ICommandRuntime2 runtime)
        {
            throw new NotImplementedException("The command runtime takes no information records.");
        }

        runtime.WriteInformation(informationRecord);
    }

    public void WriteObject(object? sendToPipeline) => Runtime.WriteObject(sendToPipeline);

    public void WriteObject(object? sendToPipeline, bool enumerateCollection) => Runtime.WriteObject(sendToPipeline, enumerateCollection);

    public void WriteProgress(ProgressRecord progressRecord) => Runtime.WriteProgress(progressRecord);

    public void WriteVerbose(string text) => Runtime.WriteVerbose(text);

    public void WriteWarning(string text) => Runtime.WriteWarning(text);

    protected virtual void BeginProcessing()
    {
    }

    protected virtual void ProcessRecord()
    {
    }

    protected virtual void EndProcessing()
    {
    }

    protected virtual void StopProcessing()
    {
    }

    internal void DoBeginProcessing() => BeginProcessing();

    internal void DoProcessRecord() => ProcessRecord();

    internal void DoEndProcessing() => EndProcessing();

    internal void DoStopProcessing() => StopProcessing();
}
