using System.Runtime.CompilerServices;

namespace OrchestratorConnector.Compatibility;

/// <summary>How methods are compiled.</summary>
internal static class Compile
{
    /// <summary>
    /// For what runs once for every entity of a server. A synchronization has a process to itself more often than not, and is
    /// over before the runtime has counted, instrumented and compiled these in its own time: with this they took two thirds of
    /// the time in the first minutes. .NET Framework has no such tiers.
    /// </summary>
#if NETSTANDARD2_0
    public const MethodImplOptions AtOnce = 0;
#else
    public const MethodImplOptions AtOnce = MethodImplOptions.AggressiveOptimization;
#endif
}
