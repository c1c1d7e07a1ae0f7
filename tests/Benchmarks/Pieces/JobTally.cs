using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using FakeOrchestrator;
using Microsoft.AspNetCore.Http;

namespace OrchestratorConnector.Benchmarks;

/// <summary>
/// Counts what a server is asked about each job. Which polls are open at the same time, the web server itself says: from a
/// request's arrival to the last byte of its answer.
/// </summary>
internal sealed partial class JobTally : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>, IDisposable
{
    private const string WebServer = "Microsoft.AspNetCore";
    private const string Event = "Microsoft.AspNetCore.Hosting.HttpRequestIn";

    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, (int Open, int Peak)> _polls = [];
    private readonly List<IDisposable> _subscriptions = [];

    public JobTally() => _subscriptions.Add(DiagnosticListener.AllListeners.Subscribe(this));

    public void Clear()
    {
        lock (_gate)
        {
            _polls.Clear();
        }
    }

    /// <summary>What has come so far, job for job.</summary>
    public IEnumerable<JobTraffic> Count(FakeServer server)
    {
        IReadOnlyList<RecordedRequest> requests = server.Requests;
        IReadOnlyList<SourceJob> jobs = server.Jobs.All;
        int starts = requests.Count(r => r.Verb == HttpMethods.Post);
        if (starts != jobs.Count)
        {
            throw new InvalidOperationException($"{starts} starts made {jobs.Count} jobs.");
        }

        Dictionary<Guid, Guid> jobOfRun = jobs.SelectMany(j => server.Jobs.InstancesOf(j.Id), (j, run) => (j.Id, Run: run.Id)).ToDictionary(p => p.Run, p => p.Id);
        ILookup<Guid, string> asked = requests
            .Where(r => r.Verb == HttpMethods.Get && AnyId().IsMatch(r.Target))
            .ToLookup(r => Guid.Parse(AnyId().Match(r.Target).Value) is var id && jobOfRun.TryGetValue(id, out Guid job) ? job : id, r => r.Path);
        lock (_gate)
        {
            return [.. jobs.Select(j => new JobTraffic(j.Id, asked[j.Id].Count(path => PolledJob(path) is not null), 1 + asked[j.Id].Count(), _polls.GetValueOrDefault(j.Id).Peak))];
        }
    }

    public void Dispose() => _subscriptions.ForEach(s => s.Dispose());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == WebServer)
        {
            _subscriptions.Add(value.Subscribe(this, static name => name.StartsWith(Event, StringComparison.Ordinal)));
        }
    }

    public void OnNext(KeyValuePair<string, object?> value)
    {
        if (value.Value is not HttpContext context || context.Request.Method != HttpMethods.Get || PolledJob(context.Request.Path) is not { } job)
        {
            return;
        }

        lock (_gate)
        {
            (int open, int peak) = _polls.GetValueOrDefault(job);
            open += value.Key.EndsWith(".Start", StringComparison.Ordinal) ? 1 : -1;
            _polls[job] = (open, Math.Max(open, peak));
        }
    }

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }

    private static Guid? PolledJob(string path) => Poll().Match(path) is { Success: true } match ? Guid.Parse(match.Groups[1].Value) : null;

    [GeneratedRegex("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", RegexOptions.IgnoreCase)]
    private static partial Regex AnyId();

    /// <summary>A job alone: <c>Jobs(guid'…')</c> or <c>Jobs/…</c>, and nothing behind it.</summary>
    [GeneratedRegex(@"/Jobs(?:\(guid'|/)([0-9a-f-]{36})(?:'\))?$", RegexOptions.IgnoreCase)]
    private static partial Regex Poll();
}
