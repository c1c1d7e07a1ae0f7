using System;

namespace OrchestratorConnector.Model;

/// <summary>A runbook server: a machine that runs jobs.</summary>
/// <param name="Id">The server's key.</param>
/// <param name="Name">The machine's name.</param>
public sealed record RunbookServer(Guid Id, string Name);
