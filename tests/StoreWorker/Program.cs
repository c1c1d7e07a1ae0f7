using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Threading;
using OrchestratorConnector.Errors;
using OrchestratorConnector.Library;
using OrchestratorConnector.Model;
using OrchestratorConnector.State;
using OrchestratorConnector.State.Sqlite;

namespace StoreWorker;

/// <summary>One of several processes that work on one store; the tests start it, tell it when to go, and kill it.</summary>
internal static class Program
{
    private const string Shared = "Shared";

    private static int Main(string[] arguments)
    {
        Tell("ready");
        Console.ReadLine();
        switch (arguments)
        {
            case ["mixed", string path, string number, string rounds]:
                Mixed(path, number, int.Parse(rounds, CultureInfo.InvariantCulture));
                break;
            case ["commit", string path, string connector, string mark, string count, string stopAt]:
                Commit(path, connector, mark, int.Parse(count, CultureInfo.InvariantCulture), int.Parse(stopAt, CultureInfo.InvariantCulture));
                break;
            case ["jobs", string path]:
                AddJobs(path);
                break;
            case ["change", string path]:
                ChangeJob(path);
                break;
            default:
                return 2;
        }

        Tell("done");
        return 0;
    }

    /// <summary>Does everything that a store can do, over and over, with a new opening each time.</summary>
    private static void Mixed(string path, string number, int rounds)
    {
        for (int round = 0; round < rounds; round++)
        {
            using SqliteStateStore store = SqliteStateStore.Open(path);
            Connector shared = GetOrAdd(store, Shared);
            store.UpdateConnector(shared, c => c with { Description = Increment(c.Description) });
            Connector own = GetOrAdd(store, "Worker " + number);
            Sync(store, own, Runbooks($"{number}-{round}", 20));
            Expect(store, own, 20, $"{number}-{round}");
            try
            {
                Sync(store, shared, Runbooks($"shared {number}-{round}", 20));
            }
            catch (OrchestratorException e) when (e.Id == "ResourceBusy")
            {
                // Somebody else synchronizes it just now.
            }

            Expect(store, shared, null, null);
            JobRecord job = store.AddJob(Job(own, $"{round}"));
            if (store.UpdateJob(job, j => j with { Status = JobStatus.Completed, Outputs = j.Parameters }) is null)
            {
                throw new InvalidOperationException($"The job {job.Key} is gone.");
            }
        }
    }

    /// <summary>Synchronizes a connector, and stops for good at one of the runbooks within the commit.</summary>
    private static void Commit(string path, string connector, string mark, int count, int stopAt)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        Connector found = store.FindConnector(connector)!.Connector;
        SyncLease lease = store.BeginSync(found, force: false);
        using ISyncStage stage = store.OpenStage(found);
        stage.Add(Runbooks(mark, count));
        stage.Complete();
        Tell("committing");
        int compared = 0;
        SyncCommit commit = new()
        {
            Compare = pair =>
            {
                if (++compared == stopAt)
                {
                    Tell("inside");
                    Thread.Sleep(Timeout.Infinite);
                }

                return Compare(pair);
            },
            MarkMissing = true,
            MissingReason = "gone",
            Totals = new SyncTotals(1, 1),
        };
        store.CommitSync(lease, stage, commit, default);
    }

    /// <summary>Adds jobs and tells of each, until it is killed.</summary>
    private static void AddJobs(string path)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        Connector connector = store.GetConnectors()[0].Connector;
        while (true)
        {
            JobRecord job = store.AddJob(Job(connector, new string('x', 10_000)));
            store.UpdateJob(job, j => j with { Status = JobStatus.Completed, Outputs = j.Parameters });
            Tell($"added {job.Key}");
        }
    }

    /// <summary>Changes the newest job, and stops for good within the change.</summary>
    private static void ChangeJob(string path)
    {
        using SqliteStateStore store = SqliteStateStore.Open(path);
        store.UpdateJob(store.FindJobs(new JobQuery { Last = 1 })[0], job =>
        {
            Tell("inside");
            Thread.Sleep(Timeout.Infinite);
            return job with { Status = JobStatus.Failed };
        });
    }

    private static JobRecord Job(Connector connector, string value) => new()
    {
        ConnectorId = connector.Id,
        Connector = connector.Name,
        RunbookId = Guid.Empty,
        Runbook = "Runbook",
        RunbookPath = @"\Ops\Runbook",
        Status = JobStatus.Pending,
        Parameters = [new KeyValuePair<string, string>("value", value)],
    };

    private static Connector GetOrAdd(SqliteStateStore store, string name)
    {
        try
        {
            return store.FindConnector(name)?.Connector ?? store.AddConnector(new Connector { Name = name, ServiceUrl = new Uri("http://sco:81/x"), Description = "0" });
        }
        catch (OrchestratorException e) when (e.Id == "ConnectorExists")
        {
            return store.FindConnector(name)!.Connector;
        }
    }

    private static void Sync(SqliteStateStore store, Connector connector, IReadOnlyList<Runbook> runbooks)
    {
        SyncLease lease = store.BeginSync(connector, force: false);
        using ISyncStage stage = store.OpenStage(connector);
        stage.Add(runbooks);
        stage.Complete();
        store.RenewSync(lease, 50);
        store.CommitSync(lease, stage, new SyncCommit { Compare = Compare, MarkMissing = true, MissingReason = "gone", Totals = new SyncTotals(1, 1) }, default);
    }

    /// <summary>All runbooks of a connector are of one synchronization.</summary>
    private static void Expect(SqliteStateStore store, Connector connector, int? count, string? mark)
    {
        string?[] marks = [.. store.FindRunbooks(new RunbookQuery { Connectors = [NamePattern.Exactly(connector.Name)] }, default).Select(r => r.Runbook.Description)];
        if (marks.Distinct().Count() > 1 || (count is { } n && marks.Length != n) || (mark is not null && marks[0] != mark))
        {
            throw new InvalidOperationException($"{connector.Name} holds {marks.Length}: {string.Join(", ", marks.Distinct())}");
        }
    }

    private static Runbook[] Runbooks(string mark, int count) =>
    [
        .. Enumerable.Range(0, count).Select(n => new Runbook
        {
            Id = new Guid(n, 0, 0, [0, 0, 0, 0, 0, 0, 0, 0]),
            Name = $"Runbook {n}",
            Path = $@"\Ops\Runbook {n}",
            Description = mark,
            Parameters = [],
        }),
    ];

    private static RunbookChange Compare(RunbookPair pair)
    {
        Runbook runbook = pair.After ?? pair.Before!.Runbook;
        return new RunbookChange
        {
            Kind = pair.After is null ? RunbookChangeKind.Missing : RunbookChangeKind.Changed,
            Id = runbook.Id,
            Name = runbook.Name,
            Path = runbook.Path,
        };
    }

    private static string Increment(string? number) =>
        (int.Parse(number ?? "0", CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture);

    private static void Tell(string what)
    {
        Console.Out.WriteLine(what);
        Console.Out.Flush();
    }
}
