using System;

namespace OrchestratorConnector.Orchestrator;

/// <summary>One step of a connection test.</summary>
/// <param name="Name">What was tried.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Detail">What was found, or what is wrong.</param>
/// <param name="Hint">What to do when it failed, or <see langword="null"/>.</param>
public sealed record ConnectionCheck(string Name, CheckOutcome Outcome, TimeSpan Duration, string Detail, string? Hint = null);
