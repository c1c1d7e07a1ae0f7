using System;
using System.Collections.Generic;
using System.Text;
using System.Text.Json;

namespace FakeOrchestrator;

/// <summary>A collection without an end: its beginning, then one entity after the other, each with an id of its own.</summary>
internal sealed class EndlessBody
{
    private const int IdLength = 36;

    private readonly byte[] _piece;
    private readonly int[] _ids;

    internal EndlessBody(Answer collection)
    {
        ReadOnlySpan<byte> body = collection.Body.Span;
        Range entity = collection.IsJson ? InJson(body) : InXml(body);
        (int start, int length) = entity.GetOffsetAndLength(body.Length);
        Start = collection.Body[..(start + length)];
        _piece = length == 0 ? Encoding.UTF8.GetBytes(new string(' ', 4096)) : [.. collection.IsJson ? ","u8 : [], .. body[entity]];
        _ids = FindIds(collection.IsJson);
    }

    /// <summary>The document up to the end of the first entity.</summary>
    internal ReadOnlyMemory<byte> Start { get; }

    /// <summary>One more entity. The memory is used again for the next.</summary>
    internal ReadOnlyMemory<byte> Next()
    {
        var id = Guid.NewGuid();
        foreach (int place in _ids)
        {
            _ = id.TryFormat(_piece.AsSpan(place, IdLength), out _);
        }

        return _piece;
    }

    /// <summary>Entries of the feed itself stand one level deep, those of expanded feeds deeper.</summary>
    private static Range InXml(ReadOnlySpan<byte> body)
    {
        ReadOnlySpan<byte> close = "\r\n  </entry>"u8;
        int start = body.IndexOf("\r\n  <entry"u8);
        int end = body.IndexOf(close);
        return start < 0 || end < 0 ? BeforeTheEnd(body, "\r\n</feed>"u8) : start..(end + close.Length);
    }

    private static Range InJson(ReadOnlySpan<byte> body)
    {
        int array = Math.Max(body.IndexOf("\"value\":["u8), body.IndexOf("\"results\":["u8));
        if (array < 0)
        {
            return BeforeTheEnd(body, "}"u8);
        }

        int start = array + body[array..].IndexOf((byte)'[') + 1;
        if (body[start] != '{')
        {
            return start..start;
        }

        var reader = new Utf8JsonReader(body[start..], isFinalBlock: false, default);
        _ = reader.Read();
        _ = reader.TrySkip();
        return start..(start + (int)reader.BytesConsumed);
    }

    private static Range BeforeTheEnd(ReadOnlySpan<byte> body, ReadOnlySpan<byte> end)
    {
        int at = Math.Max(0, body.LastIndexOf(end));
        return at..at;
    }

    private int[] FindIds(bool json)
    {
        string text = Encoding.Latin1.GetString(_piece);
        string mark = json ? "\"Id\":\"" : "(guid'";
        int at = text.IndexOf(mark, StringComparison.Ordinal);
        if (at < 0)
        {
            return [];
        }

        string id = text.Substring(at + mark.Length, IdLength);
        var places = new List<int>();
        for (int place = text.IndexOf(id, StringComparison.Ordinal); place >= 0; place = text.IndexOf(id, place + IdLength, StringComparison.Ordinal))
        {
            places.Add(place);
        }

        return [.. places];
    }
}
