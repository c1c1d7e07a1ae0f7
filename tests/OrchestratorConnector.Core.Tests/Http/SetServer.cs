using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;

namespace OrchestratorConnector.Core.Tests.Http;

/// <summary>What a server does with <c>$skip</c>.</summary>
internal enum SkipOption
{
    Taken,
    Ignored,
    Refused,
}

/// <summary>One page of an answer.</summary>
internal sealed record SetPage(IReadOnlyList<int> Ids, long? Total, string? Next, int Status = 200);

/// <summary>A server of one set, the runbook servers, in the shape of either generation: it pages in every way that one can think of.</summary>
internal sealed class SetServer : IAsyncDisposable
{
    private const int Runaway = 3000;

    private readonly ConnectorProtocol _protocol;
    private readonly RawServer _server;

    public SetServer(ConnectorProtocol protocol, int count)
    {
        _protocol = protocol;
        Count = count;
        _server = new RawServer(AnswerAsync);
    }

    public int Count { get; set; }

    public int PageSize { get; set; } = 50;

    public bool GivesCount { get; set; } = true;

    public bool GivesLinks { get; set; } = true;

    public SkipOption Skip { get; set; }

    /// <summary>Called before a request is looked at.</summary>
    public Func<RawRequest, Task>? Before { get; set; }

    /// <summary>Gives another page than the right one.</summary>
    public Func<RawRequest, SetPage, SetPage>? Change { get; set; }

    public Uri Url => _server.Url;

    public IReadOnlyList<RawRequest> Requests => _server.Requests;

    public int Peak => _server.Peak;

    public IOrchestratorClient Client() => Remote.Client(new Uri(Url, "/api"), _protocol);

    /// <summary>The page that begins behind so many entities.</summary>
    public SetPage Page(int from)
    {
        int taken = Math.Clamp(Count - from, 0, PageSize);
        bool isLast = from + taken >= Count;
        string? next = GivesLinks && !isLast ? Link(from + taken) : null;
        return new SetPage([.. Enumerable.Range(from, taken)], GivesCount ? Count : null, next);
    }

    public string Link(int from) => new Uri(Url, $"/api/RunbookServers?$skiptoken={from}").AbsoluteUri;

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    public static Guid Id(int number) => new(number, 0, 0, [1, 2, 3, 4, 5, 6, 7, 8]);

    /// <summary>The numbers of what was read, in their order.</summary>
    public static IReadOnlyList<int> Numbers(IEnumerable<RunbookServer> read) =>
        [.. read.Select(s => BitConverter.ToInt32(s.Id.ToByteArray())).Order()];

    private async Task AnswerAsync(RawRequest request, RawAnswer answer)
    {
        if (Before is not null)
        {
            await Before(request);
        }

        SetPage page = request.Number > Runaway ? new SetPage([], null, null, 418) : PageOf(request);
        page = Change?.Invoke(request, page) ?? page;
        if (page.Status != 200)
        {
            await answer.SendAsync(page.Status, "text/plain", "No.");
            return;
        }

        bool asked = request.Option("$count") is not null || request.Option("$inlinecount") is not null;
        SetPage told = asked ? page : page with { Total = null };
        await (_protocol == ConnectorProtocol.Atom
            ? answer.SendAsync(200, "application/atom+xml;type=feed;charset=utf-8", Feed(told))
            : answer.SendAsync(200, "application/json; odata.metadata=minimal", Json(told)));
    }

    private SetPage PageOf(RawRequest request)
    {
        if (request.Option("$skiptoken") is { } token)
        {
            return Page(int.Parse(token, CultureInfo.InvariantCulture));
        }

        if (request.Option("$skip") is not { } skip)
        {
            return Page(0);
        }

        return Skip switch
        {
            SkipOption.Taken => Page(int.Parse(skip, CultureInfo.InvariantCulture)),
            SkipOption.Ignored => Page(0),
            _ => new SetPage([], null, null, 400),
        };
    }

    private static string Feed(SetPage page)
    {
        StringBuilder feed = new("<feed xmlns:d=\"http://schemas.microsoft.com/ado/2007/08/dataservices\" xmlns:m=\"http://schemas.microsoft.com/ado/2007/08/dataservices/metadata\" xmlns=\"http://www.w3.org/2005/Atom\"><title>RunbookServers</title>");
        if (page.Total is { } total)
        {
            feed.Append(CultureInfo.InvariantCulture, $"<m:count>{total}</m:count>");
        }

        foreach (int id in page.Ids)
        {
            feed.Append(CultureInfo.InvariantCulture, $"<entry><content type=\"application/xml\"><m:properties><d:Id m:type=\"Edm.Guid\">{Id(id)}</d:Id><d:Name>RBS{id}</d:Name></m:properties></content></entry>");
        }

        if (page.Next is { } next)
        {
            feed.Append(CultureInfo.InvariantCulture, $"<link rel=\"next\" href=\"{System.Security.SecurityElement.Escape(next)}\" />");
        }

        return feed.Append("</feed>").ToString();
    }

    private static string Json(SetPage page)
    {
        StringBuilder json = new("{\"@odata.context\":\"http://localhost:81/api/$metadata#RunbookServers\",");
        if (page.Total is { } total)
        {
            json.Append(CultureInfo.InvariantCulture, $"\"@odata.count\":{total},");
        }

        json.Append("\"value\":[").AppendJoin(',', page.Ids.Select(id => $"{{\"Id\":\"{Id(id)}\",\"Name\":\"RBS{id}\"}}")).Append(']');
        return json.Append(page.Next is null ? "}" : $",\"@odata.nextLink\":{System.Text.Json.JsonSerializer.Serialize(page.Next)}}}").ToString();
    }
}
