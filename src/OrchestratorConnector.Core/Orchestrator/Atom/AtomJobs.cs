using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;

namespace OrchestratorConnector.Orchestrator.Atom;

/// <summary>The jobs of the OData V1/V2 Atom service (facts A.8 to A.10).</summary>
internal sealed class AtomJobs(HttpExchange exchange) : IJobClient
{
    private const string EntryType = "application/atom+xml";
    private const string CountOption = "$inlinecount=allpages";

    private readonly object _sinkLock = new();

    // Whether this service takes $expand on jobs is not known (facts A.6): it is asked once.
    private volatile bool _refusesExpand;

    public TimeSpan ServerClock => exchange.ServerClock;

    public Task<ServerJob> StartAsync(JobRequest request, CancellationToken cancellationToken) => exchange.SendOnceAsync(
        new HttpWrite
        {
            Method = HttpMethod.Post,
            Url = exchange.UrlOf("Jobs"),
            Accept = AtomNames.FeedType,
            MediaType = EntryType,
            Body = JobEntryWriter.Start(request),
            Headers = [new("DataServiceVersion", "1.0;NetFx"), new("MaxDataServiceVersion", "2.0;NetFx")],
        },
        answer => ReadStarted(answer, request),
        cancellationToken);

    public async Task<ServerJob> GetJobAsync(Guid job, CancellationToken cancellationToken)
    {
        try
        {
            List<ServerJob> found = await ReadAsync(JobUrl(job), static (e, url) => JobFields.ToJob(e.Properties, url), cancellationToken).ConfigureAwait(false);
            return found.Count == 1 ? found[0] : throw Error.JobNotFound(job, exchange.Root, null);
        }
        catch (OrchestratorException e) when (e.HttpStatus is 404 or 410)
        {
            throw JobFields.NotFound(e, job, exchange.Root);
        }
    }

