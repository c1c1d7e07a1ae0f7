namespace OrchestratorConnector.State.Sqlite;

/// <summary>One step of the schema.</summary>
/// <param name="Version">The version that it leads to, one more than the step before.</param>
/// <param name="Sql">What it does.</param>
internal sealed record SqliteMigration(int Version, string Sql);
