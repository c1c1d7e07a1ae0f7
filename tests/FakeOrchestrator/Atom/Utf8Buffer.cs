using System;
using System.Buffers;
using System.Globalization;
using System.Text;

namespace FakeOrchestrator;

/// <summary>A growing buffer into which pages are written as UTF-8, reused by the thread that has it.</summary>
internal sealed class Utf8Buffer : IBufferWriter<byte>
{
    /// <summary>What may not stand as it is in a text; the carriage return becomes an entity, as WCF's writer has it.</summary>
    private static readonly SearchValues<char> TextSpecials = SearchValues.Create("&<>\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f\ufffe\uffff");

    private static readonly byte[] LineBreak = Encoding.UTF8.GetBytes("\r\n" + new string(' ', 64));

    [ThreadStatic]
    private static Utf8Buffer? _spare;

    private byte[] _bytes = new byte[1 << 16];
    private int _length;

    private Utf8Buffer()
    {
    }

    internal static Utf8Buffer Rent()
    {
        Utf8Buffer buffer = _spare ?? new Utf8Buffer();
        _spare = null;
        buffer._length = 0;
        return buffer;
    }

    /// <summary>Takes the bytes out and gives the buffer back.</summary>
    internal byte[] Finish()
    {
        byte[] result = _bytes.AsSpan(0, _length).ToArray();
        if (_bytes.Length <= 1 << 23)
        {
            _spare = this;
        }

        return result;
    }

    public void Advance(int count)
    {
        _length += count;
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 256));
        return _bytes.AsMemory(_length);
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(sizeHint, 256));
        return _bytes.AsSpan(_length);
    }

    internal void Raw(ReadOnlySpan<byte> bytes)
    {
        Reserve(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(_length));
        _length += bytes.Length;
    }

    internal void Raw(ReadOnlySpan<char> text)
    {
        Reserve(text.Length * 3);
        _length += Encoding.UTF8.GetBytes(text, _bytes.AsSpan(_length));
    }

    /// <summary>A new line, two blanks deep per level.</summary>
    internal void Line(int depth)
    {
        Raw(LineBreak.AsSpan(0, 2 + (2 * depth)));
    }

    internal void Id(Guid id)
    {
        Reserve(36);
        _ = id.TryFormat(_bytes.AsSpan(_length), out int written);
        _length += written;
    }

    internal void Number(int number)
    {
        Reserve(11);
        _ = number.TryFormat(_bytes.AsSpan(_length), out int written, default, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>A time without a zone, its fraction without trailing zeros (facts A.4).</summary>
    internal void Time(DateTime time)
    {
        Reserve(32);
        string format = time.Ticks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-ddTHH:mm:ss" : "yyyy-MM-ddTHH:mm:ss.FFFFFFF";
        _ = time.TryFormat(_bytes.AsSpan(_length), out int written, format, CultureInfo.InvariantCulture);
        _length += written;
    }

    /// <summary>Text between two tags.</summary>
    internal void Text(ReadOnlySpan<char> text)
    {
        Escaped(text, attribute: false);
    }

    /// <summary>Text between quotation marks.</summary>
    internal void Attribute(ReadOnlySpan<char> text)
    {
        Escaped(text, attribute: true);
    }

    private void Escaped(ReadOnlySpan<char> text, bool attribute)
    {
        if (!text.ContainsAny(TextSpecials) && !(attribute && text.ContainsAny('"', '\n', '\t')))
        {
            Raw(text);
            return;
        }

        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            string? entity = Entity(text[i], attribute);
            if (entity is not null)
            {
                Raw(text[start..i]);
                Raw(entity);
                start = i + 1;
            }
        }

        Raw(text[start..]);
    }

    private static string? Entity(char letter, bool attribute)
    {
        return letter switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' when attribute => "&quot;",
            '\t' or '\n' when !attribute => null,
            < ' ' or '\ufffe' or '\uffff' => string.Create(CultureInfo.InvariantCulture, $"&#x{(int)letter:X};"),
            _ => null,
        };
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count)
        {
            Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
        }
    }
}
