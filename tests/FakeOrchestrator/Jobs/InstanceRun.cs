using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>A runbook instance while it goes on: its row and the rows below it. What is handed out is replaced and never changed.</summary>
internal sealed class InstanceRun
{
    internal InstanceRun(JobRun run, SourceInstance row)
    {
        Run = run;
        Row = row;
    }

    internal JobRun Run { get; }

    internal SourceInstance Row { get; set; }

    /// <summary>In the order of the keys.</summary>
    internal SourceInstanceParameter[] Parameters { get; set; } = [];

    /// <summary>In the order in which they ran.</summary>
    internal List<SourceActivityInstance> Steps { get; } = [];

    /// <summary>The same in the order of the keys; made when it is asked for.</summary>
    internal SourceActivityInstance[]? StepsByKey { get; set; }

    /// <summary>What the steps published, in the order in which they did.</summary>
    internal List<SourceActivityInstanceData> Data { get; } = [];
}
