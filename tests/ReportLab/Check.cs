using System.Collections.Generic;

namespace OrchestratorConnector.ReportLab;

/// <summary>Says what is not as it has to be.</summary>
internal static class Check
{
    public static void That(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new CheckException(otherwise);
        }
    }

    public static void Equal<T>(T expected, T actual, string what) =>
        That(EqualityComparer<T>.Default.Equals(expected, actual), $"{what}: expected '{expected}', got '{actual}'");
}
