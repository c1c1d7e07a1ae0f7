using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>
/// Tells whether two values are the same by 64 bits of them. Kept in the file, so it is the same on every machine and target.
/// Two values of one runbook that differ and yet agree in all 64 bits are not to be expected in the lifetime of any server.
/// </summary>
internal static class Fingerprint
{
    /// <summary>How many bytes one takes in a row of them.</summary>
    public const int Length = sizeof(long);

    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;

    /// <summary>xxHash64 as it treats short values, whatever the length.</summary>
    [MethodImpl(Compile.AtOnce)]
    public static long Of(ReadOnlySpan<byte> value)
    {
        unchecked
        {
            ulong hash = Prime5 + (ulong)value.Length;
            while (value.Length >= sizeof(ulong))
            {
                ulong lane = RotateLeft(BinaryPrimitives.ReadUInt64LittleEndian(value) * Prime2, 31) * Prime1;
                hash = (RotateLeft(hash ^ lane, 27) * Prime1) + Prime4;
                value = value.Slice(sizeof(ulong));
            }

            foreach (byte rest in value)
            {
                hash = RotateLeft(hash ^ (rest * Prime5), 11) * Prime1;
            }

            hash = (hash ^ (hash >> 33)) * Prime2;
            hash = (hash ^ (hash >> 29)) * Prime3;
            return (long)(hash ^ (hash >> 32));
        }
    }

    private static ulong RotateLeft(ulong value, int bits) => (value << bits) | (value >> (64 - bits));
}
