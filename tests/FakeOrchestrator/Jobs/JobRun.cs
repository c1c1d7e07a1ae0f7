using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>A job while it goes on.</summary>
internal sealed class JobRun
{
    internal JobRun(SourceJob row, SourceRunbook runbook, JobScript script, IReadOnlyDictionary<string, string> inputs)
    {
        Row = row;
        Runbook = runbook;
        Script = script;
        Inputs = inputs;
        ReadTime = row.CreationTime;
    }

    internal SourceJob Row { get; set; }

    /// <summary>The runbook as it was at the start.</summary>
    internal SourceRunbook Runbook { get; }

    /// <summary>Its activities in the order in which they run.</summary>
    internal IReadOnlyList<SourceActivity> Activities => field ??= SourceActivity.Of(Runbook);

    internal JobScript Script { get; }

    /// <summary>By name, without regard to case.</summary>
    internal IReadOnlyDictionary<string, string> Inputs { get; }

    internal List<InstanceRun> Instances { get; } = [];

    /// <summary>How many answers had the job.</summary>
    internal int Shown { get; set; }

    /// <summary>How many of them count as passed: those before the read that goes on now.</summary>
    internal int Passed { get; set; }

    /// <summary>When <see cref="Passed"/> grew last.</summary>
    internal DateTime ReadTime { get; set; }

    internal DateTime Begun { get; set; }

    internal bool IsActive => Row.Status is SourceJobStatus.Pending or SourceJobStatus.Running;

    /// <summary>Whether nothing but a stop ends it.</summary>
    internal bool IsEndless => Runbook.IsMonitor || Script.End == JobEnd.Never;
}
