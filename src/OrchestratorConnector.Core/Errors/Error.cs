using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;

namespace OrchestratorConnector.Errors;

/// <summary>The catalogue: every error id of the product is the name of a method of this class.</summary>
internal static partial class Error
{
    private static OrchestratorException New(
        ErrorKind kind,
        object? target,
        string message,
        string? hint = null,
        Exception? inner = null,
        [CallerMemberName] string id = "") =>
        new(id, kind, target, message, hint, inner);

    /// <summary>The names nearest to a wrong one, for a hint; <see langword="null"/> when nothing is near.</summary>
    private static string? DidYouMean(string wrong, IEnumerable<string> candidates)
    {
        string[] near = NearNames.Find(wrong, candidates).ToArray();
        return near.Length == 0 ? null : $"Did you mean {string.Join(", ", near.Select(n => $"'{n}'"))}?";
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
