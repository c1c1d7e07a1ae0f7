namespace OrchestratorConnector.Reporting;

/// <summary>How far a piece of work is. Whoever shows it takes it away when the work is over.</summary>
/// <param name="Activity">What is being done: "Synchronizing 'Production'".</param>
/// <param name="Status">Where it is: "1,250 of 20,000 runbooks".</param>
/// <param name="Percent">0 to 100, or <see langword="null"/> while the whole is not known.</param>
public sealed record ProgressStep(string Activity, string Status, int? Percent);
