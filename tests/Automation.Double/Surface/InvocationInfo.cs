using System.Collections.Generic;

namespace System.Management.Automation;

public class InvocationInfo
{
    internal InvocationInfo(CommandInfo command, string line)
    {
        MyCommand = command;
        InvocationName = command.Name;
        Line = line;
    }

    /// <summary>Everything bound so far, from the command line and from the current pipeline object.</summary>
    public Dictionary<string, object?> BoundParameters { get; } = new(StringComparer.OrdinalIgnoreCase);

    public CommandOrigin CommandOrigin => CommandOrigin.Runspace;

    public bool ExpectingInput { get; internal set; }

    public string InvocationName { get; }

    public string Line { get; }

    public CommandInfo MyCommand { get; }

    public int PipelineLength { get; internal set; }

    public int PipelinePosition { get; internal set; }

    public List<object> UnboundArguments { get; } = [];
}
