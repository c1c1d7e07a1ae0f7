using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Sync;

/// <summary>What a synchronization would do.</summary>
/// <param name="Counts">How many runbooks would be in which state.</param>
/// <param name="Changes">Every difference.</param>
/// <param name="Requests">Requests that the look took.</param>
/// <param name="Bytes">Bytes of answers that the look took.</param>
public sealed record SyncPreview(SyncCounts Counts, IReadOnlyList<RunbookChange> Changes, long Requests, long Bytes);
