using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator;

/// <summary>Where a client puts runbooks and, when they come by themselves, their parameters.</summary>
public interface IRunbookSink : IEntitySink<Runbook>
{
    /// <summary>Takes parameters of runbooks that come, or came, without any.</summary>
    void AddParameters(IReadOnlyList<OwnedParameter> batch);
}
