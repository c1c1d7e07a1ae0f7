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
internal sealed class WebApiJobs(HttpExchange exchange) : JobClient(exchange)
{
    private const string JsonType = "application/json";
    private const string CountOption = "$count=true";
    private const string InstancesNavigation = "RunbookInstances";
    private const string ParametersNavigation = "RunbookInstanceParameters";

    private static readonly HttpMethod Patch = new("PATCH");

    public override async Task<RunbookInstance?> GetLastInstanceAsync(ServerJob job, CancellationToken cancellationToken)
    {
        RunbookInstance? last = JobFields.Last(job.Instances ?? await ReadAsync("RunbookInstances", $"JobId eq {job.Id:D}", JobFields.ToInstance, cancellationToken).ConfigureAwait(false));
        if (last is null)
        {
            return null;
        }

        // Once more, because what came along with the job may be older than the job's end.
        RunbookInstance instance = await AskExpandedAsync(
            Exchange.UrlOf($"RunbookInstances/{last.Id:D}"),
            ParametersNavigation,
            url => Exchange.GetAsync(url, JsonType, ReadInstance, cancellationToken)).ConfigureAwait(false);
        return instance.Parameters is not null
            ? instance
            : instance with { Parameters = await ReadAsync("RunbookInstanceParameters", $"RunbookInstanceId eq {last.Id:D}", JobFields.ToInstanceParameter, cancellationToken).ConfigureAwait(false) };
    }

    public override async Task<IReadOnlyList<ActivityInstance>> GetActivitiesAsync(Guid instance, CancellationToken cancellationToken) =>
        [.. (await ReadAsync($"ActivityInstances/latestOf(runbookInstanceId={instance:D})", null, JobFields.ToActivityInstance, cancellationToken).ConfigureAwait(false)).OrderBy(a => a.SequenceNumber)];

    /// <remarks>Parameters go by name; the ids are the Atom service's.</remarks>
    protected override HttpWrite ToStart(JobRequest request) => new()
    {
        Method = HttpMethod.Post,
        Url = Exchange.UrlOf("Jobs"),
        Accept = JsonType,
        MediaType = JsonType,
        Body = ODataJson.Write(json =>
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
        }),
    };

    /// <remarks>The only change of a job that this API knows is its end: the body says nothing of a state (facts B.7).</remarks>
    protected override HttpWrite ToStop(Guid job) => new()
    {
        Method = Patch,
        Url = Exchange.UrlOf($"Jobs/{job:D}"),
        Accept = JsonType,
        MediaType = JsonType,
        Body = ODataJson.Write(json =>
        {
            json.WriteName("Id");
            json.WriteValue(job.ToString("D"));
        }),
    };

    protected override ServerJob ReadStarted(HttpAnswer answer) => ReadJob(answer) with { Instances = null };

    // The runs come along: no request of their own for them.
    protected override Task<ServerJob> ReadJobAsync(Guid job, CancellationToken cancellationToken) =>
        AskExpandedAsync(Exchange.UrlOf($"Jobs/{job:D}"), InstancesNavigation, url => Exchange.GetAsync(url, JsonType, ReadJob, cancellationToken));

    protected override Task ReadJobsAsync(Uri url, IEntitySink<ServerJob> sink, CancellationToken cancellationToken) =>
        new PagedReader<ServerJob>(
            Exchange, JsonType, CountOption, static (answer, page) => WebApiClient.Parse(answer, page, JobFields.ToJob), static j => j.Id, sink, SinkLock)
            .ReadAsync(url, cancellationToken);

    protected override async Task<IReadOnlyList<ActivityValue>> ReadDataAsync(Guid activityInstance, CancellationToken cancellationToken) =>
        await ReadAsync("ActivityInstanceData", $"ActivityInstanceId eq {activityInstance:D}", JobFields.ToActivityValue, cancellationToken).ConfigureAwait(false);

    protected override async Task<IReadOnlyList<string?>> ReadActivityNamesAsync(Guid activity, CancellationToken cancellationToken) =>
        await ReadAsync("Activities", $"Id eq {activity:D}", static (e, _) => e["Name"], cancellationToken).ConfigureAwait(false);

    protected override string KeyLiteral(Guid id) => id.ToString("D");

    protected override string TimeLiteral(DateTime time) => string.Format(CultureInfo.InvariantCulture, "{0:yyyy-MM-ddTHH:mm:ss}Z", time);

    // A 404 says that the job is not there, and a 500 was seen to pass (facts B.8).
    protected override bool IsRefusalOfExpand(OrchestratorException e) => e.HttpStatus is 400 or 405 or 501;

    private static ServerJob ReadJob(HttpAnswer answer)
    {
        (ServerJob job, List<RunbookInstance>? instances) = ReadObject(answer, InstancesNavigation, JobFields.ToJob, JobFields.ToInstance);
        return job with { Instances = instances };
    }

    private static RunbookInstance ReadInstance(HttpAnswer answer)
    {
        (RunbookInstance instance, List<InstanceParameter>? parameters) = ReadObject(answer, ParametersNavigation, JobFields.ToInstance, JobFields.ToInstanceParameter);
        return instance with { Parameters = parameters };
    }

    /// <summary>Reads one object and, where the answer carries it whole, what hangs on it.</summary>
    private static (T Item, List<TExpanded>? Expanded) ReadObject<T, TExpanded>(
        HttpAnswer answer, string navigation, Func<EntityReader, Uri, T> map, Func<EntityReader, Uri, TExpanded> mapExpanded)
    {
        answer.EnsureData();
        List<TExpanded>? expanded = null;
        using ODataJsonReader reader = new(answer)
        {
            Expanded = (name, nested) =>
            {
                if (name.Equals(navigation, StringComparison.OrdinalIgnoreCase))
                {
                    expanded ??= [];
                    if (nested is not null)
                    {
                        expanded.Add(mapExpanded(nested, answer.Url));
                    }
                }
            },
        };
        EntityReader entity = new();
        reader.ReadObject(entity);
        return (map(entity, answer.Url), reader.Incomplete.Contains(navigation) ? null : expanded);
    }

    /// <summary>Reads a whole collection, or what of it fits.</summary>
    private Task<List<T>> ReadAsync<T>(string path, string? filter, Func<EntityReader, Uri, T> map, CancellationToken cancellationToken)
    {
        Uri url = Exchange.UrlOf(path);
        return ReadAllAsync(
            filter is null ? url : PagedReader<ServerJob>.With(url, "$filter=" + Uri.EscapeDataString(filter)), JsonType, answer => ReadPage(answer, map), cancellationToken);
    }

    private static (List<T> Items, string? Next) ReadPage<T>(HttpAnswer answer, Func<EntityReader, Uri, T> map)
    {
        answer.EnsureData();
        List<T> items = [];
        using ODataJsonReader reader = new(answer);
        EntityReader entity = new();
        while (reader.ReadEntity(entity))
        {
            items.Add(map(entity, answer.Url));
        }

        return (items, reader.Next);
    }
}
