using System;
using System.Collections.Generic;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Orchestrator.Atom;

/// <summary>The OData V1/V2 Atom service of 2012 to 2019 (facts, part A).</summary>
internal sealed class AtomClient(HttpExchange exchange) : IOrchestratorClient
{
    private const string CountOption = "$inlinecount=allpages";
    private const string ParametersNavigation = "Parameters";

    // What a synchronization cannot do without.
    private static readonly string[] NeededSets = ["Folders", "Runbooks", "RunbookParameters"];

    private readonly object _sinkLock = new();

    public ConnectorProtocol Protocol => ConnectorProtocol.Atom;

    public Uri ServiceUrl => exchange.Root;

    public IJobClient Jobs { get; } = new AtomJobs(exchange);

    public long Requests => exchange.Requests;

    public long Bytes => exchange.Bytes;

    public async Task<ServiceInfo> GetServiceInfoAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<string> sets = await exchange.GetAsync(
            SetUrl(string.Empty),
            AtomNames.ServiceType,
            answer =>
            {
                answer.EnsureData();
                return ServiceDocument.Read(answer);
            },
            cancellationToken).ConfigureAwait(false);
        string? missing = NeededSets.FirstOrDefault(set => !sets.Contains(set));
        return missing is null
            ? new ServiceInfo { Protocol = Protocol, ServiceUrl = ServiceUrl, Collections = sets }
            : throw Error.NotOrchestrator(ServiceUrl, $"its service document has no '{missing}'.");
    }

    public Task ReadFoldersAsync(IEntitySink<Folder> sink, CancellationToken cancellationToken) =>
        ReadSetAsync(SetUrl("Folders"), EntityFields.ToFolder, static f => f.Id, sink, cancellationToken);

    public Task ReadRunbookServersAsync(IEntitySink<RunbookServer> sink, CancellationToken cancellationToken) =>
        ReadSetAsync(SetUrl("RunbookServers"), EntityFields.ToRunbookServer, static s => s.Id, sink, cancellationToken);

    public async Task ReadRunbooksAsync(string folder, IRunbookSink sink, CancellationToken cancellationToken)
    {
        RunbookReading reading = new(this, sink);
        bool fails = false;
        foreach (Uri url in RunbookQueries(folder))
        {
            if (fails && url.Query.Length > 0)
            {
                continue;
            }

            try
            {
                await reading.ReadAsync(url, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (OrchestratorException e) when (url.Query.Length > 0 && !reading.HasBegun && IsRefusal(e))
            {
                // This server does not take one of the options; the next query asks for less. One that fails, instead of
                // refusing, is asked for nothing special any more.
                fails = e.HttpStatus == 500;
                exchange.Reporter.Verbose($"The server does not take '{Uri.UnescapeDataString(url.Query.TrimStart('?'))}' and is asked for less.");
            }
        }
    }

    public void Dispose() => exchange.Dispose();

    /// <summary>
    /// How the runbooks can be asked for, the fewest requests first: with their parameters written in, and only those of the
    /// folder. <c>$expand</c> was seen to work for another set, and filter functions are standard; whether every server takes
    /// both here is not known (facts A.6).
    /// </summary>
    private IEnumerable<Uri> RunbookQueries(string folder)
    {
        Uri set = SetUrl("Runbooks");
        Uri expanded = PagedReader<Runbook>.With(set, "$expand=" + ParametersNavigation);
        if (folder != FolderPath.Root)
        {
            string filter = "$filter=" + Uri.EscapeDataString($"startswith(Path,'{folder.Replace("'", "''")}\\')");
            yield return PagedReader<Runbook>.With(expanded, filter);
            yield return PagedReader<Runbook>.With(set, filter);
        }

        yield return expanded;
        yield return set;
    }

    /// <summary>How a server may say that it does not take a query option. 500 stands here because the facts name no status.</summary>
    private static bool IsRefusal(OrchestratorException e) => e.HttpStatus is 400 or 404 or 405 or 500 or 501;

    private Uri SetUrl(string set) => exchange.UrlOf(set);

    private Task ReadSetAsync<T>(Uri set, Func<EntityReader, Uri, T> map, Func<T, Guid> keyOf, IEntitySink<T> sink, CancellationToken cancellationToken) =>
        new PagedReader<T>(exchange, AtomNames.FeedType, CountOption, (answer, page) => Parse(answer, page, entry => map(entry.Properties, answer.Url), null), keyOf, sink, _sinkLock)
            .ReadAsync(set, cancellationToken);

    [MethodImpl(Compile.AtOnce)]
    internal static void Parse<T>(HttpAnswer answer, EntityPage<T> page, Func<AtomEntry, T> map, Action<string, AtomEntry>? expanded)
    {
        using AtomReader reader = new(answer);
        AtomEntry entry = new();
        while (reader.ReadEntry(entry, expanded))
        {
            page.Count = reader.Count;
            page.Add(map(entry));
        }

        page.Count = reader.Count;
        if (reader.Next is { } next)
        {
            page.LinkTo(next);
        }
    }

    /// <summary>
    /// One reading of the runbooks, and of the parameters that did not come with them. Where few runbooks have more parameters
    /// than the server writes into one answer, those are asked for by themselves; else the parameters' own feed is read.
    /// </summary>
    private sealed class RunbookReading(AtomClient client, IRunbookSink sink) : IEntitySink<Runbook>
    {
        private const int MostSingleRequests = 8;

        private readonly List<Guid> _withoutParameters = [];
        private bool _needsFeed;

        /// <summary>Whether the server answered with runbooks.</summary>
        public bool HasBegun { get; private set; }

        public async Task ReadAsync(Uri runbooks, CancellationToken cancellationToken)
        {
            await new PagedReader<Runbook>(client.ExchangeOf(), AtomNames.FeedType, CountOption, Parse, static r => r.Id, this, client._sinkLock)
                .ReadAsync(runbooks, cancellationToken).ConfigureAwait(false);
            ParameterSink parameters = new(sink);
            if (_needsFeed)
            {
                await client.ReadSetAsync(client.SetUrl("RunbookParameters"), static (e, url) => EntityFields.ToParameter(e, url), static p => p.Parameter.Id, parameters, cancellationToken).ConfigureAwait(false);
                return;
            }

            foreach (Guid runbook in _withoutParameters)
            {
                await client.ReadSetAsync(client.SetUrl($"Runbooks(guid'{runbook}')/{ParametersNavigation}"), (e, url) => EntityFields.ToParameter(e, url, runbook), static p => p.Parameter.Id, parameters, cancellationToken).ConfigureAwait(false);
            }
        }

        public void Expect(long total)
        {
            HasBegun = true;
            sink.Expect(total);
        }

        public void Reset()
        {
            _withoutParameters.Clear();
            _needsFeed = false;
            sink.Reset();
        }

        public void Add(IReadOnlyList<Runbook> batch)
        {
            HasBegun = true;
            foreach (Runbook runbook in batch)
            {
                if (runbook.Parameters is null && !_needsFeed)
                {
                    _withoutParameters.Add(runbook.Id);
                    _needsFeed = _withoutParameters.Count > MostSingleRequests;
                }
            }

            sink.Add(batch);
        }

        private static void Parse(HttpAnswer answer, EntityPage<Runbook> page)
        {
            List<RunbookParameter> parameters = [];
            Uri url = answer.Url;
            AtomClient.Parse(
                answer,
                page,
                entry =>
                {
                    bool whole = entry.Expanded.Contains(ParametersNavigation) && !entry.Incomplete.Contains(ParametersNavigation);
                    Runbook runbook = EntityFields.ToRunbook(entry.Properties, url, whole ? RunbookContract.Normalize(parameters) : null);
                    parameters.Clear();
                    return runbook;
                },
                (navigation, nested) =>
                {
                    if (navigation == ParametersNavigation)
                    {
                        parameters.Add(EntityFields.ToParameter(nested.Properties, url).Parameter);
                    }
                });
        }
    }

    private HttpExchange ExchangeOf() => exchange;
}
