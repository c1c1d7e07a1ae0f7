using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Text.Json;

namespace FakeOrchestrator;

/// <summary>The Web API of the 2019 add-on, 2022 and 2025: OData V4 in JSON (facts B).</summary>
internal sealed class WebApiService : IGeneration
{
    private const string Prefix = "/api";

    private readonly int? _pageSize;
    private readonly TimeSpan _offset;

    internal WebApiService(FakeServerOptions options)
    {
        _pageSize = options.WebApiPageSize;
        _offset = options.ServerTimeOffset;
    }

    public bool Owns(string path)
    {
        return path.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) && (path.Length == Prefix.Length || path[Prefix.Length] == '/');
    }

    public RequestTarget Normal(RequestTarget target)
    {
        return target with
        {
            Accept = target.Accepts(WebApiWriter.NoMetadata) ? WebApiWriter.NoMetadata : "",
            User = target.Path.TrimEnd('/').EndsWith("/Login", StringComparison.OrdinalIgnoreCase) ? target.User : null,
        };
    }

    public Answer Get(RequestTarget target, SourceView view)
    {
        var schema = new WebApiSchema(view.Quirks.WebApiParametersNavigation);
        string root = (view.Quirks.WebApiPublicUrl?.GetLeftPart(UriPartial.Authority) ?? target.Origin) + target.Path[..Prefix.Length] + "/";
        string[] segments = [.. target.Path[Prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
        return segments switch
        {
            [] => Json(WebApiDocuments.Service(schema, root)),
            [var name] when Is(name, "Login") => Login(target, view.Quirks),
            [var name] when Is(name, "$metadata") => new Answer(200, "application/xml", WebApiDocuments.Metadata(schema, view.Quirks.WebApiNamespace)) { Headers = Version },
            _ => Resource(target, segments, schema, view, root),
        };
    }

    public Answer Error(RequestTarget target, int status, string message, Quirks quirks)
    {
        return WebApiDocuments.Error(status, message, quirks.WebApiErrorShape);
    }

    private static IReadOnlyList<(string Name, string Value)> Version => [("OData-Version", "4.0")];

    private Answer Resource(RequestTarget target, string[] segments, WebApiSchema schema, SourceView view, string root)
    {
        (string name, string? key) = Cut(segments[0]);
        if (schema.Find(name) is not { } type || segments.Length > (key is null ? 2 : 1))
        {
            // No route: ASP.NET answers without a body.
            return new Answer(404, null, default);
        }

        var query = new QueryString(target.Query);
        var reader = new QueryReader(QueryDialect.V4, view.Quirks, schema.Find);
        var writer = new WebApiWriter(view, root, _offset, withContext: !target.Accepts(WebApiWriter.NoMetadata));
        string media = WebApiWriter.Media(target);
        key ??= segments.Length == 2 ? segments[1] : null;
        if (key is null)
        {
            return Collection(target, type, reader.Read(type, query), view, root, writer, media);
        }

        if (Is(key, "$count"))
        {
            CollectionPage all = CollectionPage.Cut(view, type, type.Rows(view), type.Set, reader.Read(type, query), null);
            return new Answer(200, "text/plain", Encoding.UTF8.GetBytes(all.Rows.Count.ToString(CultureInfo.InvariantCulture))) { Headers = Version };
        }

        object[] found = Guid.TryParse(key, out Guid id) ? SourceView.One(type.Rows(view), id) : [];
        return found.Length == 0
            ? throw new RequestException(404, $"No {type.Name} has the id '{key}'.")
            : new Answer(200, media, writer.Entity(found[0], reader.ReadSingle(type, query))) { Headers = Version };
    }

    private Answer Collection(RequestTarget target, EdmType type, CollectionQuery wanted, SourceView view, string root, WebApiWriter writer, string media)
    {
        CollectionPage page = CollectionPage.Cut(view, type, type.Rows(view), type.Set, wanted, _pageSize);
        string? next = page.HasMore ? root + target.Path[(Prefix.Length + 1)..].TrimStart('/') + NextQuery(target, wanted, page, view.Quirks) : null;
        return new Answer(200, media, writer.Collection(page.Rows, wanted.Shape, wanted.Count ? page.Total : null, next))
        {
            Headers = Version,
            IsCollection = true,
            Next = next is null ? null : new Uri(next).PathAndQuery,
        };
    }

    /// <summary>The other options as they were sent, then where to go on (form inferred, facts B.5).</summary>
    private static string NextQuery(RequestTarget target, CollectionQuery wanted, CollectionPage page, Quirks quirks)
    {
        string[] replaced = ["$skip", "$skiptoken", "$top"];
        var options = target.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(option => !Array.Exists(replaced, name => Is(name, Uri.UnescapeDataString(option.Split('=')[0]))))
            .ToList();
        if (wanted.Top is { } top)
        {
            options.Add(string.Create(CultureInfo.InvariantCulture, $"$top={top - page.Rows.Count}"));
        }

        options.Add(quirks.WebApiNextLink == WebApiNextLink.Skip
            ? string.Create(CultureInfo.InvariantCulture, $"$skip={page.End}")
            : $"$skiptoken=Id-{((SourceEntity)page.Rows[^1]).Id}");
        return "?" + string.Join('&', options);
    }

    /// <summary><c>version</c> and the user (facts B.3); the name of the second is a quirk.</summary>
    private static Answer Login(RequestTarget target, Quirks quirks)
    {
        var login = new Dictionary<string, string>
        {
            [quirks.WebApiLoginUserProperty] = target.User ?? quirks.WebApiDefaultUser,
            ["version"] = quirks.WebApiVersion,
        };
        return new Answer(200, "application/json; charset=utf-8", JsonSerializer.SerializeToUtf8Bytes(login));
    }

    private static Answer Json(byte[] body)
    {
        return new Answer(200, "application/json; odata.metadata=minimal; odata.streaming=true; charset=utf-8", body) { Headers = Version };
    }

    private static (string Name, string? Key) Cut(string segment)
    {
        int open = segment.IndexOf('(', StringComparison.Ordinal);
        return open > 0 && segment.EndsWith(')') ? (segment[..open], segment[(open + 1)..^1]) : (segment, null);
    }

    private static bool Is(string left, string right)
    {
        return string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
    }
}
