namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>How many entities are more than can be right: one rule for a page and for all pages together.</summary>
internal static class EntityBound
{
    // Where the server promises no number: far beyond any library.
    private const long Most = 20_000_000;

    /// <summary>Whether there are too many. A source that grows meanwhile may send a few more than it promised, not many times as many.</summary>
    public static bool IsExceeded(long entries, long? promised) => entries > (2 * (promised ?? Most)) + 1000;
}
