using System.Collections;
using System.Linq;
using System.Management.Automation.Host;
using System.Management.Automation.Internal;
using System.Threading;

namespace System.Management.Automation.Double;

/// <summary>The engine's side of one running cmdlet: its streams, its preferences and its questions.</summary>
internal sealed class CommandRuntime : ICommandRuntime2
{
    private readonly CmdletStage _stage;
    private readonly CommonParameters _common;
    private ShellAnswer _lastAnswer = ShellAnswer.Yes;

    internal CommandRuntime(CmdletStage stage, Shell shell, CmdletInfo command, CommonParameters common, string line)
    {
        _stage = stage;
        _common = common;
        Shell = shell;
        SessionState = new SessionState(shell, ThrowIfForeignThread);
        Intrinsics = new EngineIntrinsics(shell, SessionState);
        Invocation = new InvocationInfo(command, line);
        Impact = stage.Attribute.ConfirmImpact;
    }

    public PSHost Host => Shell.Host;

    internal Shell Shell { get; }

    internal Stage Stage => _stage;

    internal SessionState SessionState { get; }

    internal EngineIntrinsics Intrinsics { get; }

    internal InvocationInfo Invocation { get; }

    internal string ParameterSetName { get; set; } = string.Empty;

    internal bool IsStopping => _stage.Pipeline.IsStopping;

    private ConfirmImpact Impact { get; }

    private Pipeline Pipeline => _stage.Pipeline;

    private Recorder Recorder => _stage.Pipeline.Recorder;

    private bool IsDebug => IsBound(nameof(CommonParameters.Debug)) && _common.Debug;

    private bool IsVerbose => IsBound(nameof(CommonParameters.Verbose)) && _common.Verbose;

    private ActionPreference ErrorAction
        => IsBound(nameof(CommonParameters.ErrorAction)) ? _common.ErrorAction
            : IsDebug || IsVerbose ? ActionPreference.Continue
            : Shell.Preference<ActionPreference>("ErrorActionPreference");

    private ActionPreference VerbosePreference
        => IsBound(nameof(CommonParameters.Verbose)) ? _common.Verbose ? ActionPreference.Continue : ActionPreference.SilentlyContinue
            : IsDebug ? ActionPreference.Continue
            : Shell.Preference<ActionPreference>("VerbosePreference");

    private ActionPreference DebugPreference
        => IsBound(nameof(CommonParameters.Debug)) ? _common.Debug ? ActionPreference.Continue : ActionPreference.SilentlyContinue
            : Shell.Preference<ActionPreference>("DebugPreference");

    private ActionPreference WarningPreference
        => IsBound(nameof(CommonParameters.WarningAction)) ? _common.WarningAction
            : IsDebug || IsVerbose ? ActionPreference.Continue
            : Shell.Preference<ActionPreference>("WarningPreference");

    private ActionPreference InformationPreference
        => IsBound(nameof(CommonParameters.InformationAction)) ? _common.InformationAction
            : Shell.Preference<ActionPreference>("InformationPreference");

    private bool WhatIf
        => _common is ShouldProcessParameters parameters
            && (IsBound(nameof(ShouldProcessParameters.WhatIf))
                ? parameters.WhatIf.IsPresent
                : Shell.Preference<bool>("WhatIfPreference"));

    private ConfirmImpact ConfirmPreference
        => _common is ShouldProcessParameters parameters && IsBound(nameof(ShouldProcessParameters.Confirm))
            ? parameters.Confirm ? ConfirmImpact.Low : ConfirmImpact.None
            : Shell.Preference<ConfirmImpact>("ConfirmPreference");

    public void WriteObject(object? sendToPipeline)
    {
        CheckWrite();
        Emit(sendToPipeline);
    }

    public void WriteObject(object? sendToPipeline, bool enumerateCollection)
    {
        CheckWrite();
        IEnumerable? elements = enumerateCollection ? LanguagePrimitives.GetEnumerable(sendToPipeline) : null;
        if (elements is null)
        {
            Emit(sendToPipeline);
            return;
        }

        // The engine reads the whole collection before it passes on the first element.
        foreach (object? element in elements.Cast<object?>().ToList())
        {
            Emit(element);
        }
    }

    public void WriteError(ErrorRecord errorRecord)
    {
        ThrowIfStopping();
        if (errorRecord is null)
        {
            throw new PSArgumentNullException(nameof(errorRecord));
        }

        errorRecord.SetInvocationInfo(Invocation);
        ThrowIfWriteNotPermitted();
        ShowError(errorRecord);
    }

