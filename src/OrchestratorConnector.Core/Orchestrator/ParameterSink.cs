using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>The parameters' side of a runbook sink.</summary>
/// <param name="runbooks">The sink.</param>
internal sealed class ParameterSink(IRunbookSink runbooks) : IEntitySink<OwnedParameter>
{
    /// <summary>How many parameters there are says nothing about how many runbooks there are.</summary>
    public void Expect(long total)
    {
    }

    /// <summary>Parameters that come twice are the same: their id is their key, and the stage drops the second.</summary>
    public void Reset()
    {
    }

    public void Add(IReadOnlyList<OwnedParameter> batch) => runbooks.AddParameters(batch);
}
