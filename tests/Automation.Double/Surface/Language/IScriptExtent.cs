namespace System.Management.Automation.Language;

public interface IScriptExtent
{
    int EndColumnNumber { get; }

    int EndLineNumber { get; }

    int EndOffset { get; }

    string? File { get; }

    int StartColumnNumber { get; }

    int StartLineNumber { get; }

    int StartOffset { get; }

    string Text { get; }
}
