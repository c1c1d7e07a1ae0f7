namespace System.Management.Automation.Double;

/// <summary>Where a record of a run went to.</summary>
public enum ShellStream
{
    Output,
    Error,
    Warning,
    Verbose,
    Debug,
    Progress,
    Information,
    WhatIf,
    Prompt,
}

/// <summary>
/// One thing that a run let its user see: an object or null on <see cref="ShellStream.Output"/>, an <see cref="ErrorRecord"/>,
/// text (warning, verbose, debug, what-if), a <see cref="ProgressRecord"/>, an <see cref="InformationRecord"/> or a <see cref="ShellPrompt"/>.
/// </summary>
public sealed record ShellRecord(ShellStream Stream, object? Value);

/// <summary>The answers to a question at the prompt.</summary>
public enum ShellAnswer
{
    Yes,
    YesToAll,
    No,
    NoToAll,
    Halt,
}

/// <summary>A question that was asked, and the answer it got: none where nobody was there to give one.</summary>
public sealed record ShellPrompt(string? Caption, string Message, ShellAnswer? Answer);
