using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>A client in between: does what a test says, or else what the one behind it does; counts who is asked for at the same time.</summary>
internal sealed class ScriptedClient(IOrchestratorClient inner) : IOrchestratorClient, IJobClient
{
    private readonly ConcurrentDictionary<Guid, int> _looks = new();
    private int _mostLooks;

    public Func<TimeSpan>? Clock { get; init; }

    public Func<JobRequest, CancellationToken, Task<ServerJob>>? Start { get; init; }

    public Func<JobFilter, IEnumerable<ServerJob>>? List { get; init; }

    public Func<CancellationToken, Task<IReadOnlyList<RunbookServer>>>? Servers { get; init; }

    /// <summary>How many looks at one job were under way at once, at most.</summary>
    public int MostLooks => Volatile.Read(ref _mostLooks);

    public ConnectorProtocol Protocol => inner.Protocol;

    public Uri ServiceUrl => inner.ServiceUrl;

    public IJobClient Jobs => this;

    public long Requests => inner.Requests;

    public long Bytes => inner.Bytes;

    public TimeSpan ServerClock => Clock?.Invoke() ?? inner.Jobs.ServerClock;

    public void Dispose() => inner.Dispose();

    public Task<ServiceInfo> GetServiceInfoAsync(CancellationToken cancellationToken) => inner.GetServiceInfoAsync(cancellationToken);

    public Task ReadFoldersAsync(IEntitySink<Folder> sink, CancellationToken cancellationToken) => inner.ReadFoldersAsync(sink, cancellationToken);

    public Task ReadRunbooksAsync(string folder, IRunbookSink sink, CancellationToken cancellationToken) => inner.ReadRunbooksAsync(folder, sink, cancellationToken);

    public async Task ReadRunbookServersAsync(IEntitySink<RunbookServer> sink, CancellationToken cancellationToken)
    {
        if (Servers is null)
        {
            await inner.ReadRunbookServersAsync(sink, cancellationToken);
        }
        else
        {
            sink.Add(await Servers(cancellationToken));
        }
    }

    public Task<ServerJob> StartAsync(JobRequest request, CancellationToken cancellationToken) =>
        Start?.Invoke(request, cancellationToken) ?? inner.Jobs.StartAsync(request, cancellationToken);

    public async Task<ServerJob> GetJobAsync(Guid job, CancellationToken cancellationToken)
    {
        int now = _looks.AddOrUpdate(job, 1, (_, n) => n + 1);
        int most;
        while (now > (most = MostLooks) && Interlocked.CompareExchange(ref _mostLooks, now, most) != most)
        {
        }

        try
        {
            return await inner.Jobs.GetJobAsync(job, cancellationToken);
        }
        finally
        {
            _looks.AddOrUpdate(job, 0, (_, n) => n - 1);
        }
    }

    public Task StopAsync(Guid job, CancellationToken cancellationToken) => inner.Jobs.StopAsync(job, cancellationToken);

    public Task ReadJobsAsync(JobFilter filter, IEntitySink<ServerJob> sink, CancellationToken cancellationToken)
    {
        if (List is null)
        {
            return inner.Jobs.ReadJobsAsync(filter, sink, cancellationToken);
        }

        sink.Add([.. List(filter)]);
        return Task.CompletedTask;
    }

    public Task<RunbookInstance?> GetLastInstanceAsync(ServerJob job, CancellationToken cancellationToken) => inner.Jobs.GetLastInstanceAsync(job, cancellationToken);

    public Task<IReadOnlyList<ActivityInstance>> GetActivitiesAsync(Guid instance, CancellationToken cancellationToken) => inner.Jobs.GetActivitiesAsync(instance, cancellationToken);

    public Task<ActivityInstance> CompleteActivityAsync(ActivityInstance activity, CancellationToken cancellationToken) => inner.Jobs.CompleteActivityAsync(activity, cancellationToken);
}
