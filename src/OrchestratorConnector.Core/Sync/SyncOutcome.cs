using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Sync;

/// <summary>How a synchronization that began ended.</summary>
/// <param name="Record">Its entry in the history.</param>
/// <param name="Failure">Why it failed, or <see langword="null"/>.</param>
public sealed record SyncOutcome(SyncRecord Record, OrchestratorException? Failure);
