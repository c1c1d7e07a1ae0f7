using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>
/// Reads a whole set, whichever way the server pages. Where it tells the number of entities, all pages after the first are
/// asked for by <c>$skip</c>, several at a time; where it only gives next links they are followed, the next one being under
/// way while the last is read; where it gives neither, <c>$skip</c> goes on until a page is empty.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
internal sealed class PagedReader<T>
{
    // A page that was received waits here for its parser; the network has a bound of its own in the exchange.
    private const int PagesAhead = 8;

    // A server that answers with empty pages and next links for ever is not paging.
    private const int MaxEmptyPages = 16;

    private readonly HttpExchange _exchange;
    private readonly string _accept;
    private readonly string _countOption;
    private readonly Action<HttpAnswer, EntityPage<T>> _parse;
    private readonly Func<T, Guid> _keyOf;
    private readonly IEntitySink<T> _sink;
    private readonly object _sinkLock;

    // The address of the page that begins with an entity: one entity begins one page.
    private readonly ConcurrentDictionary<Guid, Uri> _beginnings = new();
    private long _entries;
    private bool _isExpected;

    private enum SkipOutcome
    {
        /// <summary>Every page came, and nothing moved meanwhile.</summary>
        Whole,

        /// <summary>This server does not take <c>$skip</c>.</summary>
        Refused,

        /// <summary>What came does not fit what was promised.</summary>
        Inconsistent,
    }

    /// <param name="exchange">The server.</param>
    /// <param name="accept">The media type wanted.</param>
    /// <param name="countOption">The query option that asks for the number of all entities.</param>
    /// <param name="parse">Reads one answer to its end.</param>
    /// <param name="keyOf">The key of an entity.</param>
    /// <param name="sink">Where the entities go.</param>
    /// <param name="sinkLock">Held while the sink is called.</param>
    public PagedReader(
        HttpExchange exchange, string accept, string countOption, Action<HttpAnswer, EntityPage<T>> parse, Func<T, Guid> keyOf, IEntitySink<T> sink, object sinkLock)
    {
        _exchange = exchange;
        _accept = accept;
        _countOption = countOption;
        _parse = parse;
        _keyOf = keyOf;
        _sink = sink;
        _sinkLock = sinkLock;
    }

    /// <summary>Reads the set at a URL with its query options, if any.</summary>
    /// <exception cref="OrchestratorException">Whatever can go wrong on the way; PagingInconsistent when the set kept changing.</exception>
    public async Task ReadAsync(Uri set, CancellationToken cancellationToken)
    {
        EntityPage<T> first = await ReadFirstAsync(set, cancellationToken).ConfigureAwait(false);
        long? count = first.Count;
        bool isAll = count is { } all ? first.Entries >= all : first.Entries == 0;
        if (isAll && first.Next is null)
        {
            return;
        }

        Tell(set, first);
        // A link behind all that were counted: more came meanwhile, or the number is wrong.
        if (count is null || isAll)
        {
            await (first.Next is { } next ? FollowAsync(set, next, null, cancellationToken) : SkipToTheEndAsync(set, first.Entries, cancellationToken)).ConfigureAwait(false);
            return;
        }

        SkipOutcome outcome = first.Entries > 0 ? await TrySkipAsync(set, first.Entries, count.Value, cancellationToken).ConfigureAwait(false) : SkipOutcome.Inconsistent;
        if (outcome == SkipOutcome.Refused && first.Next is { } link && Interlocked.Read(ref _entries) == first.Entries)
        {
            // No other page came: the links lead on from the first one.
            _exchange.Reporter.Verbose($"{NameOf(set)}: the server takes no $skip, and its links are followed from page to page.");
            await FollowAsync(set, link, count, cancellationToken).ConfigureAwait(false);
            outcome = Interlocked.Read(ref _entries) >= count ? SkipOutcome.Whole : SkipOutcome.Inconsistent;
        }

        if (outcome == SkipOutcome.Whole)
        {
            return;
        }

        _exchange.Reporter.Verbose($"{NameOf(set)}: what came is not what was counted, so that the whole is read again, a page after the other.");
        await AgainOneByOneAsync(set, cancellationToken).ConfigureAwait(false);
    }

    private void Tell(Uri set, EntityPage<T> first) => _exchange.Reporter.Verbose(first.Count is { } count && first.Entries > 0
        ? string.Format(
            CultureInfo.InvariantCulture,
            "{0}: {1:N0} of {2:N0} came with the first page; {3:N0} more pages, up to {4} at a time.",
            NameOf(set),
            first.Entries,
            count,
            (count - 1) / first.Entries,
            _exchange.Options.MaxRequests)
        : string.Format(CultureInfo.InvariantCulture, "{0}: {1:N0} came with the first page; the server does not say how many there are.", NameOf(set), first.Entries));

