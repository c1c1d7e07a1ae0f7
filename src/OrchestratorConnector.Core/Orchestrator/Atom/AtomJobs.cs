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
internal sealed class AtomJobs(HttpExchange exchange) : JobClient(exchange)
{
    private const string EntryType = "application/atom+xml";
    private const string CountOption = "$inlinecount=allpages";
    private const string ParametersNavigation = "Parameters";
    private const string ActivityNavigation = "Activity";
    private const string DataNavigation = "Data";

    private static readonly KeyValuePair<string, string>[] VersionHeaders = [new("DataServiceVersion", "1.0;NetFx"), new("MaxDataServiceVersion", "2.0;NetFx")];

    public override async Task<RunbookInstance?> GetLastInstanceAsync(ServerJob job, CancellationToken cancellationToken)
    {
        List<RunbookInstance> instances = await AskExpandedAsync(
            Exchange.UrlOf($"Jobs(guid'{job.Id:D}')/Instances"),
            ParametersNavigation,
            url => ReadAsync(url, InstanceReading, cancellationToken)).ConfigureAwait(false);
        return JobFields.Last(instances) is not { } last ? null
            : last.Parameters is not null ? last
            : last with { Parameters = await ReadAsync(InstanceUrl(last.Id, ParametersNavigation), static (e, url) => JobFields.ToInstanceParameter(e.Properties, url), cancellationToken).ConfigureAwait(false) };
    }

    public override async Task<IReadOnlyList<ActivityInstance>> GetActivitiesAsync(Guid instance, CancellationToken cancellationToken)
    {
        List<ActivityInstance> all = await AskExpandedAsync(
            InstanceUrl(instance, "ActivityInstances"),
            $"{ActivityNavigation},{DataNavigation}",
            url => ReadAsync(url, ActivityReading, cancellationToken)).ConfigureAwait(false);
        // A step in a loop ran several times.
        return [.. all.GroupBy(a => a.ActivityId).Select(g => g.OrderBy(a => a.SequenceNumber).Last()).OrderBy(a => a.SequenceNumber)];
    }

    protected override HttpWrite ToStart(JobRequest request) => new()
    {
        Method = HttpMethod.Post,
        Url = Exchange.UrlOf("Jobs"),
        Accept = AtomNames.FeedType,
        MediaType = EntryType,
        Body = JobEntryWriter.Start(request),
        Headers = VersionHeaders,
    };

    /// <remarks>MERGE with any etag: the state that forbids it is the server's to say, and not a matter of who read it last.</remarks>
    protected override HttpWrite ToStop(Guid job) => new()
    {
        Method = HttpMethod.Post,
        Url = JobUrl(job),
        Accept = AtomNames.FeedType,
        MediaType = EntryType,
        Body = JobEntryWriter.Cancel(job),
        Headers = [new("X-HTTP-Method", "MERGE"), new("If-Match", "*"), .. VersionHeaders],
    };

    protected override ServerJob ReadStarted(HttpAnswer answer)
    {
        answer.EnsureData();
        using AtomReader reader = new(answer);
        AtomEntry entry = new();
        return reader.ReadEntry(entry) ? JobFields.ToJob(entry.Properties, answer.Url) : throw Error.ResponseEmpty(answer.Url);
    }

    protected override async Task<ServerJob> ReadJobAsync(Guid job, CancellationToken cancellationToken)
    {
        List<ServerJob> found = await ReadAsync(JobUrl(job), static (e, url) => JobFields.ToJob(e.Properties, url), cancellationToken).ConfigureAwait(false);
        return found.Count == 1 ? found[0] : throw Error.JobNotFound(job, Exchange.Root, null);
    }

    protected override Task ReadJobsAsync(Uri url, IEntitySink<ServerJob> sink, CancellationToken cancellationToken) =>
        new PagedReader<ServerJob>(
            Exchange, AtomNames.FeedType, CountOption, static (answer, page) => AtomClient.Parse(answer, page, e => JobFields.ToJob(e.Properties, answer.Url), null), static j => j.Id, sink, SinkLock)
            .ReadAsync(url, cancellationToken);

