using System;
using System.Text;
#if NETSTANDARD2_0
using System.Buffers;
#endif

namespace OrchestratorConnector.State.Sqlite;

/// <summary>Text as bytes in a database, on every target.</summary>
internal static class Utf8
{
    public static string Read(ReadOnlySpan<byte> bytes)
    {
#if NETSTANDARD2_0
        byte[] copy = ArrayPool<byte>.Shared.Rent(bytes.Length);
        try
        {
            bytes.CopyTo(copy);
            return Encoding.UTF8.GetString(copy, 0, bytes.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(copy);
        }
#else
        return Encoding.UTF8.GetString(bytes);
#endif
    }
}
