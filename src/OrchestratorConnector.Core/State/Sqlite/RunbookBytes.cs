using System;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>A runbook as bytes: what a stage keeps, and what two runbooks are compared by. The id stands beside it.</summary>
/// <param name="content">Everything but id and contract, as <see cref="RunbookColumns"/> writes it.</param>
/// <param name="derived">What follows from the content, as <see cref="RunbookColumns"/> writes it.</param>
/// <param name="contract">The contract, as <see cref="ContractCodec"/> writes it; empty where there is none yet.</param>
/// <param name="fingerprints">The fingerprints of the contract's parameters.</param>
internal readonly ref struct RunbookBytes(ReadOnlySpan<byte> content, ReadOnlySpan<byte> derived, ReadOnlySpan<byte> contract, ReadOnlySpan<byte> fingerprints)
{
    public ReadOnlySpan<byte> Content { get; } = content;

    public ReadOnlySpan<byte> Derived { get; } = derived;

    public ReadOnlySpan<byte> Contract { get; } = contract;

    public ReadOnlySpan<byte> ContractFingerprints { get; } = fingerprints;

    /// <summary>Whether the contract is there; a contract without parameters is.</summary>
    public bool HasContract => !Contract.IsEmpty;

    /// <summary>Writes a runbook.</summary>
    /// <param name="target">Where to.</param>
    /// <param name="runbook">The runbook.</param>
    /// <param name="content">What <see cref="RunbookColumns.WriteContent"/> wrote of it.</param>
    /// <param name="fingerprint">The fingerprint of that.</param>
    /// <param name="parameters">The contract; <see langword="null"/> for none.</param>
    /// <param name="scratch">For what is written on the way; what it held is lost.</param>
    public static void Write(
        BlobWriter target,
        Runbook runbook,
        ReadOnlySpan<byte> content,
        long fingerprint,
        IReadOnlyList<RunbookParameter>? parameters,
        BlobWriter scratch)
    {
        target.Blob(content);
        scratch.Clear();
        RunbookColumns.WriteDerived(scratch, runbook, fingerprint);
        target.Blob(scratch.Written);
        scratch.Clear();
        if (parameters is not null)
        {
            ContractCodec.Write(scratch, parameters);
        }

        target.Blob(scratch.Written);
        if (parameters is not null)
        {
            ContractFingerprint.Write(target, parameters, scratch);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static RunbookBytes Read(ReadOnlySpan<byte> source, string path)
    {
        BlobReader reader = new(source, path);
        return new RunbookBytes(reader.Blob(), reader.Blob(), reader.Blob(), reader.Rest());
    }
}
