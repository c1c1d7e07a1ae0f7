using System;
using System.IO.Compression;

namespace FakeOrchestrator;

/// <summary>Content encodings.</summary>
internal static class Encodings
{
    /// <summary>Whether an Accept-Encoding header lets this encoding in; a weight of zero does not.</summary>
    internal static bool Accepts(string acceptEncoding, string encoding)
    {
        foreach (string part in acceptEncoding.Split(',', StringSplitOptions.TrimEntries))
        {
            string[] pieces = part.Split(';', StringSplitOptions.TrimEntries);
            if (string.Equals(pieces[0], encoding, StringComparison.OrdinalIgnoreCase))
            {
                return pieces.Length < 2 || pieces[1] is not ("q=0" or "q=0.0" or "q=0.00" or "q=0.000");
            }
        }

        return false;
    }

    /// <summary>The bare form, or the one in zlib's wrapping.</summary>
    internal static ReadOnlyMemory<byte> Deflate(ReadOnlyMemory<byte> body, bool raw)
    {
        return Answer.Compress(body, stream => raw ? new DeflateStream(stream, CompressionLevel.Fastest) : new ZLibStream(stream, CompressionLevel.Fastest));
    }
}