    private static string NameOf(Uri set) => set.Segments[set.Segments.Length - 1];

    /// <summary>The first page with the number of all entities, or without where the server refuses to count.</summary>
    private async Task<EntityPage<T>> ReadFirstAsync(Uri set, CancellationToken cancellationToken)
    {
        try
        {
            return await ReadPageAsync(With(set, _countOption), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.HttpStatus is 400 or 501)
        {
            return await ReadPageAsync(set, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Adds a query option to a URL.</summary>
    public static Uri With(Uri url, string option) =>
        new(url.AbsoluteUri + (url.Query.Length == 0 ? "?" : "&") + option);

    /// <summary>
    /// The pages after the first, several at a time. Each tells the number of entities again: whether it still is what it was,
    /// and as many came, shows that nothing moved from one page to another meanwhile.
    /// </summary>
    private async Task<SkipOutcome> TrySkipAsync(Uri set, int pageSize, long count, CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using SemaphoreSlim ahead = new(PagesAhead);
        List<Task> pages = [];
        bool consistent = true;
        string? beyond = null;
        try
        {
            for (long offset = pageSize; offset < count && Volatile.Read(ref consistent); offset += pageSize)
            {
                await ahead.WaitAsync(stop.Token).ConfigureAwait(false);
                pages.RemoveAll(p => p.Status == TaskStatus.RanToCompletion);
                pages.Add(ReadOneAsync(offset));
            }

            await Task.WhenAll(pages).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            stop.Cancel();
            await WhenAllEnded(pages).ConfigureAwait(false);
            OrchestratorException? first = FirstError(pages) ?? e as OrchestratorException;
            if (first is { HttpStatus: 400 or 404 or 405 or 501 } && !cancellationToken.IsCancellationRequested)
            {
                return SkipOutcome.Refused;
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (first is not null)
            {
                throw first;
            }

            throw;
        }

        if (!consistent || Interlocked.Read(ref _entries) != count)
        {
            return SkipOutcome.Inconsistent;
        }

        if (beyond is not null)
        {
            // The last page leads on: to what came meanwhile, or to nothing.
            await FollowAsync(set, beyond, null, cancellationToken).ConfigureAwait(false);
        }

        return SkipOutcome.Whole;

        async Task ReadOneAsync(long offset)
        {
            try
            {
                EntityPage<T> page = await ReadPageAsync(With(With(set, Skip(offset)), _countOption), stop.Token, pageSize).ConfigureAwait(false);
                if (page.IsRepeated || page.Entries != Math.Min(pageSize, count - offset) || (page.Count is { } now && now != count))
                {
                    Volatile.Write(ref consistent, false);
                }

                if (offset + pageSize >= count)
                {
                    beyond = page.Next;
                }
            }
            catch (Exception)
            {
                stop.Cancel();
                throw;
            }
            finally
            {
                ahead.Release();
            }
        }
    }

    /// <summary>The whole set once more, a page after the other, as the server links them.</summary>
    private async Task AgainOneByOneAsync(Uri set, CancellationToken cancellationToken)
    {
        lock (_sinkLock)
        {
            _sink.Reset();
            _entries = 0;
        }

        _beginnings.Clear();

        EntityPage<T> first = await ReadPageAsync(With(set, _countOption), cancellationToken).ConfigureAwait(false);
        if (first.Next is { } next)
        {
            await FollowAsync(set, next, first.Count, cancellationToken).ConfigureAwait(false);
        }
        else if (first.Entries > 0 && !(first.Entries >= first.Count))
        {
            await SkipToTheEndAsync(set, first.Entries, cancellationToken).ConfigureAwait(false);
        }

        long seen = Interlocked.Read(ref _entries);
        if (seen < first.Count)
        {
            throw Error.PagingInconsistent(set, first.Count.Value, seen);
        }
    }

    /// <summary>Follows next links. The next page is asked for as soon as its address is known, while the last is still read.</summary>
    private async Task FollowAsync(Uri set, string next, long? count, CancellationToken cancellationToken)
    {
        HashSet<string> seen = new(StringComparer.Ordinal) { With(set, _countOption).AbsoluteUri };
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        int empty = 0;
        Task<EntityPage<T>>? ahead = null;
        try
        {
            Uri url = Resolve(_exchange, set, next);
            seen.Add(url.AbsoluteUri);
            (Task<EntityPage<T>> page, Task<string?> link) = Start(url);
            ahead = page;
            while (true)
            {
                Uri? nextUrl = null;
                if (await link.ConfigureAwait(false) is { } text)
                {
                    nextUrl = Resolve(_exchange, url, text);
                    if (!seen.Add(nextUrl.AbsoluteUri))
                    {
                        throw Error.NextLinkRepeats(url, nextUrl);
                    }
                }

                Task<EntityPage<T>> current = page;
                if (nextUrl is not null)
                {
                    (page, link) = Start(nextUrl);
                    ahead = page;
                }

                EntityPage<T> read = await current.ConfigureAwait(false);
                if (read.IsRepeated)
                {
                    throw Error.NextLinkRepeats(set, url);
                }

                if (nextUrl is null)
                {
                    return;
                }

                empty = read.Entries == 0 ? empty + 1 : 0;
                long entries = Interlocked.Read(ref _entries);
                if (empty > MaxEmptyPages || EntityBound.IsExceeded(entries, count))
                {
                    throw Error.ResponseTooLarge(url, FormattableString.Invariant($"page after page without an end, {entries:N0} entries so far"));
                }

                url = nextUrl;
            }
        }
        catch (Exception) when (ahead is not null)
        {
            stop.Cancel();
            await WhenAllEnded([ahead]).ConfigureAwait(false);
            throw;
        }

        (Task<EntityPage<T>> Page, Task<string?> Link) Start(Uri url)
        {
            TaskCompletionSource<string?> link = new(TaskCreationOptions.RunContinuationsAsynchronously);
            Task<EntityPage<T>> page = ReadPageAsync(url, stop.Token, count, found => link.TrySetResult(found));
            // Also a page without a link, and one that fails, has told all about the next one.
            page.ContinueWith(_ => link.TrySetResult(null), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return (page, link.Task);
        }
    }

    /// <summary>
    /// No link and no number: asks on until a page is empty, or is one that came before because <c>$skip</c> means nothing here
    /// and the first answer was all.
    /// </summary>
    private async Task SkipToTheEndAsync(Uri set, int pageSize, CancellationToken cancellationToken)
    {
        long offset = pageSize;
        while (true)
        {
            EntityPage<T> page;
            try
            {
                page = await ReadPageAsync(With(set, Skip(offset)), cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorException e) when (e.HttpStatus is 400 or 404 or 405 or 501 && offset == pageSize)
            {
                return;
            }

            if (page.Entries == 0 || page.IsRepeated)
            {
                return;
            }

            if (page.Next is { } next)
            {
                await FollowAsync(set, next, null, cancellationToken).ConfigureAwait(false);
                return;
            }

            offset += page.Entries;
        }
    }

    private Task<EntityPage<T>> ReadPageAsync(Uri url, CancellationToken cancellationToken, long? expected = null, Action<string>? nextFound = null) =>
        _exchange.GetAsync(
            url,
            _accept,
            answer =>
            {
                EntityPage<T> page = new(answer, url, expected, Give, entity => _beginnings.GetOrAdd(_keyOf(entity), url) == url, nextFound);
                try
                {
                    answer.EnsureData();
                    _parse(answer, page);
                    page.Complete();
                    Tell(page.Count);
                    return page;
                }
                catch (OrchestratorException e) when (page.GaveAway)
                {
                    throw page.Final(e);
                }
            },
            cancellationToken);

    private void Give(List<T> entities, long? count)
    {
        lock (_sinkLock)
        {
            Tell(count);
            _sink.Add(entities);
            _entries += entities.Count;
        }
    }

    /// <summary>Tells the sink how many will come, once.</summary>
    private void Tell(long? count)
    {
        lock (_sinkLock)
        {
            if (count is { } total && !_isExpected)
            {
                _isExpected = true;
                _sink.Expect(total);
            }
        }
    }

    /// <summary>A next link as an absolute URL on the connector's own server.</summary>
    public static Uri Resolve(HttpExchange exchange, Uri page, string link)
    {
        // Relative links count from the service root, the base that the feeds name.
        if (!Uri.TryCreate(exchange.UrlOf(string.Empty), link, out Uri? url))
        {
            throw Error.NextLinkInvalid(page, link);
        }

        if (exchange.IsOwn(url))
        {
            return url;
        }

        throw Error.NextLinkInvalid(page, url.GetLeftPart(UriPartial.Path));
    }

    private static string Skip(long offset) => "$skip=" + offset.ToString(CultureInfo.InvariantCulture);

    private static Task WhenAllEnded(List<Task> tasks) =>
        Task.WhenAll(tasks).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    private static OrchestratorException? FirstError(List<Task> tasks)
    {
        foreach (Task task in tasks)
        {
            if (task.Exception?.InnerException is OrchestratorException error)
            {
                return error;
            }
        }

        return null;
    }
}
