using System.Management.Automation.Host;

namespace System.Management.Automation;

/// <summary>What stands behind a cmdlet while it runs.</summary>
public interface ICommandRuntime
{
    PSHost? Host { get; }

    bool ShouldContinue(string query, string? caption, ref bool yesToAll, ref bool noToAll);

    bool ShouldContinue(string query, string? caption);

    bool TransactionAvailable();

    bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption, out ShouldProcessReason shouldProcessReason);

    bool ShouldProcess(string? verboseDescription, string? verboseWarning, string? caption);

    bool ShouldProcess(string? target, string? action);

    bool ShouldProcess(string? target);

    void ThrowTerminatingError(ErrorRecord errorRecord);

    void WriteCommandDetail(string text);

    void WriteDebug(string text);

    void WriteError(ErrorRecord errorRecord);

    void WriteObject(object? sendToPipeline, bool enumerateCollection);

    void WriteObject(object? sendToPipeline);

    void WriteProgress(long sourceId, ProgressRecord progressRecord);

    void WriteProgress(ProgressRecord progressRecord);

    void WriteVerbose(string text);

    void WriteWarning(string text);
}

public interface ICommandRuntime2 : ICommandRuntime
{
    bool ShouldContinue(string query, string? caption, bool hasSecurityImpact, ref bool yesToAll, ref bool noToAll);

    void WriteInformation(InformationRecord informationRecord);
}
