using System;
using System.Collections.Generic;

namespace FakeOrchestrator;

/// <summary>The faults that have a name on the command line.</summary>
internal static class NamedFaults
{
    private static readonly SortedDictionary<string, Func<Fault>> ByName = new(StringComparer.OrdinalIgnoreCase)
    {
        ["busy"] = static () => Fault.Status(503).RetryAfter(TimeSpan.FromSeconds(1)),
        ["cut"] = static () => Fault.CutClean(),
        ["cut-dirty"] = static () => Fault.CutDirty(),
        ["empty"] = static () => Fault.Empty(),
        ["endless-body"] = static () => Fault.EndlessBody(),
        ["endless-next"] = static () => Fault.EndlessNextLinks(),
        ["error"] = static () => Fault.Status(500),
        ["forbidden"] = static () => Fault.Status(403),
        ["hang"] = static () => Fault.Hang(),
        ["html"] = static () => Fault.HtmlPage(),
        ["malformed"] = static () => Fault.Malformed(),
        ["no-next"] = static () => Fault.NoNextLink(),
        ["redirect-loop"] = static () => Fault.RedirectLoop(),
        ["repeat-next"] = static () => Fault.RepeatingNextLink(),
        ["reset"] = static () => Fault.Reset(),
        ["throttle"] = static () => Fault.Status(429).RetryAfter(TimeSpan.FromSeconds(1)),
    };

    internal static IEnumerable<string> Names => ByName.Keys;

    internal static Fault Find(string name)
    {
        return ByName.TryGetValue(name, out Func<Fault>? make)
            ? make()
            : throw new ArgumentException($"There is no fault '{name}'. There are: {string.Join(", ", Names)}.");
    }
}
