using System;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>A runbook whose content is as it was, and that differs all the same.</summary>
/// <param name="Id">The runbook.</param>
/// <param name="IsContractSame">Whether its contract is as it was, too.</param>
internal readonly record struct KnownDifference(Guid Id, bool IsContractSame);
