using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;

namespace OrchestratorConnector.Orchestrator.Http;

/// <summary>What the jobs of both generations have in common: the order of the requests, and what is asked again in other words.</summary>
/// <param name="exchange">The server.</param>
internal abstract class JobClient(HttpExchange exchange) : IJobClient
{
    // A run has steps, not pages without an end.
    private const int MaxPages = 1_000;

    // Whether a service takes $expand on everything that it is asked for here is not known (facts A.6): it is asked once.
    private volatile bool _refusesExpand;

    public TimeSpan ServerClock => exchange.ServerClock;

    /// <summary>The server.</summary>
    protected HttpExchange Exchange => exchange;

    /// <summary>Held while a sink is called.</summary>
    protected object SinkLock { get; } = new();

    public Task<ServerJob> StartAsync(JobRequest request, CancellationToken cancellationToken) => exchange.SendOnceAsync(
        ToStart(request),
        answer =>
        {
            try
            {
                return ReadStarted(answer);
            }
            catch (OrchestratorException) when (JobLocation.Of(answer) is { } id)
            {
                // The job is there: its address says so, even where the rest of the answer cannot be read.
                return new ServerJob { Id = id, RunbookId = request.RunbookId, Status = JobStatus.Pending };
            }
        },
        cancellationToken);

    public Task<ServerJob> GetJobAsync(Guid job, CancellationToken cancellationToken) => OfJobAsync(job, () => ReadJobAsync(job, cancellationToken));

    public Task StopAsync(Guid job, CancellationToken cancellationToken) => OfJobAsync(job, () => exchange.SendOnceAsync(ToStop(job), static _ => true, cancellationToken));

    public async Task ReadJobsAsync(JobFilter filter, IEntitySink<ServerJob> sink, CancellationToken cancellationToken)
    {
        try
        {
            await ReadJobsAsync(JobsUrl(filter), sink, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (filter.CreatedSince is not null && e.HttpStatus is 400 or 500 or 501)
        {
            // Whether times can be compared was seen for another set only: then all of them, and the caller chooses. A page of
            // those asked for may have come before another was refused.
            sink.Reset();
            await ReadJobsAsync(JobsUrl(filter.Timeless), sink, cancellationToken).ConfigureAwait(false);
        }
    }

    public abstract Task<RunbookInstance?> GetLastInstanceAsync(ServerJob job, CancellationToken cancellationToken);

    public abstract Task<IReadOnlyList<ActivityInstance>> GetActivitiesAsync(Guid instance, CancellationToken cancellationToken);

    public async Task<ActivityInstance> CompleteActivityAsync(ActivityInstance activity, CancellationToken cancellationToken)
    {
        if (activity.Data is null)
        {
            activity = activity with { Data = await ReadDataAsync(activity.Id, cancellationToken).ConfigureAwait(false) };
        }

        if (activity.Name is null)
        {
            IReadOnlyList<string?> names = await ReadActivityNamesAsync(activity.ActivityId, cancellationToken).ConfigureAwait(false);
            activity = activity with { Name = names.Count > 0 ? names[0] : null };
        }

        return activity;
    }

    /// <summary>The request that starts a job.</summary>
    protected abstract HttpWrite ToStart(JobRequest request);

    /// <summary>The request that stops a job.</summary>
    protected abstract HttpWrite ToStop(Guid job);

    /// <summary>Reads the answer to a start.</summary>
    protected abstract ServerJob ReadStarted(HttpAnswer answer);

    /// <summary>Reads one job.</summary>
    protected abstract Task<ServerJob> ReadJobAsync(Guid job, CancellationToken cancellationToken);

    /// <summary>Reads all jobs at a URL.</summary>
    protected abstract Task ReadJobsAsync(Uri url, IEntitySink<ServerJob> sink, CancellationToken cancellationToken);

    /// <summary>What a step of a run published.</summary>
    protected abstract Task<IReadOnlyList<ActivityValue>> ReadDataAsync(Guid activityInstance, CancellationToken cancellationToken);

    /// <summary>The name of a step, if the server shows it.</summary>
    protected abstract Task<IReadOnlyList<string?>> ReadActivityNamesAsync(Guid activity, CancellationToken cancellationToken);

    /// <summary>How a key is written in a condition.</summary>
    protected abstract string KeyLiteral(Guid id);

    /// <summary>How a time is written in a condition.</summary>
    protected abstract string TimeLiteral(DateTime time);

    /// <summary>
    /// Asks for something with what hangs on it, and without where the server refuses that: then, and from then on.
    /// </summary>
    protected async Task<T> AskExpandedAsync<T>(Uri url, string navigations, Func<Uri, Task<T>> ask)
    {
        if (!_refusesExpand)
        {
            try
            {
                return await ask(PagedReader<ServerJob>.With(url, "$expand=" + navigations)).ConfigureAwait(false);
            }
            catch (OrchestratorException e) when (IsRefusalOfExpand(e))
            {
                _refusesExpand = true;
            }
        }

        return await ask(url).ConfigureAwait(false);
    }

    /// <summary>Whether a failure may be about the option: asked once more without it, what is wrong otherwise fails again.</summary>
    protected abstract bool IsRefusalOfExpand(OrchestratorException e);

    /// <summary>Reads page after page, or the one entity that the URL names.</summary>
    protected async Task<List<T>> ReadAllAsync<T>(Uri url, string accept, Func<HttpAnswer, (List<T> Items, string? Next)> read, CancellationToken cancellationToken)
    {
        List<T> all = [];
        HashSet<string> seen = [];
        for (Uri? page = url; page is not null;)
        {
            if (!seen.Add(page.AbsoluteUri))
            {
                throw Error.NextLinkRepeats(url, page);
            }

            if (seen.Count > MaxPages)
            {
                throw Error.ResponseTooLarge(url, FormattableString.Invariant($"page after page without an end, {all.Count:N0} entries so far"));
            }

            (List<T> items, string? next) = await exchange.GetAsync(page, accept, read, cancellationToken).ConfigureAwait(false);
            all.AddRange(items);
            page = next is null ? null : PagedReader<ServerJob>.Resolve(exchange, page, next);
        }

        return all;
    }

    private Uri JobsUrl(JobFilter filter)
    {
        List<string> conditions = [];
        if (filter.RunbookId is { } runbook)
        {
            conditions.Add($"RunbookId eq {KeyLiteral(runbook)}");
        }

        if (filter.IsActive)
        {
            // Not 'in', which a server was seen to break on (facts B.5).
            conditions.Add("(Status eq 'Running' or Status eq 'Pending')");
        }

        if (filter.CreatedSince is { } since)
        {
            conditions.Add($"CreationTime ge {TimeLiteral(since)}");
        }

        Uri url = exchange.UrlOf("Jobs");
        return conditions.Count == 0 ? url : PagedReader<ServerJob>.With(url, "$filter=" + Uri.EscapeDataString(string.Join(" and ", conditions)));
    }

    private async Task<T> OfJobAsync<T>(Guid job, Func<Task<T>> ask)
    {
        try
        {
            return await ask().ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.HttpStatus is 404 or 410)
        {
            throw Error.JobNotFound(job, exchange.Root, e);
        }
    }
}