    /// <summary>Shows an error according to the preference, also one that the engine itself has found.</summary>
    internal void ShowError(ErrorRecord errorRecord)
    {
        Pipeline.HadErrors = true;
        switch (ErrorAction)
        {
            case ActionPreference.Ignore or ActionPreference.SilentlyContinue:
                return;
            case ActionPreference.Stop:
                throw Pipeline.Fail(new ActionPreferenceStopException(StopMessage("ErrorActionPreference", errorRecord.ToString()), Invocation, errorRecord));
            case ActionPreference.Inquire:
                Ask(errorRecord.ToString(), null);
                break;
        }

        Recorder.Add(ShellStream.Error, errorRecord);
    }

    public void ThrowTerminatingError(ErrorRecord errorRecord)
    {
        ThrowIfStopping();
        if (errorRecord is null)
        {
            throw new PSArgumentNullException(nameof(errorRecord));
        }

        errorRecord.SetInvocationInfo(Invocation);
        throw Pipeline.Fail(new CmdletInvocationException(errorRecord));
    }

    public void WriteWarning(string text) => Write(ShellStream.Warning, WarningPreference, "WarningPreference", text, text);

    public void WriteVerbose(string text) => Write(ShellStream.Verbose, VerbosePreference, "VerbosePreference", text, text);

    public void WriteDebug(string text) => Write(ShellStream.Debug, DebugPreference, "DebugPreference", text, text);

    public void WriteCommandDetail(string text)
    {
        // It goes to the event log, which is not there to be read.
    }

    public void WriteProgress(ProgressRecord progressRecord) => WriteProgress(0, progressRecord);

    public void WriteProgress(long sourceId, ProgressRecord progressRecord)
    {
        CheckWrite(isOutput: false);
        if (progressRecord is null)
        {
            throw new PSArgumentNullException(nameof(progressRecord));
        }

        // Cmdlets like to reuse one record, so what was shown is kept as it was.
        Write(ShellStream.Progress, Shell.Preference<ActionPreference>("ProgressPreference"), "ProgressPreference", progressRecord.Activity, Copy(progressRecord));
    }

    public void WriteInformation(InformationRecord informationRecord)
    {
        CheckWrite(isOutput: false);
        if (informationRecord is null)
        {
            throw new PSArgumentNullException(nameof(informationRecord));
        }

        // Unlike the other streams, this one is kept when it is silent, for whoever reads it later.
        ActionPreference preference = InformationPreference;
        Write(ShellStream.Information, preference == ActionPreference.SilentlyContinue ? ActionPreference.Continue : preference, "InformationPreference", informationRecord.ToString(), informationRecord);
    }

    public bool ShouldProcess(string? target) => ShouldProcess(target, Invocation.MyCommand.Name);

