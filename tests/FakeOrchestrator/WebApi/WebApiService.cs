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
        var schema = WebApiSchema.Of(view.Quirks);
        string root = Root(target, view);
        string[] segments = Segments(target);
        return segments switch
        {
            [] => Json(WebApiDocuments.Service(schema, root)),
            [var name] when Is(name, "Login") => Login(target, view.Quirks),
            [var name] when Is(name, "$metadata") => new Answer(200, "application/xml", WebApiDocuments.Metadata(schema, view.Quirks.WebApiNamespace)) { Headers = Version },
            _ => Resource(target, segments, schema, view, root),
        };
    }

    /// <summary>A POST to Jobs starts one, a PATCH of a job stops it (facts B.6, B.7); nothing else is known to be written.</summary>
    public Answer Write(WriteRequest request, SourceView view)
    {
        string[] segments = Segments(request.Target);
        (string name, string? key) = segments.Length == 0 ? ("", null) : Cut(segments[0]);
        if (WebApiSchema.Of(view.Quirks).Find(name) is not { Set: "Jobs" } type || segments.Length > (key is null ? 2 : 1))
        {
            return Error(request.Target, 405, "Method not allowed.", view.Quirks).With("Allow", "GET");
        }

        key ??= segments.Length == 2 ? segments[1] : null;
        string root = Root(request.Target, view);
        switch (request.Verb)
        {
            case "POST" when key is null:
                SourceJob started = WebApiJobWrites.Start(request, view);
                Answer answer = Job(201, started, type, request.Target, view, root);
                return view.Quirks.LocationOfNewJobs ? answer.With("Location", $"{root}Jobs/{started.Id}") : answer;
            case "PATCH" when key is not null:
                Guid id = Guid.TryParse(key, out Guid known) && view.Jobs.Job(known) is not null ? known : throw NotThere(type, key);
                return Job(200, WebApiJobWrites.Stop(request, id, view), type, request.Target, view, root);
            default:
                return Error(request.Target, 405, "Method not allowed.", view.Quirks).With("Allow", key is null ? "GET, POST" : "GET, PATCH");
        }
    }

    public Answer Error(RequestTarget target, int status, string message, Quirks quirks)
    {
        return WebApiDocuments.Error(status, message, quirks.WebApiErrorShape);
    }

    private static IReadOnlyList<(string Name, string Value)> Version => [("OData-Version", "4.0")];

    private static string Root(RequestTarget target, SourceView view)
    {
        return (view.Quirks.WebApiPublicUrl?.GetLeftPart(UriPartial.Authority) ?? target.Origin) + target.Path[..Prefix.Length] + "/";
    }

    private static string[] Segments(RequestTarget target)
    {
        return [.. target.Path[Prefix.Length..].Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString)];
    }

    private Answer Job(int status, SourceJob job, EdmType type, RequestTarget target, SourceView view, string root)
    {
        var reader = new QueryReader(QueryDialect.V4, view.Quirks, WebApiSchema.Of(view.Quirks).Find);
        var writer = new WebApiWriter(view, root, _offset, withContext: !target.Accepts(WebApiWriter.NoMetadata));
        return new Answer(status, WebApiWriter.Media(target), writer.Entity(job, reader.ReadSingle(type, new QueryString("")))) { Headers = Version, IsLive = true };
    }

    private static RequestException NotThere(EdmType type, string key)
    {
        return new RequestException(404, $"No {type.Name} has the id '{key}'.");
    }

    private Answer Resource(RequestTarget target, string[] segments, WebApiSchema schema, SourceView view, string root)
    {
        (string name, string? key) = Cut(segments[0]);
        Guid? latestOf = LatestOf(segments);
        if (schema.Find(name) is not { } type
            || segments.Length > (key is null ? 2 : 1)
            || (type.Set == "ActivityInstances" && latestOf is null && !view.Quirks.WebApiListsActivityInstances))
        {
            // No route: ASP.NET answers without a body.
            return new Answer(404, null, default);
        }

        var query = new QueryString(target.Query);
        var reader = new QueryReader(QueryDialect.V4, view.Quirks, schema.Find);
        var writer = new WebApiWriter(view, root, _offset, withContext: !target.Accepts(WebApiWriter.NoMetadata));
        string media = WebApiWriter.Media(target);
        key ??= segments.Length == 2 ? segments[1] : null;
        if (key is null || latestOf is not null)
        {
            object[]? rows = latestOf is { } instance ? view.Jobs.LatestActivityInstancesOf(instance) : null;
            return Collection(target, type, rows, reader.Read(type, query), view, root, writer, media);
        }

        if (Is(key, "$count"))
        {
            CollectionPage all = CollectionPage.Cut(view, type, null, type.Set, reader.Read(type, query), null);
            return new Answer(200, "text/plain", Encoding.UTF8.GetBytes(all.Rows.Count.ToString(CultureInfo.InvariantCulture))) { Headers = Version, IsLive = type.Rows.IsLive };
        }

        EntityShape shape = reader.ReadSingle(type, query);
        object row = type.Rows.Read(view, (Guid.TryParse(key, out Guid id) ? type.Rows.Find(view, id) : null) ?? throw NotThere(type, key));
        return new Answer(200, media, writer.Entity(row, shape)) { Headers = Version, IsLive = shape.IsLive };
    }

    private Answer Collection(RequestTarget target, EdmType type, object[]? rows, CollectionQuery wanted, SourceView view, string root, WebApiWriter writer, string media)
    {
        CollectionPage page = CollectionPage.Cut(view, type, rows, type.Set, wanted, _pageSize);
        type.Rows.Shown(view, page.Rows);
        string? next = page.HasMore ? root + target.Path[(Prefix.Length + 1)..].TrimStart('/') + NextQuery(target, wanted, page, view.Quirks) : null;
        return new Answer(200, media, writer.Collection(page.Rows, wanted.Shape, wanted.Count ? page.Total : null, next))
        {
            Headers = Version,
            IsCollection = true,
            IsLive = wanted.Shape.IsLive,
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

    /// <summary>The instance of <c>ActivityInstances/latestOf(runbookInstanceId=…)</c> (facts B.3).</summary>
    private static Guid? LatestOf(string[] segments)
    {
        if (segments is not [var set, var call] || !Is(set, "ActivityInstances") || Cut(call) is not ({ } name, { } argument) || !Is(name, "latestOf"))
        {
            return null;
        }

        string[] parts = argument.Split('=', StringSplitOptions.TrimEntries);
        return parts.Length == 2 && Is(parts[0], "runbookInstanceId") && Guid.TryParse(parts[1], out Guid id)
            ? id
            : throw RequestException.BadRequest($"The argument '{argument}' of latestOf is not valid.");
    }

    private static bool Is(string left, string right)
    {
        return string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
    }
}
