using System;

namespace OrchestratorConnector.Model;

/// <summary>A parameter as the parameters' own feed gives it: with the id of the runbook that it belongs to.</summary>
/// <param name="RunbookId">The runbook.</param>
/// <param name="Parameter">The parameter.</param>
public readonly record struct OwnedParameter(Guid RunbookId, RunbookParameter Parameter);
