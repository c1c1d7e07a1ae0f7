namespace OrchestratorConnector.State;

/// <summary>What a synchronization cost so far.</summary>
/// <param name="Requests">Requests sent, retries included.</param>
/// <param name="Bytes">Bytes of answers, after decompression.</param>
public sealed record SyncTotals(long Requests, long Bytes);
