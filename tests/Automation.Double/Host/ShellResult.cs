using System.Collections.Generic;
using System.Linq;

namespace System.Management.Automation.Double;

/// <summary>What a run has shown and how it ended. The records of all streams are also kept in their order.</summary>
public sealed class ShellResult
{
    internal ShellResult(IReadOnlyList<ShellRecord> records, ErrorRecord? terminatingError, bool stopped, bool hadErrors)
    {
        Records = records;
        TerminatingError = terminatingError;
        Stopped = stopped;
        HadErrors = hadErrors;
    }

    /// <summary>All streams in the order in which the records came.</summary>
    public IReadOnlyList<ShellRecord> Records { get; }

    /// <summary>The objects at the end of the pipeline, without their wrappers unless something was added to them.</summary>
    public IReadOnlyList<object?> Output => [.. Of(ShellStream.Output)];

    /// <summary>The errors that did not end the pipeline.</summary>
    public IReadOnlyList<ErrorRecord> Errors => [.. Of(ShellStream.Error).Cast<ErrorRecord>()];

    /// <summary>The error that ended the pipeline, if one did.</summary>
    public ErrorRecord? TerminatingError { get; }

    public IReadOnlyList<string> Warnings => [.. Of(ShellStream.Warning).Cast<string>()];

    public IReadOnlyList<string> Verbose => [.. Of(ShellStream.Verbose).Cast<string>()];

    public IReadOnlyList<string> Debug => [.. Of(ShellStream.Debug).Cast<string>()];

    public IReadOnlyList<ProgressRecord> Progress => [.. Of(ShellStream.Progress).Cast<ProgressRecord>()];

    public IReadOnlyList<InformationRecord> Information => [.. Of(ShellStream.Information).Cast<InformationRecord>()];

    /// <summary>What <c>-WhatIf</c> has said, each line as the shell prints it.</summary>
    public IReadOnlyList<string> WhatIf => [.. Of(ShellStream.WhatIf).Cast<string>()];

    /// <summary>What was asked, and what was answered.</summary>
    public IReadOnlyList<ShellPrompt> Prompts => [.. Of(ShellStream.Prompt).Cast<ShellPrompt>()];

    /// <summary>Whether the run was stopped from outside, as by Ctrl+C.</summary>
    public bool Stopped { get; }

    /// <summary>Whether anything failed, also what <c>-ErrorAction</c> kept from being shown.</summary>
    public bool HadErrors { get; }

    private IEnumerable<object?> Of(ShellStream stream) => Records.Where(r => r.Stream == stream).Select(r => r.Value);
}