    /// <remarks>MERGE with any etag: the state that forbids it is the server's to say, and not a matter of who read it last.</remarks>
    public async Task StopAsync(Guid job, CancellationToken cancellationToken)
    {
        try
        {
            await exchange.SendOnceAsync(
                new HttpWrite
                {
                    Method = HttpMethod.Post,
                    Url = JobUrl(job),
                    Accept = AtomNames.FeedType,
                    MediaType = EntryType,
                    Body = JobEntryWriter.Cancel(job),
                    Headers = [new("X-HTTP-Method", "MERGE"), new("If-Match", "*"), new("DataServiceVersion", "1.0;NetFx"), new("MaxDataServiceVersion", "2.0;NetFx")],
                },
                static _ => true,
                cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.HttpStatus is 404 or 410)
        {
            throw JobFields.NotFound(e, job, exchange.Root);
        }
    }

    public async Task ReadJobsAsync(JobFilter filter, IEntitySink<ServerJob> sink, CancellationToken cancellationToken)
    {
        try
        {
            await ReadJobsAsync(JobsUrl(filter), sink, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (filter.CreatedSince is not null && e.HttpStatus is 400 or 500 or 501)
        {
            // Whether times can be compared was seen for another set only: then all of them, and the caller chooses.
            await ReadJobsAsync(JobsUrl(filter.Timeless), sink, cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task<RunbookInstance?> GetLastInstanceAsync(ServerJob job, CancellationToken cancellationToken)
    {
        Uri url = exchange.UrlOf($"Jobs(guid'{job.Id:D}')/Instances");
        List<RunbookInstance>? expanded = await TryExpandedAsync(url, "Parameters", ReadInstancesAsync, cancellationToken).ConfigureAwait(false);
        RunbookInstance? last = JobFields.Last(expanded ?? await ReadAsync(url, static (e, u) => JobFields.ToInstance(e.Properties, u), cancellationToken).ConfigureAwait(false));
        return last is null || last.Parameters is not null
            ? last
            : last with { Parameters = await ReadAsync(InstanceUrl(last.Id, "Parameters"), static (e, u) => JobFields.ToInstanceParameter(e.Properties, u), cancellationToken).ConfigureAwait(false) };
    }

    public async Task<IReadOnlyList<ActivityInstance>> GetActivitiesAsync(Guid instance, CancellationToken cancellationToken)
    {
        Uri url = InstanceUrl(instance, "ActivityInstances");
        List<ActivityInstance> all = await TryExpandedAsync(url, "Activity,Data", ReadActivitiesAsync, cancellationToken).ConfigureAwait(false)
            ?? await ReadAsync(url, static (e, u) => JobFields.ToActivityInstance(e.Properties, u), cancellationToken).ConfigureAwait(false);
        // A step in a loop ran several times.
        return [.. all.GroupBy(a => a.ActivityId).Select(g => g.OrderBy(a => a.SequenceNumber).Last()).OrderBy(a => a.SequenceNumber)];
    }

    public async Task<ActivityInstance> CompleteActivityAsync(ActivityInstance activity, CancellationToken cancellationToken)
    {
        if (activity.Data is null)
        {
            activity = activity with { Data = await ReadAsync(exchange.UrlOf($"ActivityInstances(guid'{activity.Id:D}')/Data"), static (e, u) => JobFields.ToActivityValue(e.Properties, u), cancellationToken).ConfigureAwait(false) };
        }

        if (activity.Name is null)
        {
            List<string?> names = await ReadAsync(exchange.UrlOf($"Activities(guid'{activity.ActivityId:D}')"), static (e, _) => e.Properties["Name"], cancellationToken).ConfigureAwait(false);
            activity = activity with { Name = names.FirstOrDefault() };
        }

        return activity;
    }

    private static ServerJob ReadStarted(HttpAnswer answer, JobRequest request)
    {
        try
        {
            answer.EnsureData();
            using AtomReader reader = new(answer);
            AtomEntry entry = new();
            return reader.ReadEntry(entry) ? JobFields.ToJob(entry.Properties, answer.Url) : throw Error.ResponseEmpty(answer.Url);
        }
        catch (OrchestratorException) when (JobLocation.Of(answer) is { } id)
        {
            // The job is there: its address says so, even where the rest of the answer cannot be read.
            return new ServerJob { Id = id, RunbookId = request.RunbookId, Status = JobStatus.Pending };
        }
    }

    /// <summary>With what hangs on the entities written into the answer; <see langword="null"/> where the service does not do that.</summary>
    private async Task<List<T>?> TryExpandedAsync<T>(Uri url, string navigations, Func<Uri, CancellationToken, Task<List<T>>> read, CancellationToken cancellationToken)
    {
        if (_refusesExpand)
        {
            return null;
        }

        try
        {
            return await read(PagedReader<ServerJob>.With(url, "$expand=" + navigations), cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.HttpStatus is 400 or 404 or 405 or 500 or 501)
        {
            _refusesExpand = true;
            return null;
        }
    }

    private async Task<List<RunbookInstance>> ReadInstancesAsync(Uri url, CancellationToken cancellationToken)
    {
        List<InstanceParameter> parameters = [];
        return await ReadAsync(
            url,
            (entry, u) =>
            {
                bool isWhole = entry.Expanded.Contains("Parameters") && !entry.Incomplete.Contains("Parameters");
                RunbookInstance instance = JobFields.ToInstance(entry.Properties, u) with { Parameters = isWhole ? [.. parameters] : null };
                parameters.Clear();
                return instance;
            },
            cancellationToken,
            (navigation, nested, u) =>
            {
                if (navigation == "Parameters")
                {
                    parameters.Add(JobFields.ToInstanceParameter(nested.Properties, u));
                }
            }).ConfigureAwait(false);
    }

    private async Task<List<ActivityInstance>> ReadActivitiesAsync(Uri url, CancellationToken cancellationToken)
    {
        List<ActivityValue> data = [];
        string? name = null;
        return await ReadAsync(
            url,
            (entry, u) =>
            {
                bool isWhole = entry.Expanded.Contains("Data") && !entry.Incomplete.Contains("Data");
                ActivityInstance activity = JobFields.ToActivityInstance(entry.Properties, u) with { Name = name, Data = isWhole ? [.. data] : null };
                data.Clear();
                name = null;
                return activity;
            },
            cancellationToken,
            (navigation, nested, u) =>
            {
                if (navigation == "Data")
                {
                    data.Add(JobFields.ToActivityValue(nested.Properties, u));
                }
                else
                {
                    name = nested.Properties["Name"];
                }
            }).ConfigureAwait(false);
    }

    /// <summary>Reads a whole set, or the one entry that the URL names.</summary>
    private async Task<List<T>> ReadAsync<T>(
        Uri url, Func<AtomEntry, Uri, T> map, CancellationToken cancellationToken, Action<string, AtomEntry, Uri>? expanded = null)
    {
        List<T> all = [];
        HashSet<string> seen = [];
        for (Uri? page = url; page is not null && seen.Add(page.AbsoluteUri);)
        {
            (List<T> items, Uri? next) = await exchange.GetAsync(page, AtomNames.FeedType, answer => ReadPage(answer, map, expanded), cancellationToken).ConfigureAwait(false);
            all.AddRange(items);
            page = next;
        }

        return all;
    }

    private (List<T> Items, Uri? Next) ReadPage<T>(HttpAnswer answer, Func<AtomEntry, Uri, T> map, Action<string, AtomEntry, Uri>? expanded)
    {
        answer.EnsureData();
        List<T> items = [];
        using AtomReader reader = new(answer);
        AtomEntry entry = new();
        while (reader.ReadEntry(entry, expanded is null ? null : (navigation, nested) => expanded(navigation, nested, answer.Url)))
        {
            items.Add(map(entry, answer.Url));
        }

        return (items, reader.Next is { } next ? PagedReader<ServerJob>.Resolve(exchange, answer.Url, next) : null);
    }

    private Uri JobUrl(Guid job) => exchange.UrlOf($"Jobs(guid'{job:D}')");

    private Uri InstanceUrl(Guid instance, string navigation) => exchange.UrlOf($"RunbookInstances(guid'{instance:D}')/{navigation}");

    private Task ReadJobsAsync(Uri url, IEntitySink<ServerJob> sink, CancellationToken cancellationToken) =>
        new PagedReader<ServerJob>(
            exchange, AtomNames.FeedType, CountOption, (answer, page) => AtomClient.Parse(answer, page, e => JobFields.ToJob(e.Properties, answer.Url), null), static j => j.Id, sink, _sinkLock)
            .ReadAsync(url, cancellationToken);

    private Uri JobsUrl(JobFilter filter)
    {
        List<string> conditions = [];
        if (filter.RunbookId is { } runbook)
        {
            conditions.Add($"RunbookId eq guid'{runbook:D}'");
        }

        if (filter.IsActive)
        {
            conditions.Add("(Status eq 'Running' or Status eq 'Pending')");
        }

        if (filter.CreatedSince is { } since)
        {
            conditions.Add(string.Format(CultureInfo.InvariantCulture, "CreationTime ge datetime'{0:yyyy-MM-ddTHH:mm:ss}'", since));
        }

        Uri url = exchange.UrlOf("Jobs");
        return conditions.Count == 0 ? url : PagedReader<ServerJob>.With(url, "$filter=" + Uri.EscapeDataString(string.Join(" and ", conditions)));
    }
}
