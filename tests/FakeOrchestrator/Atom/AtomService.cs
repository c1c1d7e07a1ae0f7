using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace FakeOrchestrator;

/// <summary>The service of 2012 to 2019: WCF Data Services, Atom by default and verbose JSON on demand (facts A).</summary>
internal sealed class AtomService : IGeneration
{
    private readonly string _path;
    private readonly int _pageSize;
    private readonly TimeSpan _offset;
    private readonly TimeProvider _clock;

    internal AtomService(FakeServerOptions options)
    {
        _path = "/" + options.AtomPath.Trim('/');
        _pageSize = options.PageSize;
        _offset = options.ServerTimeOffset;
        _clock = options.Clock;
    }

    /// <summary>The path before the sets is IIS's, and case-insensitive (facts A.6).</summary>
    public bool Owns(string path)
    {
        return path.StartsWith(_path, StringComparison.OrdinalIgnoreCase) && (path.Length == _path.Length || path[_path.Length] == '/');
    }

    public RequestTarget Normal(RequestTarget target)
    {
        string accept = AtomDocuments.WantsJson(target) ? "application/json" : AtomDocuments.IsAcceptable(target) ? "" : "text/html";
        return target with { Accept = accept, User = null };
    }

    public Answer Get(RequestTarget target, SourceView view)
    {
        if (!AtomDocuments.IsAcceptable(target))
        {
            throw new RequestException(415, "Unsupported media type requested.");
        }

        bool json = AtomDocuments.WantsJson(target);
        string root = Root(target);
        string rest = target.Path[_path.Length..].Trim('/');
        return rest switch
        {
            "" => AtomDocuments.Service(root, json),
            "$metadata" => new Answer(200, "application/xml;charset=utf-8", AtomMetadata.Document) { Headers = AtomDocuments.Version("1.0;") },
            _ => Resource(target, AtomAddress.Resolve(rest, view), view, root, json),
        };
    }

    /// <summary>A POST to Jobs starts one, a MERGE of a job stops it; nothing else can be written (facts A.2, A.8, A.10).</summary>
    public Answer Write(WriteRequest request, SourceView view)
    {
        bool json = AtomDocuments.WantsJson(request.Target);
        string rest = request.Target.Path[_path.Length..].Trim('/');
        AtomAddress? address = rest is "" or "$metadata" ? null : AtomAddress.Resolve(rest, view);
        switch (request.Verb, address)
        {
            case ("POST", { Type.Set: "Jobs", Address: "Jobs", IsCount: false }):
                return Started(AtomJobWrites.Start(request, view), request.Target, view, json);
            case ("MERGE", { Type.Set: "Jobs", IsSingle: true }):
                SourceJob changed = AtomJobWrites.Change(request, ((SourceEntity)address.Rows![0]).Id, view);
                return new Answer(204, null, default) { Headers = [.. AtomDocuments.Version("1.0;"), ("ETag", AtomLiteral.ETag(changed.LastModifiedTime))] };
            default:
                string allowed = address switch
                {
                    { Type.Set: "Jobs", Address: "Jobs", IsCount: false } => "GET, POST",
                    { Type.Set: "Jobs", IsSingle: true } => "GET, MERGE",
                    _ => "GET",
                };
                return Error(request.Target, 405, "Method not allowed.", view.Quirks).With("Allow", allowed);
        }
    }

    private Answer Started(SourceJob job, RequestTarget target, SourceView view, bool json)
    {
        EdmType type = AtomSchema.Find("Jobs")!;
        string root = Root(target);
        EntityShape whole = new QueryReader(QueryDialect.V2, view.Quirks, AtomSchema.Find).ReadSingle(type, new QueryString(""));
        Answer answer = Single(201, job, view, root, json, whole, live: true);
        return view.Quirks.LocationOfNewJobs ? answer.With("Location", root + AtomTemplate.Of(type).AddressOf(job.Id)) : answer;
    }

    public Answer Error(RequestTarget target, int status, string message, Quirks quirks)
    {
        return AtomDocuments.Error(status, message, quirks.ErrorLanguage, AtomDocuments.WantsJson(target));
    }

    private Answer Resource(RequestTarget target, AtomAddress address, SourceView view, string root, bool json)
    {
        var query = new QueryString(target.Query);
        var reader = new QueryReader(QueryDialect.V2, view.Quirks, AtomSchema.Find);
        if (address.IsSingle)
        {
            EntityShape shape = reader.ReadSingle(address.Type, query);
            object row = address.Type.Rows.Read(view, address.Rows![0]);
            return Single(200, row, view, root, json, shape, address.IsLive || shape.IsLive);
        }

        CollectionQuery wanted = reader.Read(address.Type, query);
        return address.IsCount ? Count(address, view, wanted) : Collection(address, view, root, json, query, wanted);
    }

