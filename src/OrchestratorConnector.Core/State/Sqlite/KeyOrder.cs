using System;
using System.Text;

namespace OrchestratorConnector.State.Sqlite;

/// <summary>The order of the key columns: by the bytes of UTF-8, which is not that of .NET's ordinal comparison beyond U+FFFF.</summary>
internal static class KeyOrder
{
    public static int Compare(string one, string other) =>
        Encoding.UTF8.GetBytes(one).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other));
}
