using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>The fingerprints of a contract's parameters, one behind the other in the order of the contract.</summary>
internal static class ContractFingerprint
{
    public static long OfParameter(RunbookParameter parameter, BlobWriter scratch)
    {
        scratch.Clear();
        ContractCodec.WriteParameter(scratch, parameter);
        return Fingerprint.Of(scratch.Written);
    }

    public static void Write(BlobWriter target, IReadOnlyList<RunbookParameter> parameters, BlobWriter scratch)
    {
        for (int i = 0; i < parameters.Count; i++)
        {
            target.Long(OfParameter(parameters[i], scratch));
        }
    }

    /// <summary>Adds what <see cref="Write"/> wrote to a list.</summary>
    /// <returns>Whether the bytes can be right.</returns>
    public static bool TryRead(ReadOnlySpan<byte> source, List<long> target)
    {
        while (source.Length >= Fingerprint.Length)
        {
            target.Add(BinaryPrimitives.ReadInt64LittleEndian(source));
            source = source.Slice(Fingerprint.Length);
        }

        return source.IsEmpty;
    }
}
