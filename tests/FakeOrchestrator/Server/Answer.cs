using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Threading;

namespace FakeOrchestrator;

/// <summary>A whole answer in memory. It does not change; what is made of it by a fault is another one.</summary>
internal sealed record Answer(int Status, string? ContentType, ReadOnlyMemory<byte> Body)
{
    private readonly Lazy<ReadOnlyMemory<byte>> _gzipped = new(() => Compress(Body, stream => new GZipStream(stream, CompressionLevel.Fastest)), LazyThreadSafetyMode.ExecutionAndPublication);

    internal IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];

    /// <summary>Whether it is a page of a collection.</summary>
    internal bool IsCollection { get; init; }

    /// <summary>Whether it depends on jobs: then it is true for this moment alone, and not kept.</summary>
    internal bool IsLive { get; init; }

    /// <summary>Path and query of the page that follows, if one does.</summary>
    internal string? Next { get; init; }

    /// <summary>Body under gzip, made once.</summary>
    internal ReadOnlyMemory<byte> Gzipped => _gzipped.Value;

    internal bool IsJson => ContentType?.Contains("json", StringComparison.Ordinal) == true;

    internal bool IsXml => ContentType?.Contains("xml", StringComparison.Ordinal) == true;

    internal Answer WithBody(ReadOnlyMemory<byte> body)
    {
        return new Answer(Status, ContentType, body) { Headers = Headers, IsCollection = IsCollection, IsLive = IsLive, Next = Next };
    }

    internal Answer With(string header, string value)
    {
        return new Answer(Status, ContentType, Body) { Headers = [.. Headers, (header, value)], IsCollection = IsCollection, IsLive = IsLive, Next = Next };
    }

    internal static ReadOnlyMemory<byte> Compress(ReadOnlyMemory<byte> body, Func<Stream, Stream> algorithm)
    {
        using var packed = new MemoryStream();
        using (Stream packer = algorithm(packed))
        {
            packer.Write(body.Span);
        }

        return packed.ToArray();
    }
}
