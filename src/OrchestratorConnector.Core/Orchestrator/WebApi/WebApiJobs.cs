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

namespace OrchestratorConnector.Orchestrator.WebApi;

/// <summary>The jobs of the JSON Web API (facts B.3, B.6, B.7).</summary>
internal sealed class WebApiJobs(HttpExchange exchange) : IJobClient
{
    private const string JsonType = "application/json";
    private const string CountOption = "$count=true";
    private const string InstancesNavigation = "RunbookInstances";
    private const string ParametersNavigation = "RunbookInstanceParameters";

    private static readonly HttpMethod Patch = new("PATCH");

    private readonly object _sinkLock = new();

    // $expand was seen in use (facts B.3); a server that refuses it all the same is asked once.
    private volatile bool _refusesExpand;

    public TimeSpan ServerClock => exchange.ServerClock;

    /// <remarks>Parameters go by name; the ids are the Atom service's.</remarks>
    public Task<ServerJob> StartAsync(JobRequest request, CancellationToken cancellationToken) => exchange.SendOnceAsync(
        new HttpWrite
        {
            Method = HttpMethod.Post,
            Url = exchange.UrlOf("Jobs"),
            Accept = JsonType,
            MediaType = JsonType,
            Body = StartBody(request),
        },
        answer => ReadStarted(answer, request),
        cancellationToken);

    public async Task<ServerJob> GetJobAsync(Guid job, CancellationToken cancellationToken)
    {
        try
        {
            // The runs come along: no request of their own for them.
            return await GetExpandedAsync($"Jobs/{job:D}", InstancesNavigation, ReadJob, cancellationToken).ConfigureAwait(false);
        }
        catch (OrchestratorException e) when (e.HttpStatus is 404 or 410)
        {
            throw JobFields.NotFound(e, job, exchange.Root);
        }
    }

