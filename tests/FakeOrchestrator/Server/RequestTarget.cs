using System;

namespace FakeOrchestrator;

/// <summary>What is asked for, in the form in which answers are made and kept.</summary>
/// <param name="Origin">Scheme, host and port as the client named them.</param>
/// <param name="Path">The path as sent, still escaped.</param>
/// <param name="Query">The query as sent, with its question mark, or empty.</param>
/// <param name="Accept">The Accept header, empty if there is none.</param>
/// <param name="User">Who signed in, if somebody did.</param>
internal sealed record RequestTarget(string Origin, string Path, string Query, string Accept, string? User)
{
    internal static RequestTarget Of(string origin, string rawTarget, string accept, string? user = null)
    {
        int cut = rawTarget.IndexOf('?', StringComparison.Ordinal);
        return cut < 0
            ? new RequestTarget(origin, rawTarget, "", accept, user)
            : new RequestTarget(origin, rawTarget[..cut], rawTarget[cut..], accept, user);
    }

    internal bool Accepts(string mediaType)
    {
        return Accept.Contains(mediaType, StringComparison.OrdinalIgnoreCase);
    }
}
