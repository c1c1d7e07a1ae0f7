using OrchestratorConnector.Model;

namespace OrchestratorConnector.State;

/// <summary>One runbook before and after.</summary>
/// <param name="Before">As the library has it, or <see langword="null"/> when it is new.</param>
/// <param name="After">As the server returned it, or <see langword="null"/> when it did not.</param>
public readonly record struct RunbookPair(LibraryRunbook? Before, Runbook? After);
