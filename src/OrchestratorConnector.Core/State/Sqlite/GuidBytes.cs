using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Ids as sixteen bytes in the order in which they are written, so that the database sorts them as people do.</summary>
internal static class GuidBytes
{
    public const int Length = 16;

    public static void Write(Guid id, Span<byte> target)
    {
#if NETSTANDARD2_0
        byte[] bytes = id.ToByteArray();
        bytes.AsSpan().CopyTo(target);
        target.Slice(0, 4).Reverse();
        target.Slice(4, 2).Reverse();
        target.Slice(6, 2).Reverse();
#else
        id.TryWriteBytes(target, bigEndian: true, out _);
#endif
    }

    [MethodImpl(Compile.AtOnce)]
    public static Guid Read(ReadOnlySpan<byte> source) => new(
        BinaryPrimitives.ReadInt32BigEndian(source),
        BinaryPrimitives.ReadInt16BigEndian(source.Slice(4)),
        BinaryPrimitives.ReadInt16BigEndian(source.Slice(6)),
        source[8],
        source[9],
        source[10],
        source[11],
        source[12],
        source[13],
        source[14],
        source[15]);

    /// <summary>The same as two numbers, in the same order: SQLite sorts by numbers much faster than by bytes.</summary>
    public static (long High, long Low) ToNumbers(Guid id)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Write(id, bytes);
        return (BinaryPrimitives.ReadInt64BigEndian(bytes) ^ long.MinValue, BinaryPrimitives.ReadInt64BigEndian(bytes.Slice(sizeof(long))));
    }

    public static Guid FromNumbers(long high, long low)
    {
        Span<byte> bytes = stackalloc byte[Length];
        BinaryPrimitives.WriteInt64BigEndian(bytes, high ^ long.MinValue);
        BinaryPrimitives.WriteInt64BigEndian(bytes.Slice(sizeof(long)), low);
        return Read(bytes);
    }
}