    protected override async Task<IReadOnlyList<ActivityValue>> ReadDataAsync(Guid activityInstance, CancellationToken cancellationToken) =>
        await ReadAsync(Exchange.UrlOf($"ActivityInstances(guid'{activityInstance:D}')/{DataNavigation}"), static (e, url) => JobFields.ToActivityValue(e.Properties, url), cancellationToken).ConfigureAwait(false);

    protected override async Task<IReadOnlyList<string?>> ReadActivityNamesAsync(Guid activity, CancellationToken cancellationToken) =>
        await ReadAsync(Exchange.UrlOf($"Activities(guid'{activity:D}')"), static (e, _) => e.Properties["Name"], cancellationToken).ConfigureAwait(false);

    protected override string KeyLiteral(Guid id) => $"guid'{id:D}'";

    protected override string TimeLiteral(DateTime time) => string.Format(CultureInfo.InvariantCulture, "datetime'{0:yyyy-MM-ddTHH:mm:ss}'", time);

    protected override bool IsRefusalOfExpand(OrchestratorException e) => e.HttpStatus is 400 or 404 or 405 or 500 or 501;

    private static bool IsWhole(AtomEntry entry, string navigation) => entry.Expanded.Contains(navigation) && !entry.Incomplete.Contains(navigation);

    private static EntryReading<RunbookInstance> InstanceReading(Uri url)
    {
        List<InstanceParameter> parameters = [];
        return new EntryReading<RunbookInstance>(ToInstance, (_, nested) => parameters.Add(JobFields.ToInstanceParameter(nested.Properties, url)));

        RunbookInstance ToInstance(AtomEntry entry)
        {
            RunbookInstance instance = JobFields.ToInstance(entry.Properties, url) with { Parameters = IsWhole(entry, ParametersNavigation) ? [.. parameters] : null };
            parameters.Clear();
            return instance;
        }
    }

    private static EntryReading<ActivityInstance> ActivityReading(Uri url)
    {
        List<ActivityValue> data = [];
        string? name = null;
        return new EntryReading<ActivityInstance>(ToActivity, Take);

        void Take(string navigation, AtomEntry nested)
        {
            if (navigation == DataNavigation)
            {
                data.Add(JobFields.ToActivityValue(nested.Properties, url));
            }
            else
            {
                name = nested.Properties["Name"];
            }
        }

        ActivityInstance ToActivity(AtomEntry entry)
        {
            ActivityInstance activity = JobFields.ToActivityInstance(entry.Properties, url) with { Name = name, Data = IsWhole(entry, DataNavigation) ? [.. data] : null };
            data.Clear();
            name = null;
            return activity;
        }
    }

    private Task<List<T>> ReadAsync<T>(Uri url, Func<AtomEntry, Uri, T> map, CancellationToken cancellationToken) =>
        ReadAsync(url, at => new EntryReading<T>(entry => map(entry, at), null), cancellationToken);

    private Task<List<T>> ReadAsync<T>(Uri url, Func<Uri, EntryReading<T>> begin, CancellationToken cancellationToken) =>
        ReadAllAsync(url, AtomNames.FeedType, answer => ReadPage(answer, begin(answer.Url)), cancellationToken);

    private static (List<T> Items, string? Next) ReadPage<T>(HttpAnswer answer, EntryReading<T> reading)
    {
        answer.EnsureData();
        List<T> items = [];
        using AtomReader reader = new(answer);
        AtomEntry entry = new();
        while (reader.ReadEntry(entry, reading.Expanded))
        {
            items.Add(reading.Map(entry));
        }

        return (items, reader.Next);
    }

    private Uri JobUrl(Guid job) => Exchange.UrlOf($"Jobs(guid'{job:D}')");

    private Uri InstanceUrl(Guid instance, string navigation) => Exchange.UrlOf($"RunbookInstances(guid'{instance:D}')/{navigation}");

    /// <summary>
    /// How the entries of one answer are read. What is gathered for an entry belongs to the answer: one that breaks off is asked
    /// for again, and nothing of it may be taken for the other's.
    /// </summary>
    /// <param name="Map">Makes the object of an entry, and of what was gathered for it.</param>
    /// <param name="Expanded">Gathers what hangs on an entry, which comes before the entry's end.</param>
    private readonly record struct EntryReading<T>(Func<AtomEntry, T> Map, Action<string, AtomEntry>? Expanded);
}
