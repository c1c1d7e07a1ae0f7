using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Compatibility;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Orchestrator.WebApi;

/// <summary>The JSON Web API of the 2019 add-on, 2022 and 2025 (facts, part B).</summary>
internal sealed class WebApiClient(HttpExchange exchange) : IOrchestratorClient
{
    private const string CountOption = "$count=true";
    private const string JsonType = "application/json";

    // What the login object calls the user is not known (facts B.3): these are the names that such APIs use.
    private static readonly string[] UserNames = ["userName", "user", "name", "login", "account"];

    private readonly object _sinkLock = new();

    public ConnectorProtocol Protocol => ConnectorProtocol.WebApi;

    public Uri ServiceUrl => exchange.Root;

    public IJobClient Jobs { get; } = new WebApiJobs(exchange);

    public long Requests => exchange.Requests;

    public long Bytes => exchange.Bytes;

    public Task<ServiceInfo> GetServiceInfoAsync(CancellationToken cancellationToken) => exchange.GetAsync(
        SetUrl("Login"),
        JsonType,
        answer =>
        {
            answer.EnsureData();
            using ODataJsonReader reader = new(answer);
            EntityReader login = new();
            reader.ReadObject(login);
            string? version = login["version"];
            if (version is null)
            {
                throw Error.NotOrchestrator(answer.Url, "its login object has no version.");
            }

            return new ServiceInfo { Protocol = Protocol, ServiceUrl = ServiceUrl, Version = version, UserName = FirstOf(login, UserNames) };
        },
        cancellationToken);

    public Task ReadFoldersAsync(IEntitySink<Folder> sink, CancellationToken cancellationToken) =>
        ReadSetAsync(SetUrl("Folders"), EntityFields.ToFolder, static f => f.Id, sink, cancellationToken);

    public Task ReadRunbookServersAsync(IEntitySink<RunbookServer> sink, CancellationToken cancellationToken) =>
        ReadSetAsync(SetUrl("RunbookServers"), EntityFields.ToRunbookServer, static s => s.Id, sink, cancellationToken);

    /// <remarks>
    /// The name of the way from a runbook to its parameters is not known here, so <c>$expand</c> is not tried: two sets, read
    /// at the same time, are two requests in all where the server does not page.
    /// </remarks>
    public async Task ReadRunbooksAsync(string folder, IRunbookSink sink, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        WatchedSink watched = new(sink);
        Task parameters = ReadParametersAsync(sink, stop.Token);
        Task runbooks = ReadRunbooksOnlyAsync(folder, watched, stop.Token);
        Task first = await Task.WhenAny(parameters, runbooks).ConfigureAwait(false);
        if (first.Status != TaskStatus.RanToCompletion)
        {
            stop.Cancel();
        }

        try
        {
            await Task.WhenAll(parameters, runbooks).ConfigureAwait(false);
        }
        catch (Exception) when (first.IsFaulted)
        {
            // The other one only says that it was stopped.
            await first.ConfigureAwait(false);
        }

        if (watched.WasReset)
        {
            // The runbooks were read again, and what had come of the parameters until then is gone with their first reading.
            await ReadParametersAsync(sink, cancellationToken).ConfigureAwait(false);
        }
    }

    public void Dispose() => exchange.Dispose();

    private Task ReadParametersAsync(IRunbookSink sink, CancellationToken cancellationToken) =>
        ReadSetAsync(SetUrl("RunbookParameters"), static (e, url) => EntityFields.ToParameter(e, url), static p => p.Parameter.Id, new ParameterSink(sink), cancellationToken);

    private async Task ReadRunbooksOnlyAsync(string folder, WatchedSink sink, CancellationToken cancellationToken)
    {
        Uri set = SetUrl("Runbooks");
        if (folder != FolderPath.Root)
        {
            // A standard function that was not seen in use: a server that refuses it sends everything instead.
            string filter = "$filter=" + Uri.EscapeDataString($"startswith(Path,'{folder.Replace("'", "''")}\\')");
            try
            {
                await ReadSetAsync(PagedReader<Runbook>.With(set, filter), ToRunbook, static r => r.Id, sink, cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (OrchestratorException e) when (!sink.HasBegun && e.HttpStatus is 400 or 404 or 405 or 500 or 501)
            {
                exchange.Reporter.Verbose($"The server does not take '{Uri.UnescapeDataString(filter)}' and is asked for all runbooks.");
            }
        }

        await ReadSetAsync(set, ToRunbook, static r => r.Id, sink, cancellationToken).ConfigureAwait(false);
    }

    private static Runbook ToRunbook(EntityReader entity, Uri url) => EntityFields.ToRunbook(entity, url, parameters: null);

    private Uri SetUrl(string set) => exchange.UrlOf(set);

    private Task ReadSetAsync<T>(Uri set, Func<EntityReader, Uri, T> map, Func<T, Guid> keyOf, IEntitySink<T> sink, CancellationToken cancellationToken) =>
        new PagedReader<T>(exchange, JsonType, CountOption, (answer, page) => Parse(answer, page, map), keyOf, sink, _sinkLock).ReadAsync(set, cancellationToken);

    [MethodImpl(Compile.AtOnce)]
    internal static void Parse<T>(HttpAnswer answer, EntityPage<T> page, Func<EntityReader, Uri, T> map)
    {
        using ODataJsonReader reader = new(answer);
        EntityReader entity = new();
        while (reader.ReadEntity(entity))
        {
            page.Count = reader.Count;
            page.Add(map(entity, answer.Url));
        }

        page.Count = reader.Count;
        if (reader.Next is { } next)
        {
            page.LinkTo(next);
        }
    }

    private static string? FirstOf(EntityReader entity, IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (entity[name] is { Length: > 0 } value)
            {
                return value;
            }
        }

        return null;
    }

    /// <summary>Knows whether the server answered with anything, and whether the reading started again.</summary>
    private sealed class WatchedSink(IEntitySink<Runbook> sink) : IEntitySink<Runbook>
    {
        public bool WasReset { get; private set; }

        public bool HasBegun { get; private set; }

        public void Expect(long total)
        {
            HasBegun = true;
            sink.Expect(total);
        }

        public void Reset()
        {
            WasReset = true;
            sink.Reset();
        }

        public void Add(IReadOnlyList<Runbook> batch)
        {
            HasBegun = true;
            sink.Add(batch);
        }
    }
}
