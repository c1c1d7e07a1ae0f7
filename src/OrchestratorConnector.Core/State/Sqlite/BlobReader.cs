using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Reads what <see cref="BlobWriter"/> wrote. Bytes that cannot be right mean a damaged store.</summary>
internal ref struct BlobReader(ReadOnlySpan<byte> bytes, string path)
{
    private readonly string _path = path;
    private ReadOnlySpan<byte> _rest = bytes;

    /// <summary>How many bytes follow.</summary>
    public readonly int Left => _rest.Length;

    public byte Byte()
    {
        return Take(1)[0];
    }

    [MethodImpl(Compile.AtOnce)]
    public int Number()
    {
        uint value = 0;
        for (int shift = 0; shift < 35; shift += 7)
        {
            byte next = Byte();
            value |= (uint)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value <= int.MaxValue ? (int)value : throw Damaged();
            }
        }

        throw Damaged();
    }

    /// <summary>Eight bytes, the lowest first.</summary>
    public long Long() => BinaryPrimitives.ReadInt64LittleEndian(Take(sizeof(long)));

    public bool Flag() => Byte() != 0;

    public DateTime? OptionalTime()
    {
        bool isThere = Flag();
        long ticks = Long();
        return isThere ? SqliteStatement.UtcTime(ticks, _path) : null;
    }

    public Guid Id() => GuidBytes.Read(Take(GuidBytes.Length));

    /// <summary>Bytes behind their number; a text is such bytes.</summary>
    public ReadOnlySpan<byte> Blob() => Take(Number());

    /// <summary>The bytes of a text that may be none.</summary>
    /// <returns>Whether there is one.</returns>
    public bool OptionalBlob(out ReadOnlySpan<byte> text)
    {
        int length = Number();
        text = length == 0 ? default : Take(length - 1);
        return length > 0;
    }

    /// <summary>All that follows.</summary>
    public ReadOnlySpan<byte> Rest() => Take(Left);

    public string Text() => Utf8.Read(Blob());

    public string? OptionalText() => OptionalBlob(out ReadOnlySpan<byte> text) ? Utf8.Read(text) : null;

    public void Skip(int length) => Take(length);

    /// <summary>Refuses a form that this version does not write.</summary>
    public void Version(byte known)
    {
        if (Byte() != known)
        {
            throw Damaged();
        }
    }

    /// <summary>Makes sure that nothing follows.</summary>
    public readonly void End()
    {
        if (!_rest.IsEmpty)
        {
            throw Damaged();
        }
    }

    /// <summary>How many elements follow: each takes at least one byte, so a wrong number cannot ask for much memory.</summary>
    public int Count()
    {
        int count = Number();
        return count <= _rest.Length ? count : throw Damaged();
    }

    public readonly OrchestratorException Damaged() => Error.StoreDamaged(_path, null);

    [MethodImpl(Compile.AtOnce)]
    private ReadOnlySpan<byte> Take(int length)
    {
        if (length > _rest.Length)
        {
            throw Damaged();
        }

        ReadOnlySpan<byte> taken = _rest.Slice(0, length);
        _rest = _rest.Slice(length);
        return taken;
    }
}
