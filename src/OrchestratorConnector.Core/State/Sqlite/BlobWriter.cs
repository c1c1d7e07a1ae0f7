using System;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using OrchestratorConnector.Compatibility;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Writes small values one after another into a buffer that is used again and again.</summary>
internal sealed class BlobWriter
{
    private byte[] _buffer = new byte[512];
    private int _length;

    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _length);

    public void Clear() => _length = 0;

    public void Byte(byte value)
    {
        Reserve(1);
        _buffer[_length++] = value;
    }

    /// <summary>Seven bits a byte, the lowest first; the high bit says that more follow.</summary>
    public void Number(int value)
    {
        Reserve(5);
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
        Reserve(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_buffer.AsSpan(_length), value);
        _length += sizeof(long);
    }

    public void OptionalLong(long? value)
    {
        Byte(value is null ? (byte)0 : (byte)1);
        Long(value ?? 0);
    }

    [MethodImpl(Compile.AtOnce)]
    public void Id(Guid value)
    {
        Reserve(GuidBytes.Length);
        GuidBytes.Write(value, _buffer.AsSpan(_length, GuidBytes.Length));
        _length += GuidBytes.Length;
    }

    [MethodImpl(Compile.AtOnce)]
    public void Text(string value)
    {
        int bytes = Encoding.UTF8.GetByteCount(value);
        Number(bytes);
        Reserve(bytes);
        Encoding.UTF8.GetBytes(value, 0, value.Length, _buffer, _length);
        _length += bytes;
    }

    /// <summary>A text that may be none: the length is one more, and 0 says none.</summary>
    [MethodImpl(Compile.AtOnce)]
    public void OptionalText(string? value)
    {
        if (value is null)
        {
            Number(0);
            return;
        }

        int bytes = Encoding.UTF8.GetByteCount(value);
        Number(bytes + 1);
        Reserve(bytes);
        Encoding.UTF8.GetBytes(value, 0, value.Length, _buffer, _length);
        _length += bytes;
    }

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_buffer.AsSpan(_length));
        _length += value.Length;
    }

    private void Reserve(int more)
    {
        if (_length + more > _buffer.Length)
        {
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + more));
        }
    }
}
