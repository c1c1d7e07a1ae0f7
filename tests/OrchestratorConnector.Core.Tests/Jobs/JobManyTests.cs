using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using FakeOrchestrator;
using OrchestratorConnector.Core.Tests.Http;
using OrchestratorConnector.Jobs;
using OrchestratorConnector.Model;
using OrchestratorConnector.Orchestrator.Http;
using OrchestratorConnector.State;
using Xunit;

namespace OrchestratorConnector.Core.Tests.Jobs;

/// <summary>Many jobs at a time from one session: each is looked at by one request at a time, and none of them holds a thread.</summary>
public sealed class JobManyTests
{
    private const int Jobs = 64;

    public static TheoryData<ConnectorProtocol> Protocols => JobLab.Protocols;

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Many_jobs_end_each_with_its_own_result(ConnectorProtocol protocol)
    {
        await using JobLab lab = await JobLab.StartAsync(protocol, new JobScript { PendingPolls = 1, RunningPolls = 4 });
        ScriptedClient client = new(lab.NewClient());
        using JobSession session = lab.NewSession(client);
        LibraryRunbook echo = lab.Echo;
        lab.Server.ClearRequests();

        JobRecord[] ended = await Task.WhenAll(Enumerable.Range(0, Jobs).Select(async i =>
        {
            JobRecord job = await session.Starter.StartAsync(JobLab.Order(echo, ("Text", $"value {i}")), CancellationToken.None);
            return await session.Watcher.WaitAsync(job, new JobWaitOptions(), CancellationToken.None);
        })).WaitAsync(Remote.Patience);

        Assert.Equal(Enumerable.Range(0, Jobs).Select(i => $"value {i}"), ended.Select(j => JobLab.Output(j, "Text")));
        Assert.All(ended, j => Assert.Equal((JobStatus.Completed, InstanceStatus.Success, "RBS01"), (j.Status, j.InstanceStatus, j.RunbookServer)));
        Assert.Equal(Jobs, lab.Board.Started);
        Assert.Equal(1, client.MostLooks);
        // Start, six looks and the result of each, and the runbook servers once for all.
        Assert.Equal((Jobs * (1 + 6 + 1)) + 1, lab.Server.RequestCount);
        Assert.InRange(lab.Server.MaxConcurrentRequests, 1, lab.Lab.Options.MaxRequests);
        IReadOnlyList<JobRecord> kept = lab.Store.FindJobs(new JobQuery());
        Assert.Equal(ended.Select(j => (j.JobId, JobLab.Output(j, "Text"))).Order(), kept.Select(j => (j.JobId, JobLab.Output(j, "Text"))).Order());
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Who_waits_holds_no_thread(ConnectorProtocol protocol)
    {
        const int Waits = 400;
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        lab.Clock.Leaps = false;
        JobRecord started = await lab.StartAsync();
        using CancellationTokenSource stop = new();
        int before = Threads();

        Task[] waits = [.. Enumerable.Range(0, Waits).Select(_ => lab.Session.Watcher.WaitAsync(started, new JobWaitOptions(), stop.Token))];

        // All of them wait for the clock, and it was the caller's thread that brought them there.
        Assert.Equal(Waits, lab.Clock.Pauses.Count);
        Assert.All(waits, w => Assert.False(w.IsCompleted));
        Assert.InRange(Threads() - before, -Waits, Waits / 4);
        await stop.CancelAsync();
        await Task.WhenAll(waits.Select(w => Assert.ThrowsAnyAsync<OperationCanceledException>(() => w)));
    }

    [Theory]
    [MemberData(nameof(Protocols))]
    public async Task Who_waits_for_an_answer_holds_no_thread(ConnectorProtocol protocol)
    {
        const int Waits = 400;
        await using JobLab lab = await JobLab.StartAsync(protocol, JobScript.Never);
        JobRecord started = await lab.StartAsync();
        ExchangeOptions options = lab.Lab.Options;
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        int hanging = 0;
        lab.Server.Faults.Add(Fault.Hang().Method("GET").When(_ =>
        {
            if (Interlocked.Increment(ref hanging) == options.MaxRequests)
            {
                full.SetResult();
            }

            return true;
        }));
        using CancellationTokenSource stop = new();
        int before = Threads();

        Task[] waits = [.. Enumerable.Range(0, Waits).Select(_ => lab.Session.Watcher.WaitAsync(started, new JobWaitOptions(), stop.Token))];
        await full.Task.WaitAsync(Remote.Patience);

        Assert.InRange(Threads() - before, -Waits, Waits / 4);
        Assert.Equal(options.MaxRequests, Volatile.Read(ref hanging));
        await stop.CancelAsync();
        await Task.WhenAll(waits.Select(w => Assert.ThrowsAnyAsync<OperationCanceledException>(() => w))).WaitAsync(Remote.Patience);
    }

    private static int Threads()
    {
        using Process process = Process.GetCurrentProcess();
        return process.Threads.Count;
    }
}
