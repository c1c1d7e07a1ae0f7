using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;

namespace FakeOrchestrator;

/// <summary>What a resource path leads to: a collection with its address, or one entity.</summary>
/// <param name="Type">The type of what is there.</param>
/// <param name="Rows">The collection, or the one entity; none for a whole set.</param>
/// <param name="Address">The canonical address below the service root.</param>
/// <param name="IsSingle">Whether it is one entity.</param>
/// <param name="IsCount">Whether the number of rows is asked for.</param>
/// <param name="IsLive">Whether the way leads by jobs or by what depends on them.</param>
internal sealed partial record AtomAddress(EdmType Type, IReadOnlyList<object>? Rows, string Address, bool IsSingle, bool IsCount, bool IsLive)
{
    /// <summary>Follows the segments (facts A.6); names are case-sensitive.</summary>
    internal static AtomAddress Resolve(string path, SourceView view)
    {
        string[] segments = [.. path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        AtomAddress address = Set(segments[0], view);
        foreach (string segment in segments.Skip(1))
        {
            address = address.Step(segment, view);
        }

        return address;
    }

    private static AtomAddress Set(string segment, SourceView view)
    {
        (string name, string? key) = Cut(segment);
        EdmType type = AtomSchema.Find(name) ?? throw RequestException.NoSegment(name);
        return new AtomAddress(type, null, name, false, false, type.Rows.IsLive).Keyed(key, name, view);
    }

    private AtomAddress Step(string segment, SourceView view)
    {
        if (IsCount)
        {
            throw RequestException.BadRequest("The request URI is not valid. The segment '$count' must be the last segment in the URI.");
        }

        if (!IsSingle)
        {
            return segment == "$count"
                ? this with { IsCount = true }
                : throw RequestException.BadRequest($"The request URI is not valid. Since the segment '{Address}' refers to a collection, this must be the last segment in the request URI. All intermediate segments must refer to a single resource.");
        }

        (string name, string? key) = Cut(segment);
        EdmNavigation navigation = Type.FindNavigation(name) ?? throw RequestException.NoSegment(name);
        EdmType target = AtomSchema.Find(navigation.TargetSet)!;
        IReadOnlyList<object> rows = navigation.Rows(view, Rows![0]);
        string address = $"{Address}/{name}";
        bool live = IsLive || target.Rows.IsLive;
        return navigation.Many
            ? new AtomAddress(target, rows, address, false, false, live).Keyed(key, name, view)
            : rows.Count == 0
                ? throw RequestException.NoSegment(name)
                : new AtomAddress(target, rows, $"{target.Set}({AtomLiteral.Key(rows[0])})", true, false, live);
    }

    private AtomAddress Keyed(string? key, string segment, SourceView view)
    {
        if (string.IsNullOrWhiteSpace(key))
        {
            return this;
        }

        Match literal = Key().Match(key);
        if (!literal.Success || !Guid.TryParse(literal.Groups["id"].Value, out Guid id))
        {
            throw RequestException.BadRequest($"Bad Request - Error in query syntax.");
        }

        object[] found = Rows is null ? RowSets.OrNone(Type.Rows.Find(view, id)) : SourceView.One(Rows, id);
        return found.Length == 0
            ? throw RequestException.NoSegment(segment)
            : new AtomAddress(Type, found, $"{Type.Set}(guid'{id}')", true, false, IsLive);
    }

    private static (string Name, string? Key) Cut(string segment)
    {
        int open = segment.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && segment.EndsWith(')')
            ? (segment[..open], segment[(open + 1)..^1])
            : (segment, null);
    }

    /// <summary>A key, also with its name (inferred) and in braces (A.8, there of bodies).</summary>
    [GeneratedRegex(@"^\s*((Id|RunbookId)\s*=\s*)?guid'(?<id>[^']+)'\s*$")]
    private static partial Regex Key();
}
