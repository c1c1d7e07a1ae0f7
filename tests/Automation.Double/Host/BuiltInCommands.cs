using System.Collections.Generic;
using System.Linq;

namespace System.Management.Automation.Double;

/// <summary>Passes on the first objects, then stops the stages before it.</summary>
[Cmdlet(VerbsCommon.Select, "Object")]
internal sealed class SelectObjectCommand : PSCmdlet
{
    private int _count;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Mandatory = true)]
    [ValidateRange(0, int.MaxValue)]
    public int First { get; set; }

    protected override void ProcessRecord()
    {
        if (_count < First)
        {
            _count++;
            WriteObject(InputObject);
        }

        if (_count >= First)
        {
            throw new StopUpstreamCommandsException(((CommandRuntime)CommandRuntime!).Stage);
        }
    }
}

/// <summary>Collects what it is given and writes it as text at the end.</summary>
internal abstract class FormatCommand : PSCmdlet
{
    private readonly List<object?> _objects = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    [Parameter(Position = 0)]
    public string[]? Property { get; set; }

    protected Formatter Formatter => ((CommandRuntime)CommandRuntime!).Shell.Formatter;

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _objects.Add(InputObject);
        }
    }

    protected override void EndProcessing() => WriteObject(Format(_objects));

    protected abstract string Format(IReadOnlyList<object?> objects);
}

[Cmdlet(VerbsCommon.Format, "Table")]
internal sealed class FormatTableCommand : FormatCommand
{
    [Parameter]
    public SwitchParameter AutoSize { get; set; }

    [Parameter]
    public SwitchParameter Wrap { get; set; }

    protected override string Format(IReadOnlyList<object?> objects) => Formatter.FormatTable(objects, Property, AutoSize, Wrap);
}

[Cmdlet(VerbsCommon.Format, "List")]
internal sealed class FormatListCommand : FormatCommand
{
    protected override string Format(IReadOnlyList<object?> objects) => Formatter.FormatList(objects, Property);
}

[Cmdlet(VerbsData.Out, "String")]
internal sealed class OutStringCommand : PSCmdlet
{
    private readonly List<object?> _objects = [];

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
        {
            _objects.Add(InputObject);
        }
    }

    protected override void EndProcessing()
        => WriteObject(
            _objects.All(o => PSObject.Base(o) is string)
                ? string.Concat(_objects)
                : ((CommandRuntime)CommandRuntime!).Shell.Formatter.Format(_objects));
}