    public bool ShouldProcess(string? target, string? action)
        => ShouldProcess("Performing the operation \"" + action + "\" on target \"" + target + "\".", null, null, out _);

    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption)
        => ShouldProcess(verboseDescription, verboseWarning, caption, out _);

    public bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption, out ShouldProcessReason shouldProcessReason)
    {
        ThrowIfStopping();
        shouldProcessReason = ShouldProcessReason.None;
        switch (_lastAnswer)
        {
            case ShellAnswer.NoToAll:
                return false;
            case ShellAnswer.YesToAll:
                return true;
        }

        ThrowIfWriteNotPermitted();
        if (WhatIf)
        {
            shouldProcessReason = ShouldProcessReason.WhatIf;
            Recorder.Add(ShellStream.WhatIf, "What if: " + verboseDescription);
            return false;
        }

        ConfirmImpact threshold = ConfirmPreference;
        if (threshold == ConfirmImpact.None || threshold > Impact)
        {
            if (IsVerbose)
            {
                WriteVerbose(verboseDescription ?? string.Empty);
            }

            return true;
        }

        string question = string.IsNullOrEmpty(verboseWarning)
            ? "Are you sure you want to perform this action?" + Environment.NewLine + verboseDescription
            : verboseWarning;
        _lastAnswer = Ask(question, caption);
        return _lastAnswer is ShellAnswer.Yes or ShellAnswer.YesToAll;
    }

    public bool ShouldContinue(string query, string? caption)
    {
        CheckWrite();
        return Ask(query, caption) is ShellAnswer.Yes or ShellAnswer.YesToAll;
    }

    public bool ShouldContinue(string query, string? caption, ref bool yesToAll, ref bool noToAll)
        => ShouldContinue(query, caption, false, ref yesToAll, ref noToAll);

    public bool ShouldContinue(string query, string? caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll)
    {
        CheckWrite();
        if (yesToAll || noToAll)
        {
            return yesToAll;
        }

        ShellAnswer answer = Ask(query, caption);
        yesToAll = answer == ShellAnswer.YesToAll;
        noToAll = answer == ShellAnswer.NoToAll;
        return answer is ShellAnswer.Yes or ShellAnswer.YesToAll;
    }

    public bool TransactionAvailable() => false;

    internal void ThrowIfStopping() => Pipeline.ThrowIfStopping();

    /// <summary>Turns what a cmdlet let escape into the pipeline's failure.</summary>
    internal PipelineStoppedException Fail(Exception exception)
        => Pipeline.Fail(
            exception is PipelineStoppedException or CmdletInvocationException or ActionPreferenceStopException or FlowControlException
                or RuntimeException { WasThrownFromThrowStatement: true }
                ? exception
                : new CmdletInvocationException(exception, Invocation));

    private static ProgressRecord Copy(ProgressRecord record)
        => new(record.ActivityId, record.Activity, record.StatusDescription)
        {
            CurrentOperation = record.CurrentOperation,
            ParentActivityId = record.ParentActivityId,
            PercentComplete = record.PercentComplete,
            RecordType = record.RecordType,
            SecondsRemaining = record.SecondsRemaining,
        };

    private static string StopMessage(string variable, string message)
        => "The running command stopped because the preference variable \"" + variable + "\" or common parameter is set to Stop: " + message;

    private bool IsBound(string parameter) => Invocation.BoundParameters.ContainsKey(parameter);

    private void Emit(object? value)
    {
        if (!ReferenceEquals(value, AutomationNull.Value))
        {
            _stage.Emit(value is null ? null : PSObject.AsPSObject(value));
        }
    }

    private void CheckWrite(bool isOutput = true)
    {
        ThrowIfStopping();
        ThrowIfWriteNotPermitted(isOutput);
    }

    private void ThrowIfWriteNotPermitted(bool isOutput = true)
    {
        if (!ReferenceEquals(Pipeline.Writer, this) || Pipeline.WriterThread != Thread.CurrentThread || (isOutput && !Pipeline.IsOutputAllowed))
        {
            throw new PSInvalidOperationException("The WriteObject and WriteError methods cannot be called from outside the overrides of the BeginProcessing, ProcessRecord, and EndProcessing methods, and they can only be called from within the same thread. Validate that the cmdlet makes these calls correctly, or contact Microsoft Customer Support Services.");
        }
    }

    /// <summary>A script runs on the pipeline's thread or not at all: no other has a session.</summary>
    private void ThrowIfForeignThread()
    {
        if (Pipeline.WriterThread is { } thread && thread != Thread.CurrentThread)
        {
            throw new PSInvalidOperationException("There is no Runspace available to run scripts in this thread. You can provide one in the DefaultRunspace property of the System.Management.Automation.Runspaces.Runspace type.");
        }
    }

    private void Write(ShellStream stream, ActionPreference preference, string variable, string message, object value)
    {
        CheckWrite(isOutput: false);
        if (preference is ActionPreference.SilentlyContinue or ActionPreference.Ignore)
        {
            return;
        }

        Recorder.Add(stream, value);
        if (preference == ActionPreference.Stop)
        {
            throw Pipeline.Fail(new ActionPreferenceStopException(StopMessage(variable, message), Invocation, null));
        }

        if (preference == ActionPreference.Inquire)
        {
            Ask(message, null);
        }
    }

    private ShellAnswer Ask(string message, string? caption)
    {
        ShellAnswer? answer = Shell.Confirmation?.Invoke(new ShellPrompt(caption ?? "Confirm", message, null));
        Recorder.Add(ShellStream.Prompt, new ShellPrompt(caption ?? "Confirm", message, answer));
        return answer switch
        {
            null => throw new PSInvalidOperationException("PowerShell is in NonInteractive mode. Read and Prompt functionality is not available."),
            ShellAnswer.Halt => throw Pipeline.Fail(new ActionPreferenceStopException("The running command stopped because the user selected the Stop option.", Invocation, null)),
            _ => answer.Value,
        };
    }
}
