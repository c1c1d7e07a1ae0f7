namespace OrchestratorConnector.State.Sqlite;

/// <summary>The contract of a staged runbook in SQL: the one that it came with, else the one that came by itself, else an empty one.</summary>
/// <param name="Value">The contract.</param>
/// <param name="Fingerprints">The fingerprints of its parameters.</param>
internal readonly record struct StagedContract(string Value, string Fingerprints)
{
    /// <summary>What <see cref="Of"/> needs behind the stage in the list of the tables.</summary>
    public static string Join(string stage, string contract) => $"LEFT JOIN temp.stage_contract AS {contract} ON {contract}.id = {stage}.id";

    public static StagedContract Of(string stage, string contract) => new(
        $"coalesce({stage}.contract, {contract}.contract, {ContractCodec.None})",
        $"coalesce({stage}.contract_fingerprint, {contract}.contract_fingerprint, x'')");
}
