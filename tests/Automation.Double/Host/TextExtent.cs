using System.Management.Automation.Language;

namespace System.Management.Automation.Double;

/// <summary>Where a part of a command line stands. All of it counts as one line.</summary>
internal sealed class TextExtent : IScriptExtent
{
    private readonly string _line;

    internal TextExtent(string line, int start, int end)
    {
        _line = line;
        StartOffset = start;
        EndOffset = end;
    }

    public int EndColumnNumber => EndOffset + 1;

    public int EndLineNumber => 1;

    public int EndOffset { get; }

    public string? File => null;

    public int StartColumnNumber => StartOffset + 1;

    public int StartLineNumber => 1;

    public int StartOffset { get; }

    public string Text => _line[StartOffset..EndOffset];
}
