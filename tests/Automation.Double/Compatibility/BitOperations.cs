#if NETSTANDARD2_0
#pragma warning disable IDE0130 // By the name that .NET has it under.

namespace System.Numerics;

/// <summary>What the double counts bits with.</summary>
internal static class BitOperations
{
    internal static int PopCount(uint value)
    {
        int count = 0;
        for (; value != 0; value &= value - 1)
        {
            count++;
        }

        return count;
    }

    internal static int TrailingZeroCount(uint value) => value == 0 ? 32 : PopCount((value & (~value + 1)) - 1);
}
#endif
