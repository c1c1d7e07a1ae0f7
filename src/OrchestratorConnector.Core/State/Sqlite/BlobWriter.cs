using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using OrchestratorConnector.Compatibility;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Writes small values one after another into a buffer that is used again and again.</summary>
internal sealed class BlobWriter
{
    private const int MostBytesOfCharacter = 3;

    private byte[] _buffer = new byte[512];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Byte(byte value)
    {
        Grow(1);
        _buffer[_length++] = value;
    }

    /// <summary>Seven bits a byte, the lowest first; the high bit says that more follow.</summary>
    public void Number(int value)
    {
        Grow(5);
        uint rest = (uint)value;
        while (rest >= 0x80)
        {
            _buffer[_length++] = (byte)(rest | 0x80);
            rest >>= 7;
        }

        _buffer[_length++] = (byte)rest;
    }

    /// <summary>Eight bytes, the lowest first.</summary>
    public void Long(long value)
    {
        Grow(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(long);
    }

    public void Flag(bool value) => Byte(value ? (byte)1 : (byte)0);

    /// <summary>A time that may be none.</summary>
    public void OptionalTime(DateTime? value)
    {
        Flag(value is not null);
        Long(value is { } time ? SqliteStatement.UtcTicks(time) : 0);
    }

    [MethodImpl(Compile.AtOnce)]
    public void Id(Guid value)
    {
        Grow(GuidBytes.Length);
        GuidBytes.Write(value, _buffer.AsSpan(_length, GuidBytes.Length));
        _length += GuidBytes.Length;
    }

    [MethodImpl(Compile.AtOnce)]
    public void Text(string value) => Text(value, 0);

    /// <summary>A text that may be none: the length is one more, and 0 says none.</summary>
    [MethodImpl(Compile.AtOnce)]
    public void OptionalText(string? value)
    {
        if (value is null)
        {
            Number(0);
            return;
        }

        Text(value, 1);
    }

    /// <summary>Bytes behind their number.</summary>
    public void Blob(ReadOnlySpan<byte> value)
    {
        Number(value.Length);
        Bytes(value);
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Grow(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    /// <summary>Writes how many bytes a text has, and so many more, and its bytes.</summary>
    [MethodImpl(Compile.AtOnce)]
    private void Text(string value, int more)
    {
        int most = (value.Length * MostBytesOfCharacter) + more;
        if (most < 0x80)
        {
            // Its number is one byte in any case, and can be written when the bytes are.
            Grow(1 + most);
            int length = Encoding.UTF8.GetBytes(value, 0, value.Length, _buffer, _length + 1);
            _buffer[_length] = (byte)(length + more);
            _length += 1 + length;
            return;
        }

        int bytes = Encoding.UTF8.GetByteCount(value);
        Number(bytes + more);
        Grow(bytes);
        Encoding.UTF8.GetBytes(value, 0, value.Length, _buffer, _length);
        _length += bytes;
    }

    /// <summary>Makes room, all at once, for so many bytes more.</summary>
    public void Reserve(int more)
    {
        if (_length + more > _buffer.Length)
        {
            Array.Resize(ref _buffer, _length + more);
        }
    }

    private void Grow(int more)
    {
        if (_length + more > _buffer.Length)
        {
            Reserve(Math.Max(_buffer.Length * 2, _length + more) - _length);
        }
    }
}