    private Answer Single(int status, object row, SourceView view, string root, bool json, EntityShape shape, bool live)
    {
        byte[] body = json
            ? VerboseJsonWriter.Entry(view, root, row, shape)
            : new AtomWriter(view, root, _offset, _clock, view.Quirks.ExpandedPageSize).Entry(row, shape);
        bool projected = shape.Properties.Count != shape.Type.Properties.Count;
        Answer answer = new(status, Media(json, "entry", view), body) { Headers = AtomDocuments.Version(projected ? "2.0;" : "1.0;"), IsLive = live };
        return AtomTemplate.Of(shape.Type).Updated?.Get(row) is DateTime changed ? answer.With("ETag", AtomLiteral.ETag(changed)) : answer;
    }

    private static Answer Count(AtomAddress address, SourceView view, CollectionQuery wanted)
    {
        if (!view.Quirks.SupportsInlineCount)
        {
            throw RequestException.BadRequest(QueryReader.CountDisabled);
        }

        CollectionPage page = CollectionPage.Cut(view, address.Type, address.Rows, address.Address, wanted, null);
        byte[] body = Encoding.UTF8.GetBytes(page.Rows.Count.ToString(CultureInfo.InvariantCulture));
        return new Answer(200, "text/plain;charset=utf-8", body) { Headers = AtomDocuments.Version("2.0;"), IsLive = address.IsLive };
    }

    private Answer Collection(AtomAddress address, SourceView view, string root, bool json, QueryString query, CollectionQuery wanted)
    {
        if (wanted.Top > _pageSize && view.Quirks.TopBeyondPage == TopBeyondPage.Refused)
        {
            throw RequestException.BadRequest($"The value of $top must not be greater than {_pageSize.ToString(CultureInfo.InvariantCulture)}.");
        }

        CollectionPage page = CollectionPage.Cut(view, address.Type, address.Rows, address.Address, wanted, _pageSize);
        address.Type.Rows.Shown(view, page.Rows);
        bool cut = wanted.Top is not null && view.Quirks.TopBeyondPage == TopBeyondPage.Cut;
        string? next = page.HasMore && !cut && view.Quirks.EmitsNextLinks ? NextLink(root, address, query, wanted, page) : null;
        int? count = wanted.Count ? page.Total : null;
        byte[] body = json
            ? VerboseJsonWriter.Feed(view, root, page.Rows, wanted.Shape, count, next)
            : new AtomWriter(view, root, _offset, _clock, view.Quirks.ExpandedPageSize).Feed(address.Address, page.Rows, wanted.Shape, count, next);
        bool second = next is not null || count is not null || query["$select"] is not null;
        return new Answer(200, Media(json, "feed", view), body)
        {
            Headers = AtomDocuments.Version(second ? "2.0;" : "1.0;"),
            IsCollection = true,
            IsLive = address.IsLive || wanted.Shape.IsLive,
            Next = next is null ? null : new Uri(next).PathAndQuery,
        };
    }

    /// <summary>Absolute, other options kept, the rest of $top, the key of the last row (facts A.5, inferred from WCF's standard).</summary>
    private static string NextLink(string root, AtomAddress address, QueryString query, CollectionQuery wanted, CollectionPage page)
    {
        string[] kept = ["$filter", "$expand", "$orderby", "$inlinecount", "$select"];
        List<string> options = [.. kept.Where(name => query[name] is not null).Select(name => $"{name}={Uri.EscapeDataString(query[name]!)}")];
        if (wanted.Top is { } top)
        {
            options.Add(string.Create(CultureInfo.InvariantCulture, $"$top={top - page.Rows.Count}"));
        }

        object last = page.Rows[^1];
        IEnumerable<string> values = wanted.Order.Select(order => Uri.EscapeDataString(AtomLiteral.Of(order.Property.Get(last))));
        options.Add("$skiptoken=" + string.Join(',', values.Append(AtomLiteral.Key(last))));
        return $"{root}{address.Address}?{string.Join('&', options)}";
    }

    private string Root(RequestTarget target)
    {
        return target.Origin + target.Path[.._path.Length] + "/";
    }

    private static string Media(bool json, string kind, SourceView view)
    {
        return json
            ? "application/json;charset=utf-8"
            : view.Quirks.KindInContentType ? $"application/atom+xml;type={kind};charset=utf-8" : "application/atom+xml;charset=utf-8";
    }
}