    /// <remarks>The only change of a job that this API knows is its end: the body says nothing of a state (facts B.7).</remarks>
    public async Task StopAsync(Guid job, CancellationToken cancellationToken)
    {
        try
        {
            await exchange.SendOnceAsync(
                new HttpWrite
                {
                    Method = Patch,
                    Url = exchange.UrlOf($"Jobs/{job:D}"),
                    Accept = JsonType,
                    MediaType = JsonType,
                    Body = ODataJson.Write(json =>
                    {
                        json.WriteName("Id");
                        json.WriteValue(job.ToString("D"));
                    }),
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
        RunbookInstance? last = JobFields.Last(
            job.Instances ?? await ReadAsync($"RunbookInstances?$filter=JobId%20eq%20{job.Id:D}", JobFields.ToInstance, cancellationToken).ConfigureAwait(false));
        if (last is null)
        {
            return null;
        }

        // Once more, because what came along with the job may be older than the job's end.
        RunbookInstance instance = await GetExpandedAsync($"RunbookInstances/{last.Id:D}", ParametersNavigation, ReadInstance, cancellationToken).ConfigureAwait(false);
        return instance.Parameters is not null
            ? instance
            : instance with { Parameters = await ReadAsync($"RunbookInstanceParameters?$filter=RunbookInstanceId%20eq%20{last.Id:D}", JobFields.ToInstanceParameter, cancellationToken).ConfigureAwait(false) };
    }

    public async Task<IReadOnlyList<ActivityInstance>> GetActivitiesAsync(Guid instance, CancellationToken cancellationToken) =>
        [.. (await ReadAsync($"ActivityInstances/latestOf(runbookInstanceId={instance:D})", JobFields.ToActivityInstance, cancellationToken).ConfigureAwait(false)).OrderBy(a => a.SequenceNumber)];

    public async Task<ActivityInstance> CompleteActivityAsync(ActivityInstance activity, CancellationToken cancellationToken)
    {
        if (activity.Data is null)
        {
            activity = activity with { Data = await ReadAsync($"ActivityInstanceData?$filter=ActivityInstanceId%20eq%20{activity.Id:D}", JobFields.ToActivityValue, cancellationToken).ConfigureAwait(false) };
        }

        if (activity.Name is null)
        {
            List<string?> names = await ReadAsync($"Activities?$filter=Id%20eq%20{activity.ActivityId:D}", static (e, _) => e["Name"], cancellationToken).ConfigureAwait(false);
            activity = activity with { Name = names.FirstOrDefault() };
        }

        return activity;
    }

    private static byte[] StartBody(JobRequest request) => ODataJson.Write(json =>
    {
        json.WriteName("RunbookId");
        json.WriteValue(request.RunbookId.ToString("D"));
        if (request.RunbookServers.Count > 0)
        {
            json.WriteName("RunbookServers");
            json.StartArrayScope();
            foreach (string server in request.RunbookServers)
            {
                json.WriteValue(server);
            }

            json.EndArrayScope();
        }

        json.WriteName("Parameters");
        json.StartArrayScope();
        foreach (JobParameter parameter in request.Parameters)
        {
            json.StartObjectScope();
            json.WriteName("Name");
            json.WriteValue(parameter.Name);
            json.WriteName("Value");
            json.WriteValue(parameter.Value);
            json.EndObjectScope();
        }

        json.EndArrayScope();
    });

    private static ServerJob ReadStarted(HttpAnswer answer, JobRequest request)
    {
        try
        {
            return ReadJob(answer) with { Instances = null };
        }
        catch (OrchestratorException) when (JobLocation.Of(answer) is { } id)
        {
            // The job is there: its address says so, even where the rest of the answer cannot be read.
            return new ServerJob { Id = id, RunbookId = request.RunbookId, Status = JobStatus.Pending };
        }
    }

    private static ServerJob ReadJob(HttpAnswer answer)
    {
        answer.EnsureData();
        List<RunbookInstance>? instances = null;
        using ODataJsonReader reader = new(answer)
        {
            Expanded = (name, nested) =>
            {
                if (name.Equals(InstancesNavigation, StringComparison.OrdinalIgnoreCase))
                {
                    instances ??= [];
                    if (nested is not null)
                    {
                        instances.Add(JobFields.ToInstance(nested, answer.Url));
                    }
                }
            },
        };
        EntityReader entity = new();
        reader.ReadObject(entity);
        return JobFields.ToJob(entity, answer.Url) with { Instances = instances };
    }

    private static RunbookInstance ReadInstance(HttpAnswer answer)
    {
        answer.EnsureData();
        List<InstanceParameter>? parameters = null;
        using ODataJsonReader reader = new(answer)
        {
            Expanded = (name, nested) =>
            {
                if (name.Equals(ParametersNavigation, StringComparison.OrdinalIgnoreCase))
                {
                    parameters ??= [];
                    if (nested is not null)
                    {
                        parameters.Add(JobFields.ToInstanceParameter(nested, answer.Url));
                    }
                }
            },
        };
        EntityReader entity = new();
        reader.ReadObject(entity);
        return JobFields.ToInstance(entity, answer.Url) with { Parameters = parameters };
    }

    /// <summary>Reads one object, with what hangs on it where the server does that.</summary>
    private async Task<T> GetExpandedAsync<T>(string path, string navigation, Func<HttpAnswer, T> read, CancellationToken cancellationToken)
    {
        if (!_refusesExpand)
        {
            try
            {
                return await exchange.GetAsync(exchange.UrlOf($"{path}?$expand={navigation}"), JsonType, read, cancellationToken).ConfigureAwait(false);
            }
            catch (OrchestratorException e) when (e.HttpStatus is 400 or 405 or 501)
            {
                _refusesExpand = true;
            }
        }

        return await exchange.GetAsync(exchange.UrlOf(path), JsonType, read, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Reads a whole collection, or the one object that the URL names.</summary>
    private async Task<List<T>> ReadAsync<T>(string path, Func<EntityReader, Uri, T> map, CancellationToken cancellationToken)
    {
        List<T> all = [];
        HashSet<string> seen = [];
        for (Uri? page = exchange.UrlOf(path); page is not null && seen.Add(page.AbsoluteUri);)
        {
            (List<T> items, Uri? next) = await exchange.GetAsync(page, JsonType, answer => ReadPage(answer, map), cancellationToken).ConfigureAwait(false);
            all.AddRange(items);
            page = next;
        }

        return all;
    }

    private (List<T> Items, Uri? Next) ReadPage<T>(HttpAnswer answer, Func<EntityReader, Uri, T> map)
    {
        answer.EnsureData();
        List<T> items = [];
        using ODataJsonReader reader = new(answer);
        EntityReader entity = new();
        while (reader.ReadEntity(entity))
        {
            items.Add(map(entity, answer.Url));
        }

        return (items, reader.Next is { } next ? PagedReader<ServerJob>.Resolve(exchange, answer.Url, next) : null);
    }

    private Task ReadJobsAsync(Uri url, IEntitySink<ServerJob> sink, CancellationToken cancellationToken) =>
        new PagedReader<ServerJob>(
            exchange, JsonType, CountOption, static (answer, page) => WebApiClient.Parse(answer, page, JobFields.ToJob), static j => j.Id, sink, _sinkLock)
            .ReadAsync(url, cancellationToken);

    private Uri JobsUrl(JobFilter filter)
    {
        List<string> conditions = [];
        if (filter.RunbookId is { } runbook)
        {
            conditions.Add($"RunbookId eq {runbook:D}");
        }

        if (filter.IsActive)
        {
            // Not 'in', which a server was seen to break on (facts B.5).
            conditions.Add("(Status eq 'Running' or Status eq 'Pending')");
        }

        if (filter.CreatedSince is { } since)
        {
            conditions.Add(string.Format(CultureInfo.InvariantCulture, "CreationTime ge {0:yyyy-MM-ddTHH:mm:ss}Z", since));
        }

        Uri url = exchange.UrlOf("Jobs");
        return conditions.Count == 0 ? url : PagedReader<ServerJob>.With(url, "$filter=" + Uri.EscapeDataString(string.Join(" and ", conditions)));
    }
}
